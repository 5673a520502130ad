// Every view in both themes and widths: axe-core finds nothing, nothing sticks out sideways, nothing is too small to hit,
// and neither an error nor a refusal by the content policy is logged. In all three languages, for their lengths of words.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from './lib/axe.mjs';
import { Stage, VIEWS } from './lib/page.mjs';

let stage;
before(async () => {
  stage = await Stage.open();
});
after(() => stage.close());

async function sticksOut(page) {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth;
    if (wide <= innerWidth) return [];
    return [...document.querySelectorAll('#page *')]
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.table-hold, .unseen'))
      .slice(0, 3)
      .map((one) => `${one.tagName}.${one.className} ${one.getBoundingClientRect().right}`);
  });
}

// WCAG 2.2, 2.5.8: 24 × 24 CSS pixels, but for links within a sentence.
async function tooSmall(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('a[href], button, input, select, summary')]
      .filter((one) => one.checkVisibility() && !one.closest('p') && !one.classList.contains('skip') && !one.classList.contains('term'))
      .map((one) => [one, one.getBoundingClientRect()])
      .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
      .map(([one, box]) => `${one.tagName} "${one.textContent}" ${box.width}×${box.height}`),
  );
}

for (const theme of ['light', 'dark'])
  for (const width of [360, 1280])
    test(`every view, ${theme}, ${width} px`, async (t) => {
      const page = await stage.page({ scenario: 'empty', width, theme });
      for (const [scenario, hash] of VIEWS)
        await t.test(`${hash} (${scenario})`, async () => {
          await stage.show(page, { scenario, hash });
          assert.deepEqual(await violations(page), []);
          assert.deepEqual(await sticksOut(page), []);
          assert.deepEqual(await tooSmall(page), []);
          assert.deepEqual(page.troubles.splice(0), []);
          assert.equal(await page.locator('h1').count(), 1);
        });
      await page.context().close();
    });

for (const language of ['de', 'ru'])
  for (const width of [360, 800, 1280])
    test(`every view in ${language}, ${width} px`, async (t) => {
      const page = await stage.page({ scenario: 'empty', width, language });
      for (const [scenario, hash] of VIEWS)
        await t.test(`${hash} (${scenario})`, async () => {
          await stage.show(page, { scenario, hash, language });
          assert.deepEqual(await sticksOut(page), []);
          assert.deepEqual(page.troubles.splice(0), []);
        });
      await page.context().close();
    });
