// Draws what is in view. Cost: width × lanes × log(events), whatever the number of events.
import { BAD, GOOD, LANES } from './kinds';
import { lowerBound, type Lane, type LinkBar, type Model } from './model';
import { rowsOf, type Row } from './rows';
import { dateText, tickText, ticks } from './times';

export interface Paint {
  ink: string;
  soft: string;
  line: string;
  card: string;
  ok: string;
  bad: string;
  accent: string;
  plain: string;
  link: string;
  font: string;
}

export interface Scene {
  model: Model;
  from: number;
  to: number;
  width: number;
  selected: number; // event, or -1
  hover: number;
  selectedLink: number; // or -1
  paint: Paint;
  name(row: Row): string;
  reason(bar: LinkBar): string;
}

const DOT = 4; // radius of a single event
const APART = 7; // px between events from which on each is a dot of its own

function x(scene: Scene, t: number): number {
  return ((t - scene.from) / (scene.to - scene.from)) * scene.width;
}

function axis(pen: CanvasRenderingContext2D, scene: Scene, height: number): void {
  const { paint, width } = scene;
  const span = scene.to - scene.from;
  pen.fillStyle = paint.soft;
  pen.strokeStyle = paint.line;
  pen.font = `12px ${paint.font}`;
  pen.textBaseline = 'middle';
  pen.beginPath();
  let day = '';
  let free = 0; // where the label before it ends: one that would run into it is left out, its line stays
  for (const at of ticks(scene.from, scene.to, Math.max(2, width / 130))) {
    const where = Math.round(x(scene, at)) + 0.5;
    pen.moveTo(where, 20);
    pen.lineTo(where, height);
    const today = dateText(at);
    const text = tickText(at, span);
    const label = today !== day && span <= 3 * 86400e3 && where > 30 ? `${today} ${text}` : text;
    if (where < free) continue;
    pen.fillText(label, where + 4, 11);
    free = where + 4 + pen.measureText(label).width + 6;
    day = today;
  }
  pen.stroke();
}

// Bars of one pixel; neighbours of one height become one rectangle.
function columns(pen: CanvasRenderingContext2D, colour: string, base: number, heights: Int16Array, sign: 1 | -1): void {
  pen.fillStyle = colour;
  for (let from = 0; from < heights.length; ) {
    const height = (heights[from] ?? 0) * sign;
    let to = from + 1;
    while (to < heights.length && (heights[to] ?? 0) * sign === height) to += 1;
    if (height > 0) pen.fillRect(from, base - height, to - from, height);
    from = to;
  }
}

function events(pen: CanvasRenderingContext2D, scene: Scene, lane: Lane, row: Row): void {
  const { paint, model, width } = scene;
  const first = lowerBound(lane.t, scene.from);
  const last = lowerBound(lane.t, scene.to + 1, first);
  const base = row.top + row.height - 8;
  const room = row.height - 26;
  if (last - first <= width / APART) {
    for (const tone of [0, GOOD, BAD]) {
      pen.fillStyle = tone === BAD ? paint.bad : tone === GOOD ? paint.ok : paint.plain;
      pen.beginPath();
      for (let i = first; i < last; i += 1) {
        const event = lane.event[i] ?? 0;
        if (model.tone[event] !== tone) continue;
        const at = x(scene, lane.t[i] ?? 0);
        if (tone === BAD) pen.rect(at - DOT, base - DOT * 2 - 3, DOT * 2, DOT * 2);
        else {
          pen.moveTo(at + DOT, base - DOT - 3);
          pen.arc(at, base - DOT - 3, DOT, 0, 7);
        }
      }
      pen.fill();
    }
    labels(pen, scene, lane, base, first, last);
  } else {
    const perPixel = (scene.to - scene.from) / width;
    const tall = new Int16Array(width);
    const marked = new Int16Array(width); // > 0: so many pixels of bad news, < 0: of good
    let low = first;
    for (let column = 0; column < width && low < last; column += 1) {
      const high = lowerBound(lane.t, scene.from + (column + 1) * perPixel, low, last);
      const n = high - low;
      if (n > 0) {
        const height = Math.min(room, 5 + Math.log2(1 + n) * (room / 8));
        tall[column] = height;
        const badly = (lane.bad[high] ?? 0) - (lane.bad[low] ?? 0);
        const well = (lane.good[high] ?? 0) - (lane.good[low] ?? 0);
        if (badly > 0) marked[column] = Math.max(4, (height * badly) / n);
        else if (well > 0) marked[column] = -Math.max(4, (height * well) / n);
      }
      low = high;
    }
    columns(pen, paint.plain, base, tall, 1);
    columns(pen, paint.bad, base, marked, 1);
    columns(pen, paint.ok, base, marked, -1);
  }
}

const LABELS = 60;
const LABEL_ROOM = 90; // px: less is not worth reading

// Where there is room until the next event, its text stands beside it.
function labels(pen: CanvasRenderingContext2D, scene: Scene, lane: Lane, base: number, first: number, last: number): void {
  if (last - first > LABELS) return;
  const { paint, model, width } = scene;
  pen.font = `11px ${paint.font}`;
  pen.fillStyle = paint.soft;
  pen.textBaseline = 'middle';
  for (let i = first; i < last; i += 1) {
    const left = x(scene, lane.t[i] ?? 0) + 12;
    const right = i + 1 < last ? x(scene, lane.t[i + 1] ?? 0) - 10 : width - 4;
    const room = right - left;
    if (room < LABEL_ROOM) continue;
    const text = model.columns.text[lane.event[i] ?? 0] ?? '';
    const most = Math.floor(room / 6);
    pen.fillText(text.length > most ? `${text.slice(0, most - 1)}…` : text, left, base - DOT - 3, room);
  }
}

// The proofs of the verdict stand out whatever the density; there are few.
function proofs(pen: CanvasRenderingContext2D, scene: Scene, lane: Lane, row: Row): void {
  if (lane.proof[lane.proof.length - 1] === 0) return;
  const { paint } = scene;
  pen.strokeStyle = paint.accent;
  pen.lineWidth = 2;
  pen.beginPath();
  const proven = new Set(scene.model.proofs.values());
  for (let i = lowerBound(lane.t, scene.from); i < lane.event.length && (lane.t[i] ?? 0) <= scene.to; ) {
    if ((lane.proof[i + 1] ?? 0) > (lane.proof[i] ?? 0)) {
      if (proven.has(lane.event[i] ?? 0)) {
        const at = x(scene, lane.t[i] ?? 0);
        pen.moveTo(at + 9, row.top + row.height - 15);
        pen.arc(at, row.top + row.height - 15, 9, 0, 7);
      }
      i += 1;
    } else {
      // On to the next proof by its count.
      const count = lane.proof[i] ?? 0;
      let low = i + 1;
      let high = lane.event.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((lane.proof[middle] ?? 0) > count) high = middle;
        else low = middle + 1;
      }
      i = low - 1 > i ? low - 1 : i + 1;
    }
  }
  pen.stroke();
  pen.lineWidth = 1;
}

function linksInView(scene: Scene): [number, number] {
  const { model } = scene;
  const first = lowerBound(model.reach, scene.from);
  let low = first;
  let high = model.links.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((model.links[middle]?.from ?? 0) <= scene.to) low = middle + 1;
    else high = middle;
  }
  return [first, low];
}

function bars(pen: CanvasRenderingContext2D, scene: Scene, row: Row): void {
  const { paint, model } = scene;
  const [first, last] = linksInView(scene);
  const top = row.top + 6;
  const tall = row.height - 12;
  let drawnTo = -Infinity;
  pen.font = `11px ${paint.font}`;
  for (let i = first; i < last; i += 1) {
    const bar = model.links[i];
    if (!bar) continue;
    const left = Math.max(-2, x(scene, bar.from));
    const right = Math.min(scene.width + 2, Math.max(left + 1, x(scene, bar.to)));
    if (right <= drawnTo + 0.5) continue; // on the same pixel as the one before
    pen.fillStyle = i === scene.selectedLink ? paint.accent : paint.link;
    pen.fillRect(Math.max(left, drawnTo), top, right - Math.max(left, drawnTo), tall);
    drawnTo = right;
    if (right - left < 4) continue;
    if (!bar.open) {
      pen.fillStyle = paint.ink;
      pen.fillRect(right - 2, top - 3, 2, tall + 6);
    }
    const text = scene.reason(bar);
    if (right - left > pen.measureText(text).width + 12) {
      pen.fillStyle = paint.card;
      pen.fillText(text, Math.max(left, 0) + 6, top + tall / 2 + 0.5);
    }
  }
}

function strength(pen: CanvasRenderingContext2D, scene: Scene, row: Row): void {
  const { paint, model } = scene;
  const [first, last] = linksInView(scene);
  const y = (dbm: number) => row.top + 6 + ((-30 - Math.max(-100, Math.min(-30, dbm))) / 70) * (row.height - 12);
  pen.strokeStyle = paint.line;
  pen.beginPath();
  for (const dbm of [-50, -90]) {
    pen.moveTo(0, Math.round(y(dbm)) + 0.5);
    pen.lineTo(scene.width, Math.round(y(dbm)) + 0.5);
  }
  pen.stroke();
  pen.strokeStyle = paint.accent;
  pen.fillStyle = paint.accent;
  const line = new Path2D();
  const dots = new Path2D();
  let lastColumn = -2;
  for (let i = first; i < last; i += 1) {
    const bar = model.links[i];
    const rssi = bar?.rssi;
    if (!bar || !rssi) continue;
    const left = x(scene, bar.from);
    const right = x(scene, bar.to);
    if (right - left < 1 && left - lastColumn < 2) continue;
    lastColumn = left;
    const points: [number, number | undefined][] = [
      [left, rssi.before],
      [(left + right) / 2, rssi.median],
      [right, rssi.after],
    ];
    let begun = false;
    for (const [at, dbm] of points) {
      if (dbm === undefined) continue;
      if (begun) line.lineTo(at, y(dbm));
      else line.moveTo(at, y(dbm));
      begun = true;
      dots.rect(at - 1.5, y(dbm) - 1.5, 3, 3);
    }
  }
  pen.stroke(line);
  pen.fill(dots);
}

function traffic(pen: CanvasRenderingContext2D, scene: Scene, row: Row): void {
  const { paint, model } = scene;
  const [first, last] = linksInView(scene);
  const most = Math.log2(1 + model.bytes);
  const path = new Path2D();
  let drawnTo = -Infinity;
  for (let i = first; i < last; i += 1) {
    const bar = model.links[i];
    if (!bar) continue;
    const amount = bar.link.bytes_in + bar.link.bytes_out;
    if (amount === 0) continue;
    const left = x(scene, bar.from);
    const right = Math.max(left + 2, x(scene, bar.to));
    if (right <= drawnTo) continue;
    const height = (Math.log2(1 + amount) / most) * (row.height - 8);
    path.rect(left, row.top + row.height - height, right - left, height);
    drawnTo = right;
  }
  pen.fillStyle = paint.link;
  pen.globalAlpha = 0.45;
  pen.fill(path);
  pen.globalAlpha = 1;
}

function mark(pen: CanvasRenderingContext2D, scene: Scene, rows: Row[], event: number, strong: boolean): void {
  if (event < 0) return;
  const lane = scene.model.lanes[scene.model.lane[event] ?? 0];
  if (!lane) return;
  const i = lane.event.indexOf(event);
  const at = x(scene, lane.t[i] ?? 0);
  const row = rows.find((one) => one.what === 'events' && one.lane === lane.id);
  if (!row || i < 0 || at < -10 || at > scene.width + 10) return;
  pen.strokeStyle = scene.paint.accent;
  pen.lineWidth = strong ? 2 : 1;
  pen.beginPath();
  pen.moveTo(at, row.top + 18);
  pen.lineTo(at, row.top + row.height - 2);
  pen.moveTo(at + 7, row.top + row.height - 15);
  pen.arc(at, row.top + row.height - 15, 7, 0, 7);
  pen.stroke();
  pen.lineWidth = 1;
}

export function draw(pen: CanvasRenderingContext2D, scene: Scene): void {
  const { rows, height } = rowsOf(scene.model);
  const { paint, width } = scene;
  pen.clearRect(0, 0, width, height);
  axis(pen, scene, height);
  for (const row of rows) {
    pen.strokeStyle = paint.line;
    pen.beginPath();
    pen.moveTo(0, row.top + 0.5);
    pen.lineTo(width, row.top + 0.5);
    if (row.what === 'events') pen.stroke();
    const lane = scene.model.lanes[LANES.indexOf(row.lane)];
    if (!lane) continue;
    if (row.what === 'events') {
      events(pen, scene, lane, row);
      proofs(pen, scene, lane, row);
    } else if (row.what === 'links') bars(pen, scene, row);
    else if (row.what === 'rssi') strength(pen, scene, row);
    else traffic(pen, scene, row);
    const name = scene.name(row);
    pen.font = `${row.what === 'events' ? '600 12px' : '11px'} ${paint.font}`;
    pen.textBaseline = 'middle';
    const y = row.what === 'events' ? row.top + 12 : row.top + row.height / 2;
    const room = row.what === 'links' ? 0 : pen.measureText(name).width + 8;
    if (room > 0) {
      pen.fillStyle = paint.card;
      pen.globalAlpha = 0.85;
      pen.fillRect(0, y - 8, room, 16);
      pen.globalAlpha = 1;
      pen.fillStyle = row.what === 'events' ? paint.ink : paint.soft;
      pen.fillText(name, 4, y);
    }
  }
  mark(pen, scene, rows, scene.hover, false);
  mark(pen, scene, rows, scene.selected, true);
}
