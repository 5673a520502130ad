// The columns of the timeline, indexed so that any part of it can be drawn in time that depends on the width of the
// picture, not on the number of events: sorted times per lane, and counts up to each event (prefix sums) per tone.
import type { LinkRssi, TimelineColumns, TimelineLink } from '../../engine/tables';
import { BAD, GOOD, LANES, laneOf, toneOf, type LaneId, type Tone } from './kinds';

export interface Lane {
  id: LaneId;
  t: Float64Array; // milliseconds, ascending
  event: Uint32Array; // index into the columns
  bad: Uint32Array; // bad[i]: bad ones among the first i
  good: Uint32Array;
  proof: Uint32Array;
}

export interface LinkBar {
  from: number;
  to: number; // the end of the picture where it did not end
  open: boolean;
  link: TimelineLink;
  rssi: LinkRssi | null;
}

export interface Model {
  columns: TimelineColumns;
  lanes: Lane[];
  t: Float64Array; // all events of this clock, ascending
  event: Uint32Array;
  lane: Uint8Array; // by index into the columns
  tone: Uint8Array;
  links: LinkBar[];
  reach: Float64Array; // reach[i]: the latest end of links 0..i, so that a search can begin early enough
  rssi: boolean;
  bytes: number; // the most that one link moved
  from: number;
  to: number;
  unknown: number; // events without a time on this clock
  proofs: Map<string, number>; // finding -> event
}

// Which time counts: the common clock ("all"), or that of one clock alone.
export type ClockChoice = 'all' | number;

export function clockChoices(columns: TimelineColumns): ClockChoice[] {
  const apart = new Set<number>();
  let together = 0;
  columns.aligned.forEach((at, i) => {
    if (at !== null) together += 1;
    else if (columns.at[i] !== null) apart.add(columns.clock[i] ?? 0);
  });
  const list: ClockChoice[] = [...apart].sort((a, b) => a - b);
  return together > 0 ? ['all', ...list] : list.length > 0 ? list : ['all'];
}

// The one on which an event has its time; undefined: on the one that is shown first, or on none.
export function clockOf(columns: TimelineColumns, event: number, choices: ClockChoice[]): ClockChoice | undefined {
  if (columns.aligned[event] != null) return 'all';
  const own = columns.clock[event];
  return own !== undefined && choices.includes(own) ? own : undefined;
}

// What the band told this computer: its last event, and the way to it within the address.
export const PROBE = 'probe';
export function probed(columns: TimelineColumns): number | undefined {
  const source = columns.sources.indexOf('band');
  const last = source < 0 ? -1 : columns.source.lastIndexOf(source);
  return last < 0 ? undefined : last;
}

function times(columns: TimelineColumns, clock: ClockChoice): (number | null)[] {
  if (clock === 'all') return columns.aligned;
  return columns.at.map((at, i) => (columns.clock[i] === clock && columns.aligned[i] === null ? at : null));
}

function counts(event: Uint32Array, is: (e: number) => boolean): Uint32Array {
  const sums = new Uint32Array(event.length + 1);
  for (let i = 0; i < event.length; i += 1) sums[i + 1] = (sums[i] ?? 0) + (is(event[i] ?? 0) ? 1 : 0);
  return sums;
}

function linkBars(columns: TimelineColumns, clock: ClockChoice, end: number): LinkBar[] {
  const ends = (link: TimelineLink): [number | null, number | null] =>
    clock === 'all'
      ? [link.aligned_started ?? null, link.aligned_ended ?? null]
      : link.clock === clock
        ? [link.started, link.ended]
        : [null, null];
  return columns.links
    .flatMap((link): LinkBar[] => {
      const [started, ended] = ends(link);
      if (started === null) return [];
      const from = started / 1000;
      const to = ended === null ? Math.max(end, from) : ended / 1000;
      return [{ from, to, open: ended === null || link.end_not_seen === true, link, rssi: link.rssi ?? null }];
    })
    .sort((a, b) => a.from - b.from);
}

export function buildModel(columns: TimelineColumns, clock: ClockChoice): Model {
  const at = times(columns, clock);
  const laneOfKind = columns.kinds.map((kind) => LANES.indexOf(laneOf(kind)));
  const toneOfKind = columns.kinds.map(toneOf);
  const lane = new Uint8Array(at.length);
  const tone = new Uint8Array(at.length);
  const known: number[] = [];
  for (let i = 0; i < at.length; i += 1) {
    lane[i] = laneOfKind[columns.kind[i] ?? 0] ?? 2;
    tone[i] = toneOfKind[columns.kind[i] ?? 0] ?? 0;
    if (at[i] !== null) known.push(i);
  }
  known.sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0) || a - b);
  const event = Uint32Array.from(known);
  const t = Float64Array.from(known, (i) => (at[i] ?? 0) / 1000);
  const proofs = new Map<string, number>();
  for (const one of columns.proof) if (!proofs.has(one.finding)) proofs.set(one.finding, one.event);
  const proven = new Set(proofs.values());
  const lanes = LANES.map((id, number) => {
    const mine = event.filter((e) => lane[e] === number);
    return {
      id,
      event: mine,
      t: Float64Array.from(mine, (e) => (at[e] ?? 0) / 1000),
      bad: counts(mine, (e) => tone[e] === BAD),
      good: counts(mine, (e) => tone[e] === GOOD),
      proof: counts(mine, (e) => proven.has(e)),
    };
  });
  const end = t[t.length - 1] ?? 0;
  const links = linkBars(columns, clock, end);
  const from = Math.min(t[0] ?? Infinity, links[0]?.from ?? Infinity);
  const to = links.reduce((latest, bar) => Math.max(latest, bar.to), end);
  let latest = -Infinity;
  const reach = Float64Array.from(links, (bar) => (latest = Math.max(latest, bar.to)));
  return {
    columns,
    lanes,
    t,
    event,
    lane,
    tone,
    links,
    reach,
    rssi: links.some((bar) => bar.rssi !== null),
    bytes: links.reduce((most, bar) => Math.max(most, bar.link.bytes_in + bar.link.bytes_out), 0),
    from: Number.isFinite(from) ? from : 0,
    to: Math.max(to, (Number.isFinite(from) ? from : 0) + 1000),
    unknown: columns.at.filter((one, i) => one === null && columns.aligned[i] === null).length,
    proofs,
  };
}

// The first index in [from, to) whose time is not before `when`.
export function lowerBound(t: Float64Array, when: number, from = 0, to = t.length): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((t[middle] ?? 0) < when) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function toneOfEvent(model: Model, event: number): Tone {
  return (model.tone[event] ?? 0) as Tone;
}
