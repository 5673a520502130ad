// The page as it is before anything is known, as text in one language: index.html begins with it, and main.tsx takes it away
// when it draws.
import { renderToStaticMarkup } from 'preact-render-to-string';
import { App } from '../src/app';
import { de } from '../src/words/de';
import { en } from '../src/words/en';
import { ru } from '../src/words/ru';
import { words } from '../src/words/words';

const tables = { en, de, ru };

export function shell(language: keyof typeof tables): string {
  words.value = tables[language];
  return renderToStaticMarkup(<App />);
}
