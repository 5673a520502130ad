// The phone's state in a title and in a sentence that says what to do.
import type { Phones } from '../../engine/parts';
import { words } from '../../words/words';

export function phoneTitle(phones: Phones): string {
  const states: Record<string, string> = { ...words.value.evidence.states };
  return phones.state === 'none' ? words.value.home.noPhone : (states[phones.state] ?? words.value.home.noPhone);
}

export function phoneSentence(phones: Phones): string {
  const states: Record<string, string> = { ...words.value.evidence.states };
  return phones.sentence || (states[phones.state] ?? '');
}
