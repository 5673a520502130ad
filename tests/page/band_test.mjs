// The band's cards on the real program, with its simulated band: what the fake of cards_test is held against.
import assert from 'node:assert/strict';
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
