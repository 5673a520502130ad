// A page on a stand-in server in one of the recorded states.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FakeServer } from '../fake/server.mjs';
import { scenarios, tables } from '../fake/scenarios.mjs';
import { launch } from './browser.mjs';

// Where the page is built: by the program's own build, else in web/ itself.
const built = process.env.BK_PAGE_BUILT ?? '';
export const WEB = existsSync(join(built, 'dist', 'index.html')) ? built : fileURLToPath(new URL('../../../web', import.meta.url));
export const DIST = join(WEB, 'dist');

export class Stage {
  static async open() {
    const stage = new Stage();
    stage.browser = await launch();
    stage.server = await new FakeServer(DIST).listen();
    stage.server.tables = { ...tables };
    return stage;
  }
  async close() {
    await this.browser.close();
    await this.server.die();
  }
  set(scenario, language = 'en') {
    this.server.setAll(scenarios[scenario]);
    this.server.change('settings', (settings) => ({ ...settings, language }));
  }
  // A fresh profile each time. Errors of the page and refusals by its content policy are collected.
  async page({ scenario, hash = '/home', width = 1280, theme = 'light', language = 'en' }) {
    const context = await this.browser.newContext({ viewport: { width, height: 800 }, colorScheme: theme, reducedMotion: 'reduce', acceptDownloads: true });
    const page = await context.newPage();
    page.troubles = [];
    page.on('pageerror', (error) => page.troubles.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !/ERR_CONNECTION|Failed to load resource/.test(message.text())) page.troubles.push(message.text());
    });
    this.set(scenario, language);
    await page.goto(this.server.url);
    await this.show(page, { scenario, hash, language });
    return page;
  }
  // Another state and view in the same page, as it would come to be: by events and by a change of the address.
  async show(page, { scenario, hash = '/home', language = 'en' }) {
    this.#shown += 1;
    const mark = `state ${this.#shown}`;
    this.set(scenario, language);
    this.server.change('phones', (phones) => ({ ...phones, simulated_phone: mark })); // last: it is seen when all is there
    await page.evaluate((to) => (location.hash = `#${to}`), hash);
    await page.waitForFunction(
      ([text, lang]) => document.querySelector('.ribbon')?.textContent.includes(`${text}.`) && document.documentElement.lang === lang && document.querySelector('#content h1'),
      [mark, language],
    );
    await settled(page);
  }
  #shown = 0;
}

// Nothing more is on its way: lazily loaded views and tables are there.
export async function settled(page) {
  await page.waitForFunction(() => !document.querySelector('#content .busy') || document.querySelector('[data-name="running"], [data-name="phone"] .busy, [data-name="probe"] .busy, [data-name="band-task"]'));
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

export const VIEWS = [
  ['empty', '/home'], ['ready', '/home'], ['look_failed', '/home'], ['verdict', '/home'], ['proved', '/home'],
  ['empty', '/evidence'], ['unauthorised', '/evidence'], ['several', '/evidence'], ['files', '/evidence'], ['looking', '/evidence'], ['look_failed', '/evidence'], ['band', '/evidence'],
  ['questions', '/evidence/questions'], ['choice', '/evidence/questions'],
  ['empty', '/verdict'], ['verdict', '/verdict'], ['bond', '/verdict'],
  ['empty', '/repair'], ['verdict', '/repair'], ['by_hand', '/repair'], ['harmless', '/repair'], ['finger', '/repair'], ['owner', '/repair'], ['autostart', '/repair'], ['lossy', '/repair'],
  ['watching', '/repair'], ['paused', '/repair'], ['which', '/repair'], ['proved', '/repair'], ['failed', '/repair'],
  ['verdict', '/timeline'], ['empty', '/timeline'],
  ['probed', '/evidence'], ['probing', '/evidence'],
  ['band', '/band'], ['pairing', '/band'], ['empty', '/band'], ['measuring', '/band'], ['no_contact', '/band'], ['binding', '/band'],
  ['empty', '/settings'], ['empty', '/help'],
];
