// What bandkeeper may look at: the phone, files, answers, the band; and what came of it.
import { useEffect } from 'preact/hooks';
import { route } from '../../state/route';
import { words } from '../../words/words';
import { Files } from './files';
import { Phone } from './phone';
import { Probe } from './probe';
import { Questions, QuestionsCard } from './questions';
import { Taken } from './taken';

export function Evidence() {
  const w = words.value.evidence;
  const { rest } = route.value;
  useEffect(() => {
    if (rest === 'phone' || rest === 'files') document.querySelector(`[data-name="${rest}"]`)?.scrollIntoView();
  }, [rest]);
  if (rest === 'questions') return <Questions />;
  return (
    <>
      <h1>{w.title}</h1>
      <p class="lead">{w.sub}</p>
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
