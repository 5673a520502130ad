// What bandkeeper may look at: the phone, files, answers, the band; and what came of it.
import { useEffect, useRef } from 'preact/hooks';
import { go, route } from '../../state/route';
import { parts, task } from '../../state/store';
import { words } from '../../words/words';
import { Files } from './files';
import { Phone } from './phone';
import { Probe } from './probe';
import { Questions, QuestionsCard } from './questions';
import { Taken } from './taken';
import { LookTrouble } from './trouble';
import './evidence.css';

// Whoever started a look here wants to see what came of it.
function useVerdictAfterLook(): void {
  const looked = useRef<number | null>(null);
  const running = task.value;
  const outcome = parts.outcome.value;
  useEffect(() => {
    if (running?.kind === 'diagnose') looked.current = running.id;
    else if (looked.current !== null && outcome?.task === looked.current) {
      looked.current = null;
      if (outcome.good) go('verdict');
    }
  }, [running, outcome]);
}

export function Evidence() {
  const w = words.value.evidence;
  useVerdictAfterLook();
  const { rest } = route.value;
  useEffect(() => {
    if (rest === 'phone' || rest === 'files') document.querySelector(`[data-name="${rest}"]`)?.scrollIntoView();
  }, [rest]);
  if (rest === 'questions') return <Questions />;
  return (
    <>
      <h1>{w.title}</h1>
      <p class="lead">{w.sub}</p>
      <LookTrouble />
      <div class="evidence">
        <Phone />
        <Files />
        <QuestionsCard />
        <Probe />
      </div>
      <Taken />
    </>
  );
}
