// The page's words: complete in every language (the types see to that when it is built; this sees to what types cannot),
// really translated, and with every plural form that the language has.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { WEB } from './lib/page.mjs';

const esbuild = createRequire(`${WEB}/package.json`)('esbuild');

function load(language) {
  const built = esbuild.buildSync({ entryPoints: [`${WEB}/src/words/${language}.ts`], bundle: true, format: 'cjs', write: false });
  const module = { exports: {} };
  new Function('module', 'exports', built.outputFiles[0].text)(module, module.exports);
  return module.exports[language];
}

function* leaves(table, path = []) {
  for (const [key, value] of Object.entries(table))
    if (value !== null && typeof value === 'object') yield* leaves(value, [...path, key]);
    else yield [[...path, key].join('.'), value];
}

const english = new Map(leaves(load('en')));
const translated = { de: new Map(leaves(load('de'))), ru: new Map(leaves(load('ru'))) };
// The same word in both languages, or no word at all.
const SAME = /^(name|connection\.refusedHow|common\.percent|evidence\.signal|.*\.(csv|json)|nav\.(home|band)|.*[Aa]pp|chain\.(app|band)|timeline\.lanes\.(app|system|band)|band\.title|.*firmware.*|.*hardware|terms\.\w+\.0|.*\.pause|band\.update|verdict\.place\.offset|tasks\.running|band\.(firmware|hardware))$/;

// What a number can meet: one, few, many, other of each language.
const NUMBERS = [0, 1, 2, 5, 11, 21, 22, 25, 101, 1.5];

function call(value, n) {
  return value(...Array.from({ length: Math.max(1, value.length) }, () => n));
}

for (const [language, table] of Object.entries(translated)) {
  test(`${language}: the same keys as English`, () => {
    assert.deepEqual([...table.keys()].sort(), [...english.keys()].sort());
  });
  test(`${language}: nothing empty, nothing left in English`, () => {
    for (const [key, value] of table) {
      const text = typeof value === 'function' ? call(value, 3) : value;
      const original = typeof value === 'function' ? call(english.get(key), 3) : english.get(key);
      assert.ok(text.trim().length > 0, key);
      if (!SAME.test(key)) assert.notEqual(text, original, key);
      if (language === 'ru' && /[a-z]{3}/i.test(original)) assert.match(text, /[а-яё]|bandkeeper|RSSI|JSON|USB/i, key);
    }
  });
  test(`${language}: numbers, in every plural form`, () => {
    for (const [key, value] of table) {
      if (typeof value !== 'function') continue;
      for (const n of NUMBERS) {
        const text = call(value, n);
        assert.doesNotMatch(text, /undefined|NaN|#/, `${key}(${n})`);
        if (/\d/.test(call(english.get(key), n))) assert.match(text, /\d/, `${key}(${n})`);
      }
    }
  });
}

test('Russian: 1, 2, 5 and 21 take their own forms', () => {
  const files = translated.ru.get('home.filesCount');
  assert.deepEqual([1, 2, 5, 11, 21, 22].map(files), ['1 файл', '2 файла', '5 файлов', '11 файлов', '21 файл', '22 файла']);
});
