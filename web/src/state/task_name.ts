// What a task is called, by its kind.
import { words } from '../words/words';

export function taskName(kind: string): string {
  const names: Record<string, string> = { ...(words.value.tasks as object) };
  const name = names[kind];
  return typeof name === 'string' ? name : words.value.tasks.other;
}
