// One way to ask the engine for something: while it is under way, what failed, and both in words.
import { signal } from '@preact/signals';
import { EngineError } from '../engine/engine';
import { words } from '../words/words';
import { say } from './announce';
import { plain } from './plain';
import { task } from './store';
import { taskName } from './task_name';

// What no button of this page should bring about.
const OWN_FAULTS = new Set(['bad_request', 'not_json', 'method', 'forbidden']);

export const failure = signal<string>('');

export function sentenceOf(error: unknown): string {
  const w = words.value.errors;
  if (error instanceof EngineError) {
    if (error.code === 'lost') return w.lost;
    if (error.code === 'busy' && task.value) return w.busy(taskName(task.value.kind));
    // Said to whoever writes a page, or before the server knows its language.
    if (error.code in w.codes) return w.codes[error.code as keyof typeof w.codes];
    if (OWN_FAULTS.has(error.code)) return w.unknown(error.code);
    return plain(error.message, words.value) || w.unknown(error.code);
  }
  return w.unknown(String(error));
}

// Answers whether it worked. What went wrong is shown until the next try.
export async function act(what: () => Promise<unknown>): Promise<boolean> {
  failure.value = '';
  try {
    await what();
    return true;
  } catch (error) {
    // Over already (another tab was quicker): the state says how it stands.
    if (error instanceof EngineError && (error.code === 'not_open' || error.code === 'cancelled')) return false;
    failure.value = sentenceOf(error);
    say(failure.value, true);
    return false;
  }
}
