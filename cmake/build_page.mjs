// web/ -> one C++ source that holds the page, packed. Usage: node build_page.mjs WEB WORK OUT.cc
//
// WORK is shared by all presets of a tree: the page is built again only when a file of web/ or this
// script is another one. Nothing is written into web/. npm's own scripts of packages are not run.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';

const [web, work, out] = process.argv.slice(2).map((one) => path.resolve(one));
const leftOut = new Set(['node_modules', 'dist', 'dev', '.git']);

function filesOf(folder, below = '') {
  return fs.readdirSync(path.join(folder, below), { withFileTypes: true })
    .filter((one) => below !== '' || !leftOut.has(one.name))
    .flatMap((one) => {
      const name = path.join(below, one.name);
      return one.isDirectory() ? filesOf(folder, name) : [name];
    })
    .sort();
}

function digest(texts) {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(String(text.length)).update('\n').update(text);
  return hash.digest('hex');
}

function run(folder, ...words) {
  const ran = spawnSync(words[0], words.slice(1), { cwd: folder, encoding: 'utf8', env: { ...process.env, CI: '1' } });
  if (ran.status === 0) return;
  process.stderr.write(`${words.join(' ')}\n${ran.stdout ?? ''}${ran.stderr ?? ''}${ran.error ?? ''}\n`);
  process.exit(1);
}

// One build at a time: other presets may be built at this moment.
function locked(folder, then) {
  fs.mkdirSync(folder, { recursive: true });
  const lock = path.join(folder, 'lock');
  for (let waited = 0; ; waited += 1) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const owner = Number(fs.readFileSync(lock, 'utf8')) || 0;
      let alive = true;
      try { process.kill(owner, 0); } catch { alive = false; }
      if (!alive || waited > 600) fs.rmSync(lock, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    }
  }
  try { return then(); } finally { fs.rmSync(lock, { force: true }); }
}

function build() {
  const names = filesOf(web);
  const script = fs.readFileSync(fileURLToPath(import.meta.url));
  const wanted = digest([script, ...names.flatMap((name) => [name, fs.readFileSync(path.join(web, name))])]);
  const stamp = path.join(work, 'built');
  const source = path.join(work, 'web');
  const dist = path.join(source, 'dist');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return dist;
  fs.rmSync(stamp, { force: true });
  // Packages stay where the list of them is the same.
  const packages = digest([fs.readFileSync(path.join(web, 'package-lock.json'))]);
  const packagesStamp = path.join(work, 'packages');
  for (const one of fs.existsSync(source) ? fs.readdirSync(source) : [])
    if (one !== 'node_modules') fs.rmSync(path.join(source, one), { recursive: true });
  for (const name of names) {
    fs.mkdirSync(path.dirname(path.join(source, name)), { recursive: true });
    fs.copyFileSync(path.join(web, name), path.join(source, name));
  }
  if (!fs.existsSync(path.join(source, 'node_modules')) || !fs.existsSync(packagesStamp) ||
      fs.readFileSync(packagesStamp, 'utf8') !== packages) {
    run(source, 'npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
    fs.writeFileSync(packagesStamp, packages);
  }
  run(source, 'npm', 'run', '--silent', 'build');
  fs.writeFileSync(stamp, wanted);
  return dist;
}

const types = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon', '.json': 'application/json',
  '.woff2': 'font/woff2', '.webmanifest': 'application/manifest+json', '.txt': 'text/plain; charset=utf-8',
};

// A literal that any compiler takes: pieces of at most 16 KB, all bytes escaped in octal where they
// are not plain.
function literal(bytes) {
  if (bytes.length === 0) return 'std::string_view()';
  let text = '';
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i];
    if (byte >= 32 && byte < 127 && byte !== 34 && byte !== 92 && byte !== 63) text += String.fromCharCode(byte);
    else text += `\\${byte.toString(8).padStart(3, '0')}`;
    if (i % 4096 === 4095) text += '"\n"';
  }
  return `std::string_view("${text}", ${bytes.length})`;
}

// The page's own script and style stand within it: its content policy names them by their hash, and allows no other.
function policyOf(name, bytes) {
  if (!/^index\.([\w.]+\.)?html$/.test(name)) return '';
  const hashes = (tag) => [...bytes.toString('utf8').matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gs'))]
    .map(([, text]) => ` 'sha256-${createHash('sha256').update(text).digest('base64')}'`).join('');
  return `script-src 'self'${hashes('script')}; style-src 'self'${hashes('style')}`;
}

function write(assets) {
  const entries = assets.map(({ name, bytes }) => {
    const brotli = zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } });
    const gzip = zlib.gzipSync(bytes, { level: 9 });
    const smaller = (packed) => (packed.length < bytes.length ? packed : Buffer.alloc(0));
    const type = types[path.extname(name)];
    if (!type) throw new Error(`${name}: of no kind that the page is known to need`);
    const at = name === 'index.html' ? '/' : `/${name.split(path.sep).join('/')}`;
    const etag = createHash('sha256').update(bytes).digest('hex').slice(0, 20);
    return `    {.path = ${JSON.stringify(at)}, .type = "${type}", .etag = "\\"${etag}\\"", .for_ever = ${at.startsWith('/assets/')},
     .policy = "${policyOf(name, bytes)}",
     .plain = ${literal(bytes)},
     .gzip = ${literal(smaller(gzip))},
     .brotli = ${literal(smaller(brotli))}},`;
  });
  const text = `// Made by cmake/build_page.mjs.
#include "main/page_assets.h"

#include <array>

namespace bk::main {
namespace {
const std::array<server::Asset, ${entries.length}> kAssets = {{
${entries.join('\n')}
}};
}  // namespace
std::span<const server::Asset> PageAssets() { return kAssets; }
}  // namespace bk::main
`;
  fs.mkdirSync(path.dirname(out), { recursive: true });
  fs.writeFileSync(out, text);
}

if (fs.existsSync(path.join(web, 'package.json'))) {
  locked(work, () => {
    const dist = build();
    write(filesOf(dist).map((name) => ({ name, bytes: fs.readFileSync(path.join(dist, name)) })));
  });
} else {
  const words = '<!doctype html><html lang="en"><meta charset="utf-8"><title>bandkeeper</title><p>This bandkeeper was built without its page.</p></html>\n';
  write([{ name: 'index.html', bytes: Buffer.from(words) }]);
}
