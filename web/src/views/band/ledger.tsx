// What is stored, as one strip over the whole time, and every gap with its reason.
import { Section } from '../../parts/bits';
import { Term } from '../../parts/term';
import { duration, when } from '../../state/format';
import { parts } from '../../state/store';
import { words } from '../../words/words';

const MS = 60_000;
const MOST = 30;

export function Ledger() {
  const w = words.value.band;
  const ledger = parts.band.value?.ledger;
  if (!ledger || ledger.first_minute === undefined || ledger.next_minute === undefined) return null;
  const first = ledger.first_minute;
  const whole = Math.max(1, ledger.next_minute - first);
  const why: Record<string, string> = { ...w.gapWhy };
  return (
    <Section title={w.ledger} name="ledger">
      <p class="sub">
        {w.ledgerSub} <Term name="ledger" />
      </p>
      <p>
        <b>{w.stored(ledger.minutes)}</b>{' '}
        <span class="quiet">
          {w.from(when(first * MS))}, {w.until(when(ledger.next_minute * MS))}
        </span>
      </p>
      <div class="ledger" aria-hidden="true">
        {ledger.stored.map(([from, to]) => (
          <span
            key={from}
            style={{ left: `${((from - first) / whole) * 100}%`, width: `${Math.max(0.15, ((to - from) / whole) * 100)}%` }}
          />
        ))}
      </div>
      <h3>{w.gaps}</h3>
      {ledger.gaps.length === 0 ? <p class="quiet">{w.noGaps}</p> : null}
      <ul class="rows">
        {[...ledger.gaps]
          .reverse()
          .slice(0, MOST)
          .map((gap) => (
            <li key={gap.from_minute} data-why={gap.why}>
              {when(gap.from_minute * MS)} – {when(gap.to_minute * MS)}: <b>{(gap.why === 'not_worn' ? w.notWornLong : w.gapLong)(duration((gap.to_minute - gap.from_minute) * 60))}</b>{' '}
              <span class="quiet">({why[gap.why] ?? gap.why})</span>
            </li>
          ))}
      </ul>
    </Section>
  );
}
