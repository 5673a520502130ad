// A look that could not be done: why, and what to do, until it is put away.
import { Button } from '../../parts/button';
import { Card } from '../../parts/bits';
import { Light } from '../../parts/light';
import { taskView } from '../../parts/task_strip';
import { taskName } from '../../state/task_name';
import { engine, parts, task } from '../../state/store';
import { words } from '../../words/words';

export function LookTrouble() {
  const w = words.value;
  const outcome = parts.outcome.value;
  if (!outcome?.error || task.value || taskView(outcome.kind) !== 'evidence') return null;
  return (
    <div class="look-trouble" data-name="look-trouble">
      <Card tone="bad">
        <div class="sentence">
          <Light state="trouble" size={28} quiet />
          <div class="stack" role="status">
            <p>
              <b>{w.tasks.failed(taskName(outcome.kind))}</b>
            </p>
            <p>{outcome.error.text}</p>
          </div>
        </div>
        <div class="buttons">
          <Button onPress={() => engine().dismiss(outcome.task)}>{w.common.close}</Button>
        </div>
      </Card>
    </div>
  );
}
