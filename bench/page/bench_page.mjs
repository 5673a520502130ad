// The page's own numbers in Debian's Chromium: first paint, bytes that travel, frames per second of the timeline.
// What is measured, and why so: README.md beside this.
// Usage: node bench/page/bench_page.mjs   (BK_PROGRAM: the real server; without it the stand-in of tests/page, which is slower;
// BK_BEFORE: another program, whose page is opened in turn with it)
import { createServer } from 'node:http';
import { FakeServer } from '../../tests/page/fake/server.mjs';
import { scenarios, tables } from '../../tests/page/fake/scenarios.mjs';
import { madeUp } from '../../tests/page/fake/timeline.mjs';
import { launch } from '../../tests/page/lib/browser.mjs';
import { DIST } from '../../tests/page/lib/page.mjs';
import { haveProgram, Served } from '../../tests/page/lib/served.mjs';

const RUNS = 9;
const FRAMES = 240;
const EVENTS = 100_000;
const CALM_MS = 800; // a new window of Chromium loads its own surfaces, in processes of their own
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

async function emptyPage() {
  const server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>empty</title><p>empty'));
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${server.address().port}/`, end: () => server.close() };
}

// In a fresh profile with an empty cache: when something was painted, and when the one next thing could be pressed (`button`).
async function visit(browser, url, button) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    new MutationObserver((_, watch) => {
      if (!document.querySelector('[data-name="next"]')) return;
      watch.disconnect();
      requestAnimationFrame(() => (globalThis.buttonAt = performance.now()));
    }).observe(document, { childList: true, subtree: true });
  });
  await page.waitForTimeout(CALM_MS);
  await page.goto(url);
  await page.waitForFunction((wanted) => (!wanted || globalThis.buttonAt) && performance.getEntriesByName('first-contentful-paint').length > 0, button);
  const seen = await page.evaluate(() => ({
    button: globalThis.buttonAt,
    paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    bytes: [...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')].filter((one) => !one.name.includes('/api/')).reduce((sum, one) => sum + one.encodedBodySize, 0),
  }));
  await context.close();
  return seen;
}

async function firstPaint(browser, url, before) {
  const empty = await emptyPage();
  const visits = [];
  const empties = [];
  const earlier = [];
  for (let run = -1; run < RUNS; run += 1) {
    const one = [await visit(browser, url, true), await visit(browser, empty.url, false)];
    if (run < 0) continue; // the browser itself comes to its feet
    visits.push(one[0]);
    empties.push(one[1].paint);
    if (before) earlier.push(await visit(browser, before, true));
  }
  empty.end();
  const paints = visits.map((one) => one.paint);
  return {
    button: median(visits.map((one) => one.button)),
    paint: median(paints),
    worst: Math.max(...paints),
    empty: median(empties),
    ratio: median(paints.map((paint, run) => paint / empties[run])),
    before: before && { paint: median(earlier.map((one) => one.paint)), button: median(earlier.map((one) => one.button)), ratio: median(earlier.map((one, run) => one.paint / empties[run])) },
    bytes: visits[0].bytes,
  };
}

async function everything(browser, url) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForSelector('[data-name="hero"]');
  for (const view of ['timeline', 'band', 'settings', 'help']) {
    await page.evaluate((to) => (location.hash = `#/${to}`), view);
    await page.waitForSelector(`.content-${view} h1`);
  }
  const bytes = await page.evaluate(() =>
    [...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')].filter((one) => !one.name.includes('/api/')).reduce((sum, one) => sum + one.encodedBodySize, 0),
  );
  await context.close();
  return bytes;
}

// Zooms in and out and moves in every frame, as a person does who does not let go; counts what was drawn.
async function frames(browser, server) {
  server.setAll(scenarios.verdict);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(server.url);
  await page.waitForSelector('[data-name="hero"]');
  const asked = Date.now();
  await page.evaluate(() => (location.hash = '#/timeline'));
  await page.waitForFunction(() => Number(document.querySelector('[data-name="timeline"] canvas')?.dataset.drawn) > 0);
  const loaded = Date.now() - asked;
  const result = await page.evaluate(async (most) => {
    const hold = document.querySelector('[data-name="timeline"]');
    const canvas = hold.querySelector('canvas');
    const box = hold.getBoundingClientRect();
    const before = Number(canvas.dataset.drawn);
    const begun = performance.now();
    let longest = 0;
    let last = begun;
    for (let n = 0; n < most; n += 1) {
      const zoom = n % 3 !== 0;
      hold.dispatchEvent(new WheelEvent('wheel', { ctrlKey: zoom, shiftKey: !zoom, deltaY: zoom ? (n % 120 < 60 ? -25 : 25) : 30, clientX: box.left + box.width * 0.6, clientY: box.top + 50, bubbles: true, cancelable: true }));
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }
    return { drawn: Number(canvas.dataset.drawn) - before, seconds: (performance.now() - begun) / 1000, longest };
  }, FRAMES);
  await context.close();
  return { ...result, loaded };
}

const browser = await launch();
const fake = await new FakeServer(DIST).listen();
fake.tables = { ...tables, timeline: madeUp(EVENTS) };
fake.setAll(scenarios.verdict);
const served = haveProgram ? new Served() : null;
const url = served ? await served.start('--fault', 'background_killed') : fake.url;

const old = process.env.BK_BEFORE ? new Served(process.env.BK_BEFORE) : null;
const first = await firstPaint(browser, url, old && (await old.start('--fault', 'background_killed')));
const whole = await everything(browser, url);
const timeline = await frames(browser, fake);
const kb = (n) => `${(n / 1000).toFixed(1)} kB`;
console.log(`server               ${served ? 'bandkeeper serve --simulated' : 'stand-in'}`);
console.log(`first paint          ${first.paint.toFixed(0)} ms median of ${RUNS}, worst ${first.worst.toFixed(0)} ms   (to reach: < 200 ms)`);
console.log(`an empty page        ${first.empty.toFixed(0)} ms median, opened in turn: the page takes ${first.ratio.toFixed(2)} times that, in the median of pairs`);
if (first.before) console.log(`before               ${first.before.paint.toFixed(0)} ms median, ${first.before.ratio.toFixed(2)} times an empty page; first button ${first.before.button.toFixed(0)} ms`);
console.log(`first button         ${first.button.toFixed(0)} ms median: the one next thing can be pressed`);
console.log(`bytes to first paint ${kb(first.bytes)} compressed`);
console.log(`bytes, every view    ${kb(whole)} compressed   (to reach: < 150 kB)`);
console.log(`timeline             ${EVENTS} events: ${(timeline.drawn / timeline.seconds).toFixed(1)} frames/s drawn, longest frame ${timeline.longest.toFixed(0)} ms   (to reach: >= 30)`);
console.log(`timeline, to picture ${timeline.loaded} ms from the click, with all events fetched`);
await browser.close();
await fake.die();
await served?.end();
await old?.end();
const reached = first.paint < 200 && whole < 150_000 && timeline.drawn / timeline.seconds >= 30;
process.exit(reached ? 0 : 1);
