// Debian's Chromium, headless, with nothing of its own going to the network and a fresh profile each time.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const path = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((one) => existsSync(one));
export const haveBrowser = path !== undefined;

export function launch() {
  return chromium.launch({
    executablePath: path,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}
