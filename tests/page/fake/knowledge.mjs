// The titles of GET /api/1/knowledge, read from knowledge/*.toml with no more than it takes.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

function field(text, name) {
  const found = new RegExp(`^${name} = "((?:[^"\\\\]|\\\\.)*)"`, 'm').exec(text);
  return found ? JSON.parse(`"${found[1]}"`) : '';
}
function each(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.toml'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

export function knowledge(root) {
  const base = join(root, 'knowledge');
  const blocks = (text, mark) => text.split(mark).slice(1);
  return {
    language: 'en',
    layers: blocks(readFileSync(join(base, 'layers.toml'), 'utf8'), '[[layer]]').map((text) => ({ id: field(text, 'id'), title: field(text, 'title') })),
    causes: each(join(base, 'causes')).map((text) => ({
      id: field(text, 'id'),
      layer: field(text, 'layer'),
      title: field(text, 'title'),
      explain: field(text, 'explain'),
    })),
    findings: each(join(base, 'findings')).flatMap((file) =>
      blocks(file, '[[finding]]').map((text) => ({ id: field(text, 'id'), statement: field(text, 'statement'), question: field(text, 'question') })),
    ),
    fixes: each(join(base, 'fixes')).map((text) => ({ id: field(text, 'id'), title: field(text, 'title'), words: [] })),
    apps: [],
  };
}
