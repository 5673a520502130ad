// While something runs and the person looks at another view: what it is, and the way there.
import { go, route, type View } from '../state/route';
import { task } from '../state/store';
import { taskName } from '../state/task_name';
import { words } from '../words/words';
import { Button } from './button';

export function taskView(kind: string): View {
  if (kind.startsWith('band_')) return kind === 'band_scan' || kind === 'band_probe' ? 'evidence' : 'band';
  return kind === 'diagnose' ? 'evidence' : 'repair';
}

export function TaskStrip() {
  const now = task.value;
  if (!now) return null;
  const view = taskView(now.kind);
  const here = route.value.view;
  if (here === view || here === 'home' || (now.kind === 'band_scan' && here === 'band')) return null;
  const w = words.value.tasks;
  return (
    <aside class="task-strip" data-name="task-strip" aria-label={taskName(now.kind)}>
      <p>{now.question ? w.waits(taskName(now.kind)) : w.running(taskName(now.kind))}</p>
      <Button look="main" onPress={() => go(view)}>
        {w.goThere}
      </Button>
    </aside>
  );
}
