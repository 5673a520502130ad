// What a screen reader should hear although the focus is elsewhere.
import { signal } from '@preact/signals';

export const polite = signal('');
export const urgent = signal('');

export function say(text: string, now = false): void {
  const target = now ? urgent : polite;
  // The same sentence again is heard again only when the region was empty in between.
  if (target.value === text) target.value = '';
  setTimeout(() => {
    target.value = text;
  }, 30);
}
