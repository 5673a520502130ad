// The band as a witness: this computer's own Bluetooth asks it, so that a faulty phone can be told from a faulty band.
import { useState } from 'preact/hooks';
import { Busy, Section } from '../../parts/bits';
import { Button } from '../../parts/button';
import { when } from '../../state/format';
import { href } from '../../state/route';
import { engine, parts, task } from '../../state/store';
import { words } from '../../words/words';

export function loudness(dbm: number): string {
  const w = words.value.evidence;
  return dbm >= -70 ? w.signalStrong : dbm >= -85 ? w.signalFair : w.signalWeak;
}

export function Probe() {
  const w = words.value.evidence;
  const band = parts.band.value;
  const running = task.value;
  const [off, setOff] = useState(false);
  if (!band) return null;
  const at = parts.case.value?.probe_at ?? null;
  const told = at === null ? undefined : parts.report.value?.report.probe;
  return (
    <Section title={w.probe} icon="band" sub={w.probeSub} name="probe">
      {!band.available ? <p class="quiet">{band.sentence}</p> : null}
      {told && at !== null ? (
        <div class="card" data-name="probe-told">
          <p role="status">
            <b>{told.text}</b>
          </p>
          {told.cannot_tell.length > 0 ? (
            <>
              <p class="small quiet">{w.probeUntold}</p>
              <ul class="small quiet">
                {told.cannot_tell.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </>
          ) : null}
          <p class="small quiet">{words.value.band.asOf(when(at))}</p>
          <p>
            <a class="small" href={href('timeline', 'probe')} data-name="probe-timeline">
              {words.value.verdict.showLine}
            </a>
          </p>
        </div>
      ) : null}
      {running?.kind === 'band_probe' ? (
        <Busy text={running.progress || words.value.tasks.running(words.value.tasks.band_probe)} />
      ) : band.available ? (
        <>
          <label class="check">
            <input type="checkbox" checked={off} onChange={(event) => setOff(event.currentTarget.checked)} />
            <span>
              {w.probeOff}
              <small>{w.probeOffSub}</small>
            </span>
          </label>
          <div class="buttons">
            <Button onPress={() => engine().start('band_probe', { phones_off: off })} disabled={running !== null} name="probe">
              {at === null ? w.probeButton : w.probeAgain}
            </Button>
          </div>
        </>
      ) : null}
    </Section>
  );
}
