// The real program: `bandkeeper serve --simulated`, with a home of its own and no adb in reach.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const PROGRAM = process.env.BK_PROGRAM ?? '';
// A program without the verb (of before the page) has nothing to show.
export const haveProgram = PROGRAM !== '' && existsSync(PROGRAM) && /\bserve\b/.test(spawnSync(PROGRAM, ['--help'], { encoding: 'utf8' }).stdout);

// Another build of the page than the one within the program, for trying it: BK_PAGE_OVER=web/dist.
export async function layOver(context) {
  const over = process.env.BK_PAGE_OVER;
  if (!over) return;
  const types = { html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };
  await context.route(/127\.0\.0\.1:\d+\/($|assets\/)/, (route) => {
    const path = new URL(route.request().url()).pathname;
    const file = join(over, path === '/' ? 'index.html' : path);
    return route.fulfill({ path: file, contentType: types[file.split('.').pop()] });
  });
}

export class Served {
  constructor(program = PROGRAM) {
    this.program = program;
    this.home = mkdtempSync(join(tmpdir(), 'bandkeeper-served-'));
  }
  // Starts it, again on the same home after `kill`, and answers with the address that it prints.
  start(...words) {
    const env = { HOME: this.home, PATH: this.home, LANG: 'C', ADB_SERVER_SOCKET: 'tcp:1' };
    this.child = spawn(this.program, ['serve', '--simulated', ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.said = '';
    return new Promise((found, failed) => {
      const hear = (chunk) => {
        this.said += chunk;
        const address = /http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{64}/.exec(this.said);
        if (address) found((this.url = address[0]));
      };
      this.child.stdout.on('data', hear);
      this.child.stderr.on('data', hear);
      this.child.on('exit', (code) => failed(new Error(`serve ended with ${code}: ${this.said}`)));
    });
  }
  kill(signal = 'SIGKILL') {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return Promise.resolve();
    const gone = new Promise((done) => this.child.on('exit', done));
    this.child.kill(signal);
    return gone;
  }
  async end() {
    await this.kill('SIGTERM');
    rmSync(this.home, { recursive: true, force: true });
  }
}
