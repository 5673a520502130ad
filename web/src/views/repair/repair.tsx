// From the plan to the proof: what runs, how it went, what is planned, what was done before.
import { useEffect } from 'preact/hooks';
import { Button } from '../../parts/button';
import { Section } from '../../parts/bits';
import { minutesText } from '../../state/format';
import { go, route } from '../../state/route';
import { next } from '../../state/next';
import { parts, report, task } from '../../state/store';
import { taskView } from '../../parts/task_strip';
import { words } from '../../words/words';
import { startRepair } from '../home/hero';
import { Everyday } from './everyday';
import { History } from './history';
import { PlanList } from './plan';
import { Result } from './result';
import { Running } from './running';
import './repair.css';

function Plan() {
  const w = words.value.repair;
  const found = report.value;
  const ready = parts.phones.value?.state === 'ready';
  if (!found || found.plan.steps.length === 0)
    return (
      <div class="narrow" data-name="no-plan">
        <p class="lead">{w.noPlanSub}</p>
        <div class="buttons">
          <Button look="main" onPress={() => go(found ? 'verdict' : 'evidence')}>
            {w.noPlanButton}
          </Button>
        </div>
      </div>
    );
  const cure = found.plan.cure_chance ?? 0;
  return (
    <Section title={w.plan} name="plan">
      <p class="sub">
        {w.planSub} {w.expected(minutesText(found.plan.expected_minutes))}
        {cure > 0.05 ? `; ${w.cure(Math.round(cure * 100))}` : ''}.
      </p>
      {ready ? (
        <>
          <div class="buttons">
            <Button look="main" big onPress={startRepair} disabled={task.value !== null} name="start-repair">
              {w.start}
            </Button>
          </div>
          <p class="sub small">{w.startSub}</p>
        </>
      ) : (
        <>
          <p class="sub">{w.noPhone}</p>
          <div class="buttons">
            <Button onPress={() => go('evidence', 'phone')}>{w.noPhoneButton}</Button>
          </div>
        </>
      )}
      <PlanList report={found} />
    </Section>
  );
}

export function Repair() {
  const w = words.value.repair;
  const running = task.value;
  const outcome = parts.outcome.value;
  const { rest } = route.value;
  useEffect(() => {
    if (rest === 'everyday') document.querySelector('[data-name="everyday"]')?.scrollIntoView();
  }, [rest]);
  // A quick look (exact commands) does not push the plan away.
  if (running && taskView(running.kind) === 'repair' && running.kind !== 'plan') return <Running task={running} />;
  const mine = outcome && taskView(outcome.kind) === 'repair' && !(outcome.kind === 'plan' && outcome.good);
  return (
    <>
      <h1>{report.value && report.value.plan.steps.length > 0 ? w.title : mine ? w.title : w.noPlan}</h1>
      {parts.repairs.value?.interrupted ? (
        <div class="banner banner-warn stale">
          <p>{w.interrupted}</p>
          <Button onPress={startRepair}>{words.value.home.rollBackButton}</Button>
        </div>
      ) : null}
      {mine ? <Result outcome={outcome} /> : null}
      {mine && outcome.kind === 'repair' && outcome.good && next.value === 'proved' ? null : <Plan />}
      <Everyday />
      <History />
    </>
  );
}
