// Times as the evidence writes them: each clock's own reading, not this computer's zone.
import { language } from '../../words/words';

const two = (n: number) => String(n).padStart(2, '0');

// `span`: how much is in view, which decides how exact it has to be.
export function timeText(ms: number, span = 0): string {
  const at = new Date(ms);
  const clock = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
  if (span > 0 && span < 20_000) return `${clock}.${String(at.getUTCMilliseconds()).padStart(3, '0')}`;
  return clock;
}

export function dateText(ms: number): string {
  const at = new Date(ms);
  // A log without a year counts in 2000; one since the phone's start in 1970.
  if (at.getUTCFullYear() <= 1970) return '';
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', timeZone: 'UTC' };
  if (at.getUTCFullYear() !== 2000) options.year = 'numeric';
  return new Intl.DateTimeFormat(language.value, options).format(at);
}

export function fullText(ms: number): string {
  return `${dateText(ms)} ${timeText(ms, 1)}`.trim();
}

const STEPS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 10e3, 15e3, 30e3, 60e3, 120e3, 300e3, 600e3, 900e3, 1800e3, 3600e3, 7200e3, 10800e3, 21600e3, 43200e3,
  86400e3, 172800e3, 604800e3, 1209600e3, 2419200e3, 7257600e3, 31536000e3,
];

// Round moments, at most `most` of them.
export function ticks(from: number, to: number, most: number): number[] {
  const step = STEPS.find((size) => (to - from) / size <= most) ?? (to - from) / most;
  const list: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to && list.length < 100; at += step) list.push(at);
  return list;
}

export function tickText(ms: number, span: number): string {
  return span > 3 * 86400e3 ? dateText(ms) : timeText(ms, span);
}
