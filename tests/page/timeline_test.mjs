// The timeline: the verdict's proof leads to its line, pointing shows the line, the table says the same; 100,000 events.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { madeUp } from './fake/timeline.mjs';
import { tables } from './fake/scenarios.mjs';
import { Stage } from './lib/page.mjs';

let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage.close());

test('the proof of the verdict leads to its very line', async () => {
  const page = await stage.page({ scenario: 'verdict', hash: '/verdict' });
  const { finding, event } = tables.timeline.proof[0];
  stage.server.change('report', (part) => ({ ...part, in_timeline: tables.timeline.proof.map((one) => one.finding) }));
  await page.waitForSelector('[data-name="proof-list"] a');
  await page.evaluate((id) => (location.hash = `#/timeline/${id}`), finding);
  await page.waitForSelector('[data-name="timeline-line"]');
  assert.equal(await page.textContent('[data-name="timeline-line"]'), tables.timeline.text[event]);
  const place = await page.textContent('[data-name="timeline-detail"] .place');
  assert.ok(place.includes(`line ${tables.timeline.line[event]}`), place);
  await page.context().close();
});

test('100,000 events: pointing, zooming, table and search', async () => {
  const many = madeUp(100_000);
  stage.server.tables.timeline = many;
  const page = await stage.page({ scenario: 'verdict', hash: '/timeline' });
  await page.waitForSelector('[data-name="timeline"] canvas');
  assert.match(await page.textContent('[data-name="in-view"]'), /100,000 events/);
  await page.evaluate(() => (location.hash = '#/timeline/phone_ends_link'));
  await page.waitForFunction((text) => document.querySelector('[data-name="timeline-line"]')?.textContent === text, many.text[50_000]);
  // Pointing at the chosen event's place shows its line as well; away from everything, the chosen one stays.
  const box = await page.locator('[data-name="timeline"]').boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height - 20);
  const before = Number(await page.getAttribute('[data-name="timeline"] canvas', 'data-drawn'));
  await page.click('[data-name="zoom-out"]');
  await page.waitForFunction((n) => Number(document.querySelector('[data-name="timeline"] canvas').dataset.drawn) > n, before);
  await page.click('[data-name="timeline-table"] summary');
  await page.waitForSelector('.table tbody tr');
  await page.fill('#timeline-find', 'event number 77777,');
  await page.waitForFunction(() => document.querySelectorAll('.table tbody tr').length === 1);
  await page.click('.table tbody .cell');
  await page.waitForFunction((text) => document.querySelector('[data-name="timeline-line"]')?.textContent === text, many.text[77_777]);
  assert.deepEqual(page.troubles, []);
  await page.context().close();
  stage.server.tables.timeline = tables.timeline;
});

test('nothing is drawn while nothing changes', async () => {
  const page = await stage.page({ scenario: 'verdict', hash: '/timeline' });
  await page.waitForFunction(() => Number(document.querySelector('[data-name="timeline"] canvas')?.dataset.drawn) > 0);
  const drawn = () => page.getAttribute('[data-name="timeline"] canvas', 'data-drawn');
  const frames = (n) => page.evaluate((most) => new Promise((done) => {
    const next = (left) => (left === 0 ? done() : requestAnimationFrame(() => next(left - 1)));
    next(most);
  }), n);
  await frames(5);
  const first = await drawn();
  await frames(30);
  assert.equal(await drawn(), first);
  await page.context().close();
});
