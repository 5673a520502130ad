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
import { followAddress } from './state/route';
import { parts, useEngine } from './state/store';
import { keepTitles } from './state/titles';
import { keptLanguage, speak } from './words/words';
import { effect } from '@preact/signals';

const token = takeToken();
// A fresh address in an open tab: begin anew with its token.
followAddress(() => {
  takeToken();
  location.reload();
});
useEngine(new HttpEngine(token));
keepTitles();

// The language of the setting, as soon as it is told; until then the one of the last visit.
const first = keptLanguage();
effect(() => {
  const language = parts.settings.value?.language;
  if (language) void speak(language);
});

const page = document.getElementById('page');
if (page) void (first ? speak(first).catch(() => undefined) : Promise.resolve()).then(() => render(<App />, page));
