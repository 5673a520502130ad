// What the rooms behind the page say of commands and options reaches it with the names of its buttons (web/src/state/plain.ts).
// The sentences are taken from the sources themselves, so that a new one that names a command fails here.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { WEB } from './lib/page.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ROOMS = ['src/app', 'src/repair', 'src/troubleshoot', 'src/adapters/adb']; // whose sentences a page shows
const NAMED = /`bandkeeper |`undo`|`doctor |Ctrl-C|ANDROID_SERIAL|--(band|serial|app|ask|findings|phones-off|sha256)\b/;
const LEFT = /`bandkeeper|`undo`|`doctor|Ctrl-C|ANDROID_SERIAL|(^|[^\w-])--[a-z]{2,}/;

const esbuild = createRequire(`${WEB}/package.json`)('esbuild');
function load(file, name) {
  const built = esbuild.buildSync({ entryPoints: [`${WEB}/src/${file}.ts`], bundle: true, format: 'cjs', write: false });
  const module = { exports: {} };
  new Function('module', 'exports', built.outputFiles[0].text)(module, module.exports);
  return module.exports[name];
}
const plain = load('state/plain', 'plain');
const plainly = load('state/plain', 'plainly');
const words = { en: load('words/en', 'en'), de: load('words/de', 'de'), ru: load('words/ru', 'ru') };

function files(folder, ending) {
  return readdirSync(`${ROOT}/${folder}`, { recursive: true })
    .filter((name) => ending.test(name) && !/_test|_fuzz/.test(name))
    .map((name) => readFileSync(`${ROOT}/${folder}/${name}`, 'utf8'));
}
// The literals of a C++ source, joined where the compiler joins them; comments and includes hold none that count.
function* literals(source) {
  const code = source.replace(/^\s*(\/\/|#).*$/gm, '');
  for (const [all] of code.matchAll(/"(?:[^"\\\n]|\\.)*"(?:\s*"(?:[^"\\\n]|\\.)*")*/g))
    yield [...all.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)].map(([, text]) => text.replace(/\\(.)/g, '$1')).join('');
}

const sources = ROOMS.flatMap((room) => files(room, /\.(h|cc)$/));
const english = sources.flatMap((source) => [...literals(source)]).filter((text) => text.includes(' ') && NAMED.test(text));
const ids = new Set(sources.flatMap((source) => [...source.matchAll(/Message \w+\{\s*"([\w.]+)"/g)].map(([, id]) => id)));

function translated(language) {
  const found = [];
  for (const text of files(`knowledge/words/${language}`, /^messages.*\.toml$/)) {
    let section = '';
    for (const line of text.split('\n')) {
      section = /^\[message\.(\w+)\]/.exec(line)?.[1] ?? section;
      const [, key, said] = /^(\w+) = "(.*)"$/.exec(line) ?? [];
      if (key && ids.has(`${section}.${key}`) && NAMED.test(said)) found.push(said);
    }
  }
  return found;
}

for (const [language, said] of Object.entries({ en: english, de: translated('de'), ru: translated('ru') }))
  test(`${language}: no sentence for the page names a command or an option of the terminal`, () => {
    assert.ok(said.length >= 5, `${said.length} found: the search itself is broken`);
    for (const text of said) assert.doesNotMatch(plain(text, words[language]), LEFT, text);
  });

test('what is done on the system itself, and exact commands, stay as they are', () => {
  const install = 'Install it: `sudo apt install adb` on Debian.';
  assert.equal(plain(install, words.en), install);
  const part = { text: 'It stays; `bandkeeper undo` takes it back.', list: [{ commands: ['pm grant --user 0 `bandkeeper undo`'] }], same: [1, null] };
  const shown = plainly(part, words.en);
  assert.equal(shown.text, 'It stays; “Undo” takes it back.');
  assert.equal(shown.list, part.list);
  assert.equal(shown.same, part.same);
  assert.equal(plainly(shown, words.en), shown);
});
