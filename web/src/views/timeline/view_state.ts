// What part is in view and what is chosen: shared by the picture, the words below it and the table.
import { signal } from '@preact/signals';
import { lowerBound, type Model } from './model';

export interface Window {
  from: number;
  to: number;
}

export const inView = signal<Window>({ from: 0, to: 1 });
export const selected = signal(-1); // event
export const selectedLink = signal(-1);
export const hover = signal(-1);

const LEAST = 10; // milliseconds: closer makes no sense

export function whole(model: Model): Window {
  const margin = Math.max(500, (model.to - model.from) * 0.02);
  return { from: model.from - margin, to: model.to + margin };
}

// What to begin with: where nearly everything happened, when a few old events would press it into a corner.
export function dense(model: Model): Window {
  const all = whole(model);
  const early = model.t[Math.floor(model.t.length * 0.1)] ?? all.from;
  const from = Math.min(early, model.links[0]?.from ?? early);
  if (model.t.length < 5 || model.to - from > (all.to - all.from) * 0.1) return all;
  const margin = Math.max(500, (model.to - from) * 0.06);
  return { from: from - margin, to: Math.min(all.to, model.to + margin) };
}

export function show(model: Model, from: number, to: number): void {
  const all = whole(model);
  const span = Math.min(Math.max(to - from, LEAST), all.to - all.from);
  let left = Math.min(from, all.to - span);
  left = Math.max(left, all.from);
  inView.value = { from: left, to: left + span };
}

export function zoom(model: Model, factor: number, around?: number): void {
  const { from, to } = inView.value;
  const middle = around ?? centre(model);
  const span = (to - from) * factor;
  const share = (middle - from) / (to - from);
  show(model, middle - span * share, middle + span * (1 - share));
}

export function pan(model: Model, share: number): void {
  const { from, to } = inView.value;
  const by = (to - from) * share;
  show(model, from + by, to + by);
}

export function timeOf(model: Model, event: number): number | undefined {
  const lane = model.lanes[model.lane[event] ?? 0];
  const i = lane?.event.indexOf(event) ?? -1;
  return i < 0 ? undefined : lane?.t[i];
}

function centre(model: Model): number {
  const at = selected.value >= 0 ? timeOf(model, selected.value) : undefined;
  const { from, to } = inView.value;
  return at !== undefined && at >= from && at <= to ? at : (from + to) / 2;
}

// Chooses an event and brings it into view, where it is not.
export function choose(model: Model, event: number, close = false): void {
  selected.value = event;
  selectedLink.value = -1;
  const at = timeOf(model, event);
  if (at === undefined) return;
  const { from, to } = inView.value;
  const span = close ? Math.min(to - from, 10 * 60_000) : to - from;
  if (close || at < from + span * 0.05 || at > to - span * 0.05) show(model, at - span / 2, at + span / 2);
}

// The next event to the left or right, in its lane, or at all when nothing is chosen.
export function step(model: Model, by: 1 | -1): number {
  const event = selected.value;
  if (event < 0) {
    const at = lowerBound(model.t, inView.value.from);
    return model.event[Math.min(at, model.event.length - 1)] ?? -1;
  }
  const lane = model.lanes[model.lane[event] ?? 0];
  if (!lane) return event;
  const i = lane.event.indexOf(event) + by;
  return lane.event[Math.max(0, Math.min(lane.event.length - 1, i))] ?? event;
}

// The nearest event in another lane that has any.
export function changeLane(model: Model, by: 1 | -1): number {
  const event = selected.value;
  if (event < 0) return step(model, 1);
  const at = timeOf(model, event) ?? 0;
  for (let lane = (model.lane[event] ?? 0) + by; lane >= 0 && lane < model.lanes.length; lane += by) {
    const found = nearest(model, lane, at);
    if (found >= 0) return found;
  }
  return event;
}

export function nearest(model: Model, lane: number, at: number): number {
  const one = model.lanes[lane];
  if (!one || one.t.length === 0) return -1;
  const i = lowerBound(one.t, at);
  const before = i > 0 ? at - (one.t[i - 1] ?? 0) : Infinity;
  const after = i < one.t.length ? (one.t[i] ?? 0) - at : Infinity;
  return one.event[before <= after ? i - 1 : i] ?? -1;
}
