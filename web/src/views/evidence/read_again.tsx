// After a restart of bandkeeper the report is there and what it was made of is not: one button reads it again.
import { Busy } from '../../parts/bits';
import { Button } from '../../parts/button';
import { go } from '../../state/route';
import { parts, task } from '../../state/store';
import { taskName } from '../../state/task_name';
import { words } from '../../words/words';
import { look } from '../home/hero';

export function ReadAgain() {
  const w = words.value;
  const evidence = parts.case.value;
  const running = task.value;
  if (!evidence) return null;
  const ready = parts.phones.value?.state === 'ready';
  const files = evidence.files.some((file) => file.state === 'ready');
  const can = files || ready;
  return (
    <div class="stack" data-name="read-again">
      <h2>{w.evidence.againTitle}</h2>
      <p class="sub">
        {w.evidence.againSub} {can ? '' : w.evidence.againConnect}
      </p>
      {running ? (
        <Busy text={w.tasks.running(taskName(running.kind))} />
      ) : (
        <div class="buttons">
          {can ? (
            <Button look="main" onPress={() => look(ready && (evidence.phone || !files), ready && evidence.deep)} name="read-again-now">
              {w.evidence.againButton}
            </Button>
          ) : (
            <Button look="main" onPress={() => go('evidence', 'phone')}>
              {w.repair.noPhoneButton}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
