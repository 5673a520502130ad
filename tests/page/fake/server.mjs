// A stand-in for `bandkeeper serve` (docs/page-api.md), made of recorded answers: for looking at every view in every
// state, and for tests of what a real server does rarely (it dies, it is slow, it refuses). Never shipped.
import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
// What stands within index.html is allowed by its hash alone, as cmake/build_page.mjs has it.
const hashes = (html, tag) =>
  [...html.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gs'))].map(([, text]) => ` 'sha256-${createHash('sha256').update(text).digest('base64')}'`).join('');
const policy = (html) =>
  `default-src 'self'; script-src 'self'${hashes(html, 'script')}; style-src 'self'${hashes(html, 'style')}; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
export const TOKEN = 'a'.repeat(64);

export class FakeServer {
  parts = {};
  tables = {}; // GET path -> value
  requests = []; // [method, path, body]
  answers = new Map(); // "POST path" -> (body) => [status, json]
  revision = 1000;
  impostor = false; // another program on the port, which does not know the token
  tokens = []; // what was shown to it
  #streams = new Set();
  #sockets = new Set();
  #squeezed = new Map();
  #server;
  #dist;

  constructor(dist) {
    this.#dist = dist;
  }
  async listen(port = 0) {
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    await new Promise((done) => this.#server.listen(port, '127.0.0.1', done));
    this.port = this.#server.address().port;
    return this;
  }
  get url() {
    return `http://127.0.0.1:${this.port}/#token=${TOKEN}`;
  }
  // As when the process is killed: every connection breaks, nobody listens.
  async die() {
    for (const socket of this.#sockets) socket.destroy();
    this.#streams.clear();
    await new Promise((done) => this.#server.close(done));
  }
  async rise() {
    await this.listen(this.port);
  }

  set(name, value, simulated = false) {
    this.revision += 1;
    this.parts[name] = { revision: this.revision, simulated, value };
    const data = JSON.stringify({ part: name, ...this.parts[name] });
    for (const stream of this.#streams) stream.write(`event: part\nid: ${this.revision}\ndata: ${data}\n\n`);
  }
  change(name, how) {
    this.set(name, how(structuredClone(this.parts[name].value)), this.parts[name].simulated);
  }
  setAll(parts, simulated = false) {
    for (const [name, value] of Object.entries(parts)) this.set(name, value, simulated);
  }

  async #serve(request, response) {
    const url = new URL(request.url, 'http://x');
    if (!url.pathname.startsWith('/api/1/')) return this.#file(url.pathname, response);
    if (url.pathname === '/api/1/hello') {
      const said = `bandkeeper ${this.port} ${url.searchParams.get('nonce')}`;
      const proof = createHmac('sha256', this.impostor ? 'another' : TOKEN).update(said).digest('hex');
      return json(response, 200, { proof });
    }
    this.tokens.push(request.headers.authorization ?? '');
    if (request.headers.authorization !== `Bearer ${TOKEN}`)
      return json(response, 401, { error: { code: 'no_token', text: 'This address has no token.' } });
    const path = url.pathname.slice('/api/1/'.length);
    if (request.method === 'GET' && path === 'events') return this.#events(url, response);
    if (request.method === 'GET' && path === 'state')
      return json(response, 200, { schema: 'bandkeeper.page/1', version: '0.1.0', run: 'r', revision: this.revision, parts: this.parts });
    let body = '';
    let bytes = 0;
    for await (const chunk of request) {
      bytes += chunk.length;
      if (request.headers['content-type'] === 'application/json') body += chunk;
    }
    this.requests.push([request.method, path + url.search, body ? JSON.parse(body) : bytes]);
    const answer = this.answers.get(`${request.method} ${path}`);
    if (answer) {
      const [status, value] = answer(body ? JSON.parse(body) : { bytes, name: url.searchParams.get('name') });
      return json(response, status, value);
    }
    if (request.method === 'GET') {
      const table = this.tables[path];
      return table
        ? json(response, 200, typeof table === 'function' ? table(url.searchParams) : table)
        : json(response, 404, { error: { code: 'not_found', text: 'There is no such thing.' } });
    }
    return json(response, 200, {});
  }

  #events(url, response) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    const after = Number(url.searchParams.get('after') ?? 0);
    for (const [name, part] of Object.entries(this.parts))
      if (part.revision > after) response.write(`event: part\nid: ${part.revision}\ndata: ${JSON.stringify({ part: name, ...part })}\n\n`);
    response.write(': \n\n');
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
  }

  // As the server chooses it, by the settings.
  #first() {
    const { language = 'en', page = {} } = this.parts.settings?.value ?? {};
    const own = `/index.${language}${/^(light|dark)$/.test(page.theme ?? '') ? `.${page.theme}` : ''}.html`;
    return existsSync(join(this.#dist, own)) ? own : '/index.html';
  }
  async #file(path, response) {
    const name = normalize(path === '/' ? this.#first() : path);
    try {
      const type = TYPES[extname(name)] ?? 'application/octet-stream';
      if (!this.#squeezed.has(name)) {
        const bytes = await readFile(join(this.#dist, name));
        this.#squeezed.set(name, [gzipSync(bytes, { level: 9 }), policy(name.endsWith('.html') ? String(bytes) : '')]);
      }
      const [squeezed, allowed] = this.#squeezed.get(name);
      response.writeHead(200, { 'Content-Type': type, 'Content-Encoding': 'gzip', 'Content-Security-Policy': allowed, 'Referrer-Policy': 'no-referrer' });
      response.end(squeezed);
    } catch {
      response.writeHead(404).end();
    }
  }
}

function json(response, status, value) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(value));
}
