// The snapshot as signals, one per part: a view that reads one is drawn again when it changes, and no other is.
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Connection, Engine, Listener } from '../engine/engine';
import type { PartName, Parts } from '../engine/parts';
import { words } from '../words/words';
import { plainly } from './plain';

type Store = { [N in PartName]: Signal<Parts[N] | undefined> };
type Shown = { [N in PartName]: ReadonlySignal<Parts[N] | undefined> };

// As the engine tells them.
const told: Store = {
  phones: signal(undefined),
  case: signal(undefined),
  report: signal(undefined),
  task: signal(undefined),
  outcome: signal(undefined),
  plan: signal(undefined),
  interview: signal(undefined),
  repairs: signal(undefined),
  everyday: signal(undefined),
  band: signal(undefined),
  settings: signal(undefined),
};

// As the page shows them (state/plain.ts).
export const parts = Object.fromEntries(
  Object.entries(told).map(([name, part]) => [name, computed(() => plainly(part.value as unknown, words.value))]),
) as Shown;

export const connection = signal<Connection>('connecting');
export const simulated = signal(false);

// The first whole snapshot is there.
export const loaded = computed(() => parts.phones.value !== undefined && parts.settings.value !== undefined);
export const report = computed(() => parts.report.value?.report ?? null);
export const task = computed(() => parts.task.value ?? null);

const simulatedParts = new Set<PartName>();

let current: Engine | null = null;
export function engine(): Engine {
  if (!current) throw new Error('no engine yet');
  return current;
}

export function useEngine(chosen: Engine): void {
  current = chosen;
  const listener: Listener = {
    part(name, state) {
      const target = told[name] as Signal<unknown> | undefined;
      if (!target) return; // a part that this page does not know yet
      target.value = state.value;
      if (state.simulated) simulatedParts.add(name);
      else simulatedParts.delete(name);
      simulated.value = simulatedParts.size > 0;
    },
    connection(now) {
      connection.value = now;
    },
  };
  chosen.open(listener);
}
