// The common looks come first, so that a view's own may differ.
import './style/tokens.css';
import './style/base.css';
import './style/parts.css';
import './style/fields.css';
import './style/shell.css';
import './style/shared.css';
import { render } from 'preact';
import { App } from './app';
import { HttpEngine } from './engine/http_engine';
import { takeToken } from './engine/token';
import { followTheme } from './state/looks';
import { followAddress } from './state/route';
import { connection, loaded, parts, useEngine } from './state/store';
import { keepTitles } from './state/titles';
import { speak } from './words/words';
import { effect } from '@preact/signals';

const token = takeToken();
// A fresh address in an open tab: begin anew with its token.
followAddress(() => {
  takeToken();
  location.reload();
});
useEngine(new HttpEngine(token));
keepTitles();

// The language of the setting; index.html began in it, unless it was changed since.
const first = speak(document.documentElement.lang).catch(() => undefined);
effect(() => {
  const language = parts.settings.value?.language;
  if (language) void first.then(() => speak(language));
});

effect(followTheme);

// index.html shows the page as it waits: it is drawn when there is something to show, or nobody answers.
const page = document.getElementById('page');
const stop = effect(() => {
  if (!page || (!loaded.value && connection.value === 'connecting')) return;
  void first.then(() => {
    stop();
    page.textContent = '';
    render(<App />, page);
  });
});
