// Titles of causes, findings and fixes, in the language of the setting. Until they are there, ids are made readable.
import { effect, signal } from '@preact/signals';
import type { Knowledge } from '../engine/tables';
import { connection, engine, parts } from './store';

interface Titles {
  causes: Map<string, { title: string; explain: string }>;
  findings: Map<string, string>;
  fixes: Map<string, string>;
  layers: Map<string, string>;
}

const empty: Titles = { causes: new Map(), findings: new Map(), fixes: new Map(), layers: new Map() };
export const titles = signal<Titles>(empty);

function index(table: Knowledge): Titles {
  return {
    causes: new Map(table.causes.map((cause) => [cause.id, cause])),
    findings: new Map(table.findings.map((finding) => [finding.id, finding.statement])),
    fixes: new Map(table.fixes.map((fix) => [fix.id, fix.title])),
    layers: new Map(table.layers.map((layer) => [layer.id, layer.title])),
  };
}

export function readable(id: string): string {
  return id.replace(/_/g, ' ');
}

export function keepTitles(): void {
  let have = '';
  effect(() => {
    const language = parts.settings.value?.language;
    if (!language || connection.value !== 'live' || have === language) return;
    have = language;
    engine()
      .knowledge()
      .then((table) => {
        titles.value = index(table);
      })
      .catch(() => {
        have = ''; // asked again with the next change
      });
  });
}
