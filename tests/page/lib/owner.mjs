// A person at the page, who presses what is shown: looks, starts the repair, answers each question once, undoes.
import assert from 'node:assert/strict';

// For a computer that is busy with other things: what does not come at all takes that long to be said.
export const PATIENCE = 300_000;

export class Owner {
  asked = [];
  // `sees`: the trouble is gone when it is mended, and this owner looks and says so.
  constructor(page, { sees = false } = {}) {
    this.page = page;
    this.sees = sees;
  }
  async go(view) {
    await this.page.evaluate((to) => (location.hash = `#/${to}`), view);
    await this.page.waitForSelector(`.content-${view.split('/')[0]} h1`);
  }
  // The big button of the first page, which has to be the one that is expected.
  async next(expected) {
    await this.go('home');
    await this.page.waitForSelector(`[data-next="${expected}"] [data-name="next"]`, { timeout: PATIENCE });
    await this.page.click('[data-name="next"]');
  }
  async idle() {
    await this.go('home');
    await this.page.waitForFunction(() => !['answer', 'watch', 'wait'].includes(document.querySelector('[data-name="hero"]')?.dataset.next ?? 'wait'), null, { timeout: PATIENCE });
  }
  // Answers what is asked until a result is there.
  async answerAll(kind) {
    const { page } = this;
    for (let n = 0; n < 300; n += 1) {
      const found = await page.waitForSelector(`[data-name="ask"], [data-name="result"][data-kind="${kind}"]`, { timeout: PATIENCE });
      if ((await found.getAttribute('data-name')) === 'result') return;
      const { about, key } = await page.evaluate(() => {
        const ask = document.querySelector('[data-name="ask"]');
        return { about: ask?.dataset.about, key: ask?.dataset.question };
      });
      if (!about) continue;
      this.asked.push(about);
      await this.answerOne(about);
      await page.waitForFunction((old) => document.querySelector('[data-name="ask"]')?.dataset.question !== old, key, { timeout: PATIENCE });
    }
    assert.fail(`asked without an end: ${this.asked.join(' ')}`);
  }
  async answerOne(about) {
    const { page } = this;
    const press = (name) => page.click(`[data-name="ask"] [data-name="${name}"]`);
    if (about === 'lossy' || about === 'reset') {
      const word = await page.evaluate(() => /[“„«](.+)[”“»]/.exec(document.querySelector('label[for="typed-word"]').textContent)[1]);
      await page.fill('[data-name="typed"]', word);
      return press('answer-typed');
    }
    if (about === 'app' || about === 'which' || about === 'anyway') return press('choice-0');
    // On a phone that does not exist the page lets its simulated owner do it.
    if (about === 'finger') return press('answer-owner');
    if (about === 'words') return press('answer-done'); // what is tried by hand is then watched
    if (about === 'restart_check' || about === 'everyday') return press('answer-no');
    if (about === 'synced' && this.sees) return press('answer-yes');
    if (about === 'question' || about === 'finding' || about === 'synced') return press('answer-unknown');
    return press('answer-yes');
  }
}
