// The page's own words, in the language of the setting, which index.html is sent in. German and Russian are fetched when they are wanted.
import { signal } from '@preact/signals';
import { en } from './en';
import type { Translated } from './shape';

export type Words = Translated<typeof en>;
export const LANGUAGES = ['en', 'de', 'ru'] as const;
export type Language = (typeof LANGUAGES)[number];

export const words = signal<Words>(en);
export const language = signal<Language>('en');

export function known(code: string | undefined): Language | undefined {
  return LANGUAGES.find((name) => name === code?.slice(0, 2).toLowerCase());
}

const load: Record<Language, () => Promise<Words>> = {
  en: () => Promise.resolve(en),
  de: () => import('./de').then((file) => file.de),
  ru: () => import('./ru').then((file) => file.ru),
};

export async function speak(wanted: string | undefined): Promise<void> {
  const code = known(wanted) ?? 'en';
  const table = await load[code]();
  words.value = table;
  language.value = code;
  document.documentElement.lang = code;
}
