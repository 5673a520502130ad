// With keys alone: from the first page to a repair's answer, through a dialog and back, through the timeline; and the focus
// is always seen and always somewhere.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Stage } from './lib/page.mjs';
import { scenarios } from './fake/scenarios.mjs';

let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage.close());

// Tab until the focus is on what is wanted; fails when it never gets there.
async function tabTo(page, selector, most = 60) {
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press('Tab');
    const state = await page.evaluate((wanted) => {
      const now = document.activeElement;
      const style = now ? getComputedStyle(now) : null;
      return { there: now?.matches(wanted) ?? false, body: now === document.body, seen: !style || style.outlineStyle !== 'none' || now?.tagName === 'SUMMARY' };
    }, selector);
    if (!state.body) assert.ok(state.seen, 'the focus cannot be seen');
    if (state.there) return;
  }
  assert.fail(`Tab never reached ${selector}`);
}
const focused = (page, selector) => page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

test('the skip link leads past the navigation', async () => {
  const page = await stage.page({ scenario: 'verdict' });
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  await focused(page, '#content');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.name), 'next');
  await page.context().close();
});

test('from the big button to the repair, its question and its answer', async () => {
  const page = await stage.page({ scenario: 'verdict' });
  stage.server.requests.length = 0;
  stage.server.answers.set('POST repair', () => {
    stage.server.setAll(scenarios.harmless);
    return [202, { task: 7 }];
  });
  await tabTo(page, '[data-name="next"]');
  await page.keyboard.press('Enter');
  await focused(page, '#content');
  await tabTo(page, '[data-name="start-repair"]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-about="harmless"]');
  await focused(page, '[data-name="ask"] h2'); // the question is where the focus is, not somewhere above it
  await tabTo(page, '[data-name="answer-yes"]');
  await page.keyboard.press('Space');
  await page.waitForFunction(() => true);
  await stage.server.change('task', (task) => ({ ...task, question: null, progress: 'Looking at the phone' }));
  await page.waitForSelector('[data-name="ask"]', { state: 'detached' });
  const answered = stage.server.requests.find(([, path]) => path === 'task/answer');
  assert.deepEqual(answered?.[2], { id: '7.3', answer: 'yes' });
  await page.context().close();
});

test('a word that can lose something has to be typed as it is', async () => {
  const page = await stage.page({ scenario: 'lossy', hash: '/repair' });
  stage.server.requests.length = 0;
  await tabTo(page, '[data-name="typed"]');
  await page.keyboard.type('pairng');
  await tabTo(page, '[data-name="answer-typed"]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#typed-wrong');
  assert.ok(!stage.server.requests.some(([, path]) => path === 'task/answer'), 'a wrong word was sent');
  await page.fill('[data-name="typed"]', 'pairing');
  await page.focus('[data-name="answer-typed"]');
  const sent = page.waitForResponse((response) => response.url().endsWith('task/answer'));
  await page.keyboard.press('Enter');
  await sent;
  assert.deepEqual(stage.server.requests.find(([, path]) => path === 'task/answer')?.[2], { id: '7.3', answer: 'typed', word: 'pairing' });
  await page.context().close();
});

test('a dialog keeps the focus, Escape closes it, and the focus returns', async () => {
  const page = await stage.page({ scenario: 'watching', hash: '/repair' });
  await tabTo(page, '[data-name="stop"]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  for (let i = 0; i < 6; i += 1) {
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null), 'the focus left the dialog');
  }
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog', { state: 'detached' });
  await focused(page, '[data-name="stop"]');
  await page.context().close();
});

test('the timeline by its keys, each event said', async () => {
  const page = await stage.page({ scenario: 'verdict', hash: '/timeline' });
  await page.waitForSelector('[data-name="timeline"] canvas');
  await tabTo(page, '[data-name="timeline"]');
  await page.keyboard.press('End');
  await page.waitForSelector('[data-name="timeline-line"]');
  const last = await page.textContent('[data-name="timeline-line"]');
  await page.waitForFunction((text) => document.querySelector('.unseen[role="status"]')?.textContent.includes(text), last);
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction((text) => document.querySelector('[data-name="timeline-line"]').textContent !== text, last);
  const before = await page.textContent('[data-name="in-view"]');
  for (let i = 0; i < 6; i += 1) await page.keyboard.press('+');
  await page.waitForFunction((text) => document.querySelector('[data-name="in-view"]').textContent !== text, before);
  await page.keyboard.press('Tab'); // and out again
  assert.ok(!(await page.evaluate(() => document.activeElement.matches('[data-name="timeline"]'))));
  await page.context().close();
});

test('below 52 rem the rest of the pages is behind one button', async () => {
  const page = await stage.page({ scenario: 'verdict', width: 360 });
  await tabTo(page, '[data-name="nav-more"]');
  await page.keyboard.press('Enter');
  await tabTo(page, '[data-name="nav-help"]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-name="words"]');
  assert.equal(await page.getAttribute('[data-name="nav-more"]', 'aria-expanded'), 'false');
  await page.context().close();
});

test('a chosen theme is kept with the settings, and the next page begins in it and in the language', async () => {
  const page = await stage.page({ scenario: 'empty', hash: '/settings' });
  stage.server.answers.set('POST settings', (body) => {
    stage.server.change('settings', (settings) => ({ ...settings, ...body }));
    return [200, {}];
  });
  const wears = () => page.evaluate(() => document.documentElement.dataset.theme);
  await page.check('input[name="theme"] >> nth=2');
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
  assert.equal(stage.server.parts.settings.value.page.theme, 'dark');
  // Another tab has changed its mind.
  stage.server.change('settings', (settings) => ({ ...settings, page: { theme: 'light' } }));
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'light');
  stage.server.change('settings', (settings) => ({ ...settings, language: 'de' }));
  const html = await (await page.request.get(stage.server.url)).text();
  assert.match(html, /<html lang="de" data-theme="light">/);
  assert.match(html, /Einen Moment/);
  assert.doesNotMatch(html, /One moment/);
  await page.reload();
  assert.equal(await wears(), 'light');
  stage.server.change('settings', (settings) => ({ ...settings, language: 'en', page: {} }));
  await page.waitForFunction(() => document.documentElement.dataset.theme === undefined);
  stage.server.answers.delete('POST settings');
  assert.deepEqual(page.troubles, []);
  await page.context().close();
});

test('what is kept is told anew when the language is changed', async () => {
  const page = await stage.page({ scenario: 'empty', hash: '/settings' });
  const asked = () => stage.server.requests.filter(([method, path]) => method === 'GET' && path === 'kept').length;
  await page.waitForSelector('[data-name="privacy"] li');
  const before = asked();
  stage.server.change('settings', (settings) => ({ ...settings, language: 'de' }));
  await page.waitForFunction(() => document.documentElement.lang === 'de');
  for (let n = 0; n < 100 && asked() === before; n += 1) await new Promise((done) => setTimeout(done, 50));
  assert.ok(asked() > before, 'it was not asked for again');
  stage.server.change('settings', (settings) => ({ ...settings, language: 'en' }));
  await page.context().close();
});
