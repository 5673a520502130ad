// Files of real size, dropped and chosen: they stream, their progress is seen, a failure is said, and they can be cancelled.
import assert from 'node:assert/strict';
import { mkdtempSync, openSync, rmSync, truncateSync, closeSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Stage } from './lib/page.mjs';
import { scenarios } from './fake/scenarios.mjs';

const BIG = 300 * 1024 * 1024; // a large bug report
let stage;
let folder;
before(async () => {
  stage = await Stage.open();
  folder = mkdtempSync(join(tmpdir(), 'bandkeeper-page-'));
});
after(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});

function sparse(name, bytes) {
  const path = join(folder, name);
  closeSync(openSync(path, 'w'));
  truncateSync(path, bytes);
  return path;
}
// The server's side of an upload: it says what came, and that it is there.
function takeFiles() {
  let made = 0;
  stage.server.answers.set('POST files', ({ bytes, name }) => {
    made += 1;
    stage.server.change('case', (value) => ({ ...value, changed: true, files: [...value.files, { id: `f${made}`, name, bytes, received: bytes, state: 'ready', sentence: '' }] }));
    return [201, { id: `f${made}` }];
  });
}

test('a file of 300 MB arrives whole', async () => {
  const page = await stage.page({ scenario: 'empty', hash: '/evidence' });
  takeFiles();
  await page.setInputFiles('[data-name="picker"]', sparse('bugreport.zip', BIG));
  await page.waitForSelector('[data-name="file"][data-state="ready"]', { timeout: 120_000 });
  const upload = stage.server.requests.findLast(([method, path]) => method === 'POST' && path.startsWith('files?'));
  assert.equal(upload[1], 'files?name=bugreport.zip');
  assert.equal(upload[2], BIG);
  await page.click('[data-name="read"]');
  await page.context().close();
});

test('several dropped at once, with names that need care', async () => {
  const page = await stage.page({ scenario: 'empty', hash: '/evidence' });
  takeFiles();
  stage.server.requests.length = 0;
  const names = ['снимок & отчёт.zip', 'a b#c?.log', '100%.txt', 'x'.repeat(120) + '.cfa', 'e.txt'];
  const dropped = await page.evaluateHandle((list) => {
    const data = new DataTransfer();
    for (const name of list) data.items.add(new File([name], name));
    return data;
  }, names);
  await page.dispatchEvent('[data-name="drop"]', 'dragover', { dataTransfer: dropped });
  await page.waitForSelector('.drop-over');
  await page.dispatchEvent('[data-name="drop"]', 'drop', { dataTransfer: dropped });
  await page.waitForFunction((n) => document.querySelectorAll('[data-name="file"][data-state="ready"]').length === n, names.length);
  const sent = stage.server.requests.filter(([, path]) => path.startsWith('files?')).map(([, path]) => new URLSearchParams(path.split('?')[1]).get('name'));
  assert.deepEqual(sent.sort(), [...names].sort());
  await page.context().close();
});

test('what does not fit is said in the server’s sentence', async () => {
  const page = await stage.page({ scenario: 'empty', hash: '/evidence' });
  stage.server.answers.set('POST files', () => [507, { error: { code: 'disk_full', text: 'The disk is full: 40 MB are missing.' } }]);
  writeFileSync(join(folder, 'small.txt'), 'x');
  await page.setInputFiles('[data-name="picker"]', join(folder, 'small.txt'));
  await page.waitForFunction(() => document.querySelector('[data-name="failure"]')?.textContent.includes('The disk is full'));
  await page.context().close();
});

test('progress is seen, and an upload can be cancelled', async () => {
  const page = await stage.page({ scenario: 'empty', hash: '/evidence' });
  let release;
  const held = new Promise((done) => (release = done));
  await page.route('**/api/1/files?*', async (route) => {
    await held;
    await route.abort();
  });
  await page.setInputFiles('[data-name="picker"]', sparse('slow.zip', 1000));
  stage.server.set('case', { ...scenarios.empty.case, files: [{ id: 'f1', name: 'slow.zip', bytes: 1000, received: 430, state: 'uploading', sentence: '' }] });
  await page.waitForFunction(() => document.querySelector('[data-name="file"] progress')?.value === 0.43);
  await page.click('[data-name="file"] button');
  stage.server.set('case', scenarios.empty.case);
  await page.waitForSelector('[data-name="file"]', { state: 'detached' });
  release();
  assert.ok(!(await page.isVisible('[data-name="failure"]')));
  await page.context().close();
});
