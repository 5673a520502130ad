import { effect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { polite, say, urgent } from '../state/announce';
import { task } from '../state/store';
import { words } from '../words/words';
import { taskName } from '../state/task_name';

// Says what a task is at and asks, wherever the focus is. Each sentence once.
function followTask(): () => void {
  let said = '';
  return effect(() => {
    const now = task.value;
    const w = words.value;
    const sentence = !now ? '' : now.question ? w.tasks.waits(taskName(now.kind)) + ' ' + now.question.text : now.progress;
    if (sentence && sentence !== said) say(sentence);
    said = sentence;
  });
}

export function Live() {
  useEffect(followTask, []);
  return (
    <>
      <div class="unseen" role="status" aria-live="polite">
        {polite.value}
      </div>
      <div class="unseen" role="alert">
        {urgent.value}
      </div>
    </>
  );
}
