// The cards of the band and of who repairs by hand, one by one: what each shows of its state, what its buttons send, and
// that axe-core finds nothing in it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from './lib/axe.mjs';
import { Stage } from './lib/page.mjs';
import { scenarios } from './fake/scenarios.mjs';

let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage.close());

const text = (page, selector) => page.locator(selector).innerText();
async function on(scenario, hash, check) {
  stage.server.requests.length = 0;
  stage.server.answers.clear();
  const page = await stage.page({ scenario, hash });
  try {
    await check(page);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(page.troubles, []);
  } finally {
    await page.context().close();
  }
}
// What was sent to an address, once it was.
async function sent(path) {
  for (let i = 0; i < 100; i += 1) {
    const found = stage.server.requests.find(([method, to]) => method === 'POST' && to === path);
    if (found) return found[2];
    await new Promise((done) => setTimeout(done, 50));
  }
  return assert.fail(`nothing was sent to ${path}: ${JSON.stringify(stage.server.requests)}`);
}

test('the probe: what the band said, what that does not tell, and when it was', () =>
  on('probed', '/evidence', async (page) => {
    const { probe } = scenarios.probed.report.report;
    const told = await text(page, '[data-name="probe-told"]');
    assert.ok(told.includes(probe.text), told);
    assert.equal(await page.locator('[data-name="probe-told"] li').count(), probe.cannot_tell.length);
    assert.match(told, /as of \d/);
  }));

test('the probe is asked with what the person says of the phones, and says what it does', () =>
  on('band', '/evidence', async (page) => {
    await page.check('[data-name="probe"] input[type="checkbox"]');
    await page.click('button[data-name="probe"]');
    assert.deepEqual(await sent('band/probe'), { phones_off: true });
    await stage.show(page, { scenario: 'probing', hash: '/evidence' });
    assert.match(await text(page, 'section[data-name="probe"]'), /Listening for the band/);
    assert.equal(await page.locator('button[data-name="probe"]').count(), 0, 'a second probe cannot be begun');
  }));

test('live: the beats, their range and the steps; the button that ends it sends enough, not stop', () =>
  on('measuring', '/band', async (page) => {
    assert.equal(await text(page, '[data-name="live"] .live-beats b'), '72');
    const card = await text(page, '[data-name="live"]');
    for (const wanted of [/64/, /81/, /70/, /4,200/]) assert.match(card, wanted);
    assert.equal((await page.getAttribute('.pulse polyline', 'points')).split(' ').length, 6);
    await page.click('[data-name="live-stop"]');
    assert.deepEqual(await sent('task/enough'), { task: 7 });
    assert.equal(stage.server.requests.some(([, path]) => path === 'task/stop'), false);
  }));

test('live: no contact with the skin and no value yet are told apart', async () => {
  await on('no_contact', '/band', async (page) => assert.match(await text(page, '.live-beats'), /^– ?no contact/));
  await on('first_beat', '/band', async (page) => assert.match(await text(page, '.live-beats'), /^– ?the first value/));
});

test('binding: offered where a key is asked for; the price first, a wrong word is not sent, the right one is', () =>
  on('pairing', '/band', async (page) => {
    await page.click('[data-name="pairing"] .heard button');
    await page.click('[data-name="bind"]');
    assert.deepEqual(await sent('band/bind'), { key: 'h1' });
    await stage.show(page, { scenario: 'binding', hash: '/band' });
    assert.match(await text(page, '[data-name="ask"]'), /loses it/);
    await page.fill('[data-name="typed"]', 'bond');
    await page.click('[data-name="answer-typed"]');
    await page.waitForSelector('#typed-wrong');
    assert.equal(stage.server.requests.some(([, path]) => path === 'task/answer'), false, 'a wrong word was sent');
    await page.fill('[data-name="typed"]', 'bind');
    await page.click('[data-name="answer-typed"]');
    assert.deepEqual(await sent('task/answer'), { id: '7.3', answer: 'typed', word: 'bind' });
  }));

test('binding: no is an answer', () =>
  on('binding', '/band', async (page) => {
    await page.click('[data-name="ask"] [data-name="answer-no"]');
    assert.deepEqual(await sent('task/answer'), { id: '7.3', answer: 'no' });
  }));

test('the ledger: how much, every gap with how long and why; what was not on the wrist is not called missing', () =>
  on('band', '/band', async (page) => {
    const gaps = await page.locator('[data-name="ledger"] li').evaluateAll((list) => list.map((one) => [one.dataset.why, one.innerText]));
    assert.deepEqual(gaps.map(([why]) => why), ['lost', 'off', 'not_worn', 'overwritten'], 'the latest first');
    const said = Object.fromEntries(gaps);
    assert.match(said.lost, /2 min missing.*nothing says why/);
    assert.match(said.off, /3 hr missing.*off, empty or restarting/);
    assert.match(said.overwritten, /24 hr missing.*overwritten/);
    assert.match(said.not_worn, /95 min not on the wrist/);
    assert.doesNotMatch(said.not_worn, /missing/);
    const width = await page.locator('[data-name="ledger"] .ledger span').evaluateAll((list) => list.reduce((sum, one) => sum + parseFloat(one.style.width), 0));
    assert.ok(Math.abs(width - (100 * 9900) / 10080) < 0.5, `the strip shows ${width} %`);
  }));

test('did it help? by hand: no goes on to the next step, yes is the end of it, and both are kept', () =>
  on('by_hand', '/repair', async (page) => {
    stage.server.answers.set('POST settings', (body) => {
      stage.server.change('settings', (settings) => ({ ...settings, ...body }));
      return [200, {}];
    });
    const turn = () => page.locator('.plan-step:has([data-name="did-it-help"])').getAttribute('data-step');
    const first = await turn();
    await page.click('[data-name="not-helped"]');
    await page.waitForFunction((old) => document.querySelector('.plan-step:has([data-name="did-it-help"])')?.dataset.step !== old, first);
    const second = await turn();
    assert.notEqual(second, first);
    assert.deepEqual((await sent('settings')).page.by_hand.tried, [first]);
    await page.click('[data-name="helped"]');
    await page.waitForSelector('[data-name="by-hand-result"]');
    assert.equal(await page.locator('[data-name="did-it-help"]').count(), 0);
    assert.equal(stage.server.parts.settings.value.page.by_hand.helped, second);
    await page.reload();
    await page.waitForSelector('[data-name="by-hand-result"]');
  }));

test('read it again: questions whose evidence is of before a restart offer it, and it is the phone that is looked at', () =>
  on('unread', '/evidence', async (page) => {
    const refuse = () => [422, { error: { code: 'refused', text: 'The evidence is to be read again first.' } }];
    stage.server.answers.set('POST interview/start', refuse);
    await page.evaluate(() => (location.hash = '#/evidence/questions'));
    await page.click('[data-name="read-again-now"]');
    assert.deepEqual(await sent('diagnose'), { phone: true, deep: false });
    // Read by now: the questions begin by themselves.
    stage.server.answers.delete('POST interview/start');
    stage.server.change('case', (one) => ({ ...one, changed: false }));
    stage.server.change('report', (one) => ({ ...one, at: one.at + 1 }));
    stage.server.set('interview', scenarios.questions.interview);
    await page.waitForSelector('[data-name="answer-yes"]');
    assert.equal(await page.locator('[data-name="read-again"]').count(), 0);
  }));

test('the update: a checksum of another shape is not sent, every one that is pasted is', () =>
  on('band', '/band', async (page) => {
    const digests = ['0123456789abcdef'.repeat(4), 'FEDCBA9876543210'.repeat(4)];
    const field = '#update-sha256';
    await page.fill(field, digests[0].slice(1));
    await page.click('[data-name="update-start"]');
    assert.match(await text(page, '#update-sha256-wrong'), /exactly 64/);
    assert.equal(await page.getAttribute(field, 'aria-invalid'), 'true');
    assert.deepEqual(await violations(page), []);
    assert.equal(stage.server.requests.some(([, path]) => path === 'band/update'), false, 'it was sent');
    await page.fill(field, ` ${digests.join('  ')}\t`);
    assert.equal(await page.locator('#update-sha256-wrong').count(), 0);
    await page.click('[data-name="update-start"]');
    assert.deepEqual(await sent('band/update'), { files: ['u1'], sha256: digests });
  }));

test('the update: without a checksum none is sent', () =>
  on('band', '/band', async (page) => {
    await page.click('[data-name="update-start"]');
    assert.deepEqual(await sent('band/update'), { files: ['u1'], sha256: [] });
  }));

test('the simulated owner: offered where the phone does not exist, marked as a demonstration, and sent as that', () =>
  on('owner', '/repair', async (page) => {
    assert.match(await text(page, '[data-name="owner"]'), /Demonstration.*does not exist/s);
    await page.click('[data-name="answer-owner"]');
    assert.deepEqual(await sent('task/answer'), { id: '7.3', answer: 'owner' });
  }));

test('the simulated owner: a real phone has none', () =>
  on('finger', '/repair', async (page) => {
    assert.equal(await page.locator('[data-name="ask"]').count(), 1);
    assert.equal(await page.locator('[data-name="owner"]').count(), 0);
  }));
