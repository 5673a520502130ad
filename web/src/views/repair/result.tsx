// How the last task went, in words, with the proof; and the way back.
import type { Outcome } from '../../engine/parts';
import type { RepairResult } from '../../engine/report';
import { Card, Section } from '../../parts/bits';
import { Button } from '../../parts/button';
import { Light } from '../../parts/light';
import { taskName } from '../../state/task_name';
import { go } from '../../state/route';
import { engine } from '../../state/store';
import { words } from '../../words/words';
import { startRepair } from '../home/hero';
import { Log } from './running';

function repairOf(outcome: Outcome): RepairResult | null {
  return outcome.result?.['schema'] === 'bandkeeper.repair/1' ? (outcome.result as unknown as RepairResult) : null;
}

export function Result({ outcome }: { outcome: Outcome }) {
  const w = words.value.repair;
  const repair = repairOf(outcome);
  const provedBy: Record<string, string> = { ...w.provedBy };
  const title = outcome.error
    ? words.value.tasks.failed(taskName(outcome.kind))
    : outcome.text || (outcome.good ? w.good : outcome.stopped ? w.stopped : w.notGood);
  return (
    <section class="result" data-name="result" data-good={outcome.good} data-kind={outcome.kind} aria-label={w.result}>
      <Card tone={outcome.good ? 'ok' : outcome.error ? 'bad' : 'plain'}>
        <div class="sentence">
          <Light state={outcome.good ? 'ok' : outcome.error ? 'trouble' : 'unknown'} size={40} quiet />
          <div class="stack" role="status">
            <h2>{title}</h2>
            {outcome.error ? <p>{outcome.error.text}</p> : null}
            {repair?.proof ? (
              <p data-name="repair-proof">
                {repair.proof}
                {repair.proved_by ? <span class="quiet"> ({provedBy[repair.proved_by] ?? repair.proved_by})</span> : null}
              </p>
            ) : null}
          </div>
        </div>
        <div class="buttons">
          {outcome.kind === 'repair' && !outcome.good ? (
            <Button look="main" onPress={startRepair}>
              {w.tryAgain}
            </Button>
          ) : null}
          {outcome.kind === 'repair' && outcome.good ? (
            <Button look="main" onPress={() => go('repair', 'everyday')}>
              {w.keep}
            </Button>
          ) : null}
          <Button onPress={() => engine().dismiss(outcome.task)} name="dismiss">
            {w.close}
          </Button>
        </div>
      </Card>
      {repair ? (
        <Section title={w.changed}>
          {repair.changed.length === 0 ? <p class="quiet">{w.nothingChanged}</p> : null}
          <ul class="dots">
            {repair.changed.map((line, index) => (
              <li key={index}>{line}</li>
            ))}
          </ul>
        </Section>
      ) : null}
      {repair?.everyday_off?.length ? (
        <Section title={w.everydayOff}>
          <ul class="dots">
            {repair.everyday_off.map((line, index) => (
              <li key={index}>{line}</li>
            ))}
          </ul>
        </Section>
      ) : null}
      <div class="apart-small">
        <Log log={outcome.log} />
      </div>
    </section>
  );
}
