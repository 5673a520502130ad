// Earlier repairs and what they changed; each can be taken back while something of it stands.
import { useState } from 'preact/hooks';
import type { PastRepair } from '../../engine/report';
import { Section } from '../../parts/bits';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { when } from '../../state/format';
import { engine, parts, task } from '../../state/store';
import { words } from '../../words/words';

function Past({ repair, onUndo }: { repair: PastRepair; onUndo: () => void }) {
  const w = words.value.repair;
  const states: Record<string, string> = { ...w.changeStates };
  const outcomes: Record<string, string> = { ...w.outcomes };
  return (
    <li class="past" data-name="past" data-number={repair.number}>
      <div class="stack">
        <h3>{repair.fixes.join(' · ') || `${w.title} ${repair.number}`}</h3>
        <p class="small quiet">
          {when(repair.at)} · {repair.phone} · {outcomes[repair.outcome || 'interrupted'] ?? repair.outcome}
        </p>
        <ul class="dots small">
          {repair.changes.map((change, index) => (
            <li key={index} data-state={change.state}>
              {change.text} <span class="chip">{states[change.state] ?? change.state}</span>
            </li>
          ))}
        </ul>
      </div>
      {repair.undoable ? (
        <Button icon="undo" onPress={onUndo} disabled={task.value !== null} name={`undo-${repair.number}`}>
          {w.undoOne(repair.number)}
        </Button>
      ) : (
        <span class="small quiet">{w.notUndoable}</span>
      )}
    </li>
  );
}

export function History() {
  const w = words.value.repair;
  const [undoing, setUndoing] = useState<number | null>(null);
  const repairs = parts.repairs.value;
  if (!repairs) return null;
  const latest = [...repairs.repairs].reverse();
  return (
    <Section title={w.history} icon="undo" name="history">
      {repairs.sentence ? <p>{repairs.sentence}</p> : null}
      {latest.length === 0 ? <p class="quiet">{w.noHistory}</p> : null}
      {repairs.lost_records > 0 ? <p class="quiet">{w.lostRecords(repairs.lost_records)}</p> : null}
      <ul class="rows">
        {latest.map((repair) => (
          <Past key={repair.number} repair={repair} onUndo={() => setUndoing(repair.number)} />
        ))}
      </ul>
      {undoing !== null ? (
        <Dialog
          title={w.undoTitle}
          yes={w.undoYes}
          onYes={() => engine().start('undo', { numbers: [undoing] })}
          onClose={() => setUndoing(null)}
        >
          <p>{w.undoText}</p>
        </Dialog>
      ) : null}
    </Section>
  );
}
