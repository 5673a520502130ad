// The band's cards on the real program, with its simulated band: what the fake of cards_test is held against.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { launch } from './lib/browser.mjs';
import { Owner, PATIENCE } from './lib/owner.mjs';
import { haveProgram, layOver, Served } from './lib/served.mjs';

const skip = haveProgram ? false : 'no program';
let browser;
before(async () => {
  if (haveProgram) browser = await launch();
});
after(() => browser?.close());

async function withBand(check) {
  const served = new Served();
  try {
    await served.start('--fault', 'background_killed');
    const context = await browser.newContext({ viewport: { width: 1000, height: 900 }, reducedMotion: 'reduce' });
    context.setDefaultTimeout(PATIENCE);
    await layOver(context);
    const page = await context.newPage();
    page.troubles = [];
    page.on('pageerror', (error) => page.troubles.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/ERR_CONNECTION|Failed to load resource/.test(message.text())) page.troubles.push(message.text());
    });
    await page.goto(served.url);
    await page.waitForSelector('[data-name="hero"]');
    await check(page, new Owner(page), served);
    assert.deepEqual(page.troubles, []);
    await context.close();
  } finally {
    await served.end();
  }
}

test('the band is asked as a witness: its sentence stands, and its light on the first page is on', { skip }, () =>
  withBand(async (page, owner) => {
    await owner.next('look');
    await page.waitForSelector('[data-next="mend"]');
    await owner.go('evidence');
    await page.check('[data-name="probe"] input[type="checkbox"]');
    await page.click('button[data-name="probe"]');
    await page.waitForSelector('[data-name="probe-told"]');
    assert.ok((await page.locator('[data-name="probe-told"] b').innerText()).length > 20);
    assert.ok((await page.locator('[data-name="probe-told"] li').count()) > 0, 'what it cannot tell is missing');
    await owner.go('verdict');
    assert.equal(await page.locator('[data-name="broken"]').count(), 0);
  }));

test('data are fetched and counted, heart rate and steps are measured until enough', { skip }, () =>
  withBand(async (page, owner) => {
    await owner.go('band');
    await page.click('[data-name="band-sync"]');
    await page.waitForSelector('[data-name="ledger"] b');
    assert.match(await page.locator('[data-name="ledger"] b').first().innerText(), /\d.* minutes stored/);
    await page.waitForSelector('.day-bars li:nth-child(2)');
    await page.click('[data-name="live-start"]');
    await page.waitForFunction(() => /^\d+$/.test(document.querySelector('.live-beats b')?.textContent ?? ''));
    await page.click('[data-name="live-stop"]', { timeout: 1000 }).catch(() => undefined); // a simulated minute may be over already
    await page.waitForSelector('[data-name="live-start"]:not([disabled])');
    assert.match(await page.locator('[data-name="live"]').innerText(), /as of/);
  }));

// A font of our own making: nothing known here proves it whole.
const font = Buffer.concat([Buffer.from('NEZK'), Buffer.alloc(6), Buffer.from([3]), Buffer.alloc(3000, 0x5a)]);
const sha256 = createHash('sha256').update(font).digest('hex');

async function updateWith(page, owner, digest) {
  await owner.go('band');
  if ((await page.locator('[data-name="dismiss"]').count()) > 0) {
    await page.click('[data-name="dismiss"]');
    await page.waitForSelector('[data-name="result"]', { state: 'detached' });
  }
  await page.fill('#update-sha256', digest);
  await page.click('[data-name="update-start"]');
  const found = await page.waitForSelector('[data-name="ask"], [data-name="result"][data-kind="band_update"]');
  return found.getAttribute('data-name');
}

test('an update: the digest that its source states proves a file, another one refuses it, none asks for the word', { skip }, () =>
  withBand(async (page, owner) => {
    await owner.go('band');
    await page.setInputFiles('[data-name="band-update"] input[type="file"]', { name: 'font.ft', mimeType: 'application/octet-stream', buffer: font });
    await page.waitForSelector('#update-sha256');
    const result = () => page.locator('[data-name="result"][data-kind="band_update"]').innerText();

    assert.equal(await updateWith(page, owner, sha256.replace(/./g, '0')), 'result', 'a wrong digest asks nothing');
    assert.match(await result(), /None of the files has the SHA-256/);

    assert.equal(await updateWith(page, owner, ''), 'ask', 'without one the word is asked for');
    const ask = await page.locator('[data-name="ask"]').innerText();
    assert.match(ask, new RegExp(sha256), 'the digest of what would be sent is not shown');
    assert.doesNotMatch(ask, /--sha256/, 'an option of the terminal is named');
    await page.click('[data-name="ask"] [data-name="answer-no"]');
    await page.waitForFunction(() => /Nothing was changed/.test(document.querySelector('[data-name="result"]')?.textContent ?? ''));

    assert.equal(await updateWith(page, owner, sha256.toUpperCase()), 'result', 'the right one asks nothing');
    assert.match(await result(), /Updated/);
  }));

test('what the band said is kept over a restart, and stands on the timeline before and after', { skip }, () =>
  withBand(async (page, owner, served) => {
    const told = async () => {
      await owner.go('evidence');
      await page.waitForSelector('[data-name="probe-told"]');
      return page.locator('[data-name="probe-told"] b').innerText();
    };
    const onTimeline = async () => {
      await page.click('[data-name="probe-timeline"]');
      await page.waitForSelector('[data-name="timeline-line"]');
      return [await page.locator('[data-name="timeline-line"]').innerText(), await page.locator('[data-name="timeline-detail"] .place').innerText()];
    };
    await owner.go('evidence');
    await page.click('button[data-name="probe"]');
    const said = await told();
    const [line, place] = await onTimeline();
    assert.match(line, /the band|minutes/);
    assert.match(place, /asked by this computer/);
    await served.kill();
    await page.waitForSelector('[data-name="lost"]');
    await served.start();
    await page.waitForSelector('[data-name="lost"]', { state: 'detached' });
    assert.equal(await told(), said);
    assert.deepEqual(await onTimeline(), [line, place]);
    // With a phone beside it its clock is another one, and what is asked for is shown all the same.
    await owner.go('evidence');
    await page.click('button[data-name="look"]');
    await page.waitForSelector('.content-verdict');
    assert.equal(await told(), said);
    assert.deepEqual(await onTimeline(), [line, place]);
  }));
