// What the network and other tabs do to a page: the server dies and comes back, the token is refused, another tab was
// quicker, a call fails. Never a blank page, always a sentence, and by itself back to where it was.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Stage } from './lib/page.mjs';
import { scenarios } from './fake/scenarios.mjs';

let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage.close());

test('the server dies in the midst of a question and comes back with another state', async () => {
  const page = await stage.page({ scenario: 'finger', hash: '/repair' });
  await stage.server.die();
  await page.waitForSelector('[data-name="lost"]');
  assert.ok(await page.isVisible('[data-name="ask"]'), 'what was known stays to be read');
  stage.server.setAll(scenarios.watching);
  await stage.server.rise();
  await page.waitForSelector('[data-name="lost"]', { state: 'detached' });
  await page.waitForSelector('[data-name="watching"]');
  assert.deepEqual(page.troubles, []);
  await page.context().close();
});

test('an answer while the server is away says so and is not lost silently', async () => {
  const page = await stage.page({ scenario: 'finger', hash: '/repair' });
  await stage.server.die();
  await page.click('[data-name="answer-done"]');
  await page.waitForSelector('[data-name="failure"]');
  await stage.server.rise();
  await page.waitForSelector('[data-name="lost"]', { state: 'detached' });
  assert.ok(await page.isVisible('[data-name="ask"]'));
  await page.context().close();
});

test('another program on the port is not shown the token', async () => {
  const page = await stage.page({ scenario: 'finger', hash: '/repair' });
  await stage.server.die();
  await page.waitForSelector('[data-name="lost"]');
  stage.server.impostor = true;
  stage.server.tokens = [];
  await stage.server.rise();
  await page.waitForTimeout(5000); // two tries
  await page.click('[data-name="answer-done"]');
  assert.deepEqual(stage.server.tokens, []);
  assert.ok(await page.isVisible('[data-name="lost"]'));
  stage.server.impostor = false;
  await page.waitForSelector('[data-name="lost"]', { state: 'detached' });
  await page.context().close();
});

test('a tab without a token explains itself; a fresh address in it begins', async () => {
  stage.set('verdict');
  const context = await stage.browser.newContext();
  const page = await context.newPage();
  await page.goto(stage.server.url.replace(/#.*/, ''));
  await page.waitForSelector('[data-name="refused"]');
  await page.goto(stage.server.url);
  await page.waitForSelector('[data-name="hero"]');
  await context.close();
});

test('the token is out of the address bar and the history, and stays for a reload', async () => {
  const page = await stage.page({ scenario: 'verdict' });
  assert.ok(!page.url().includes('token'));
  assert.equal(await page.evaluate(() => document.cookie + JSON.stringify({ ...localStorage })).then((kept) => kept.includes('aaaa')), false);
  await page.reload();
  await page.waitForSelector('[data-name="hero"]');
  await page.context().close();
});

test('two tabs: one answers, the other shows it', async () => {
  const one = await stage.page({ scenario: 'finger', hash: '/repair' });
  const two = await one.context().newPage();
  await two.goto(stage.server.url);
  await two.waitForSelector('[data-name="hero"][data-next="answer"]');
  stage.server.answers.set('POST task/answer', () => [409, { error: { code: 'not_open', text: 'That question is over.' } }]);
  stage.server.change('task', (task) => ({ ...task, question: null, progress: 'Looking at the phone' }));
  await two.waitForSelector('[data-next="watch"]');
  await one.waitForSelector('[data-name="ask"]', { state: 'detached' });
  assert.ok(!(await one.isVisible('[data-name="failure"]')));
  stage.server.answers.delete('POST task/answer');
  await one.context().close();
});

test('a refusal is shown with what to do, and goes away', async () => {
  const page = await stage.page({ scenario: 'ready' });
  stage.server.answers.set('POST diagnose', () => [409, { error: { code: 'busy', text: 'A repair is running. Wait for it, or stop it.' } }]);
  await page.click('[data-name="next"]');
  await page.waitForFunction(() => document.querySelector('[data-name="failure"]')?.textContent.includes('A repair is running'));
  await page.click('[data-name="failure"] button');
  await page.waitForSelector('[data-name="failure"]', { state: 'detached' });
  stage.server.answers.delete('POST diagnose');
  await page.context().close();
});

test('text from files and phones stays text', async () => {
  const evil = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';
  const page = await stage.page({ scenario: 'files', hash: '/evidence' });
  stage.server.change('case', (value) => ({ ...value, files: value.files.map((file) => ({ ...file, name: evil, sentence: evil })), read: [{ path: evil, format: evil }] }));
  stage.server.change('phones', (value) => ({ ...value, state: 'ready', simulated_phone: evil, list: [{ key: 'p', model: evil, state: 'ready', sentence: '', chosen: true }] }));
  await page.waitForFunction(() => document.querySelector('.ribbon')?.textContent.includes('<script>'));
  assert.equal(await page.locator('img[src="x"], #page script').count(), 0);
  assert.doesNotMatch(await page.title(), /owned/);
  assert.deepEqual(page.troubles, []);
  await page.context().close();
});

test('no request leaves for anywhere else', async () => {
  const context = await stage.browser.newContext();
  const page = await context.newPage();
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).host));
  stage.set('band');
  await page.goto(stage.server.url);
  for (const hash of ['evidence', 'verdict', 'repair', 'timeline', 'band', 'settings', 'help', 'home']) {
    await page.evaluate((to) => (location.hash = `#/${to}`), hash);
    await page.waitForSelector(`.content-${hash} h1`);
  }
  assert.deepEqual([...new Set(asked)], [`127.0.0.1:${stage.server.port}`]);
  await context.close();
});

