// Steps per day as bars, and the heart rate of one day as a chart.
import { useEffect, useState } from 'preact/hooks';
import type { Minutes } from '../../engine/tables';
import { Busy, Section } from '../../parts/bits';
import { act } from '../../state/act';
import { number } from '../../state/format';
import { engine, parts } from '../../state/store';
import { language, words } from '../../words/words';
import { HeartChart } from './heart_chart';

const DAY = 1440;
const DAYS = 7;
const UNKNOWN = 255;

interface Day {
  start: number; // the first minute, local midnight of the band
  steps: number;
  heart: [number, number][]; // minute, beats
}

function group(minutes: Minutes): Day[] {
  const days = new Map<number, Day>();
  minutes.minute.forEach((minute, i) => {
    const zone = (minutes.zone[i] ?? 0) * 15;
    const start = Math.floor((minute + zone) / DAY) * DAY - zone;
    const day = days.get(start) ?? { start, steps: 0, heart: [] };
    day.steps += minutes.steps[i] ?? 0;
    const beats = minutes.heart_rate[i] ?? UNKNOWN;
    if (beats !== UNKNOWN && beats > 0) day.heart.push([minute, beats]);
    days.set(start, day);
  });
  return [...days.values()].sort((a, b) => a.start - b.start).slice(-DAYS);
}

function dayName(start: number): string {
  return new Intl.DateTimeFormat(language.value, { weekday: 'short', day: 'numeric', month: 'numeric' }).format(new Date((start + DAY / 2) * 60_000));
}

// Under a bar of 40 px: the day of the week above the date.
function shortName(start: number) {
  const day = new Date((start + DAY / 2) * 60_000);
  const part = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language.value, options).format(day);
  return (
    <>
      {part({ weekday: 'short' })}
      <br />
      {part({ day: 'numeric', month: 'numeric' })}
    </>
  );
}

export function Days() {
  const w = words.value.band;
  const next = parts.band.value?.ledger?.next_minute;
  const [days, setDays] = useState<Day[] | null>(null);
  const [picked, setPicked] = useState<number | null>(null);
  useEffect(() => {
    if (next === undefined) return;
    void act(async () => {
      setDays(group(await engine().minutes(next - (DAYS + 1) * DAY, next)));
    });
  }, [next]);
  if (next === undefined) return <p class="quiet">{w.noData}</p>;
  if (!days) return <Busy text={words.value.common.moment} />;
  if (days.length === 0) return <p class="quiet">{w.noData}</p>;
  const most = Math.max(1, ...days.map((day) => day.steps));
  const day = days.find((one) => one.start === picked) ?? days[days.length - 1];
  return (
    <Section title={w.days} name="days">
      <h3>{w.steps}</h3>
      <ol class="day-bars">
        {days.map((one) => (
          <li key={one.start}>
            <button
              type="button"
              aria-pressed={one === day}
              onClick={() => setPicked(one.start)}
            >
              <span class="day-number">
                {number(one.steps)} <span class="unseen">{w.steps}</span>
              </span>
              <span class="day-bar" style={{ height: `${(one.steps / most) * 7}rem` }} />
              <span class="day-name">{shortName(one.start)}</span>
            </button>
          </li>
        ))}
      </ol>
      <h3>
        {w.heart} {day ? <span class="small quiet">{dayName(day.start)}</span> : null}
      </h3>
      {day && day.heart.length > 0 ? <HeartChart day={day.start} points={day.heart} /> : <p class="quiet">{w.heartNone}</p>}
    </Section>
  );
}
