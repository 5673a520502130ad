// Numbers and times as the reader writes them.
import { language, words } from '../words/words';

export function percent(value: number): string {
  const n = Math.round(value * 100);
  const w = words.value.common;
  if (n >= 100) return w.percent(value >= 0.9999 ? 100 : 99);
  return n === 0 && value > 0 ? `< ${w.percent(1)}` : w.percent(n);
}

export function minutesText(value: number): string {
  const w = words.value.common;
  return value < 1 ? w.underMinute : w.about(Math.round(value));
}

// "2 h 5 min", "40 s": short, the same in every language but for the letters, which Intl knows.
export function duration(seconds: number): string {
  const unit = (n: number, name: string) =>
    new Intl.NumberFormat(language.value, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 0 }).format(n);
  if (seconds < 1) return new Intl.NumberFormat(language.value, { style: 'unit', unit: 'millisecond', unitDisplay: 'short', maximumFractionDigits: 0 }).format(seconds * 1000);
  if (seconds < 120) return unit(seconds, 'second');
  const m = Math.round(seconds / 60);
  if (m < 120) return unit(m, 'minute');
  if (m < 2880) return [unit(Math.floor(m / 60), 'hour'), m % 60 ? unit(m % 60, 'minute') : ''].join(' ').trim();
  return unit(Math.round(m / 1440), 'day');
}

export function bytes(n: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  let at = 0;
  let value = n;
  while (value >= 1000 && at < 3) {
    value /= 1000;
    at += 1;
  }
  return new Intl.NumberFormat(language.value, {
    style: 'unit',
    unit: units[at] ?? 'byte',
    unitDisplay: at === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && at > 0 ? 1 : 0,
  }).format(value);
}

export function when(ms: number): string {
  const then = new Date(ms);
  const today = new Date().toDateString() === then.toDateString();
  return new Intl.DateTimeFormat(
    language.value,
    today ? { hour: '2-digit', minute: '2-digit' } : { dateStyle: 'medium', timeStyle: 'short' },
  ).format(then);
}

export function number(n: number): string {
  return new Intl.NumberFormat(language.value).format(n);
}
