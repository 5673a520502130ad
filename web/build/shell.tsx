// The page as it is before anything is known, as text, once for each language: index.html begins with it. Only the one of
// the owner's language is shown (style/shell.css); main.tsx takes them all away when it draws.
import { renderToStaticMarkup } from 'preact-render-to-string';
import { App } from '../src/app';
import { de } from '../src/words/de';
import { en } from '../src/words/en';
import { ru } from '../src/words/ru';
import { words } from '../src/words/words';

export function shell(): string {
  return Object.entries({ en, de, ru })
    .map(([language, table]) => {
      words.value = table;
      const drawn = renderToStaticMarkup(<App />).replace(/ (id|aria-controls)="[^"]*"/g, ''); // they would be there thrice
      return `<div class="shell" lang="${language}">${drawn}</div>`;
    })
    .join('');
}
