// Whether the band can be heard from here, by this computer's own Bluetooth.
import { EngineError } from '../../engine/engine';
import { Busy, Section } from '../../parts/bits';
import { Button } from '../../parts/button';
import { Term } from '../../parts/term';
import { when } from '../../state/format';
import { engine, parts, task } from '../../state/store';
import { words } from '../../words/words';

export function loudness(dbm: number): string {
  const w = words.value.evidence;
  return dbm >= -70 ? w.signalStrong : dbm >= -85 ? w.signalFair : w.signalWeak;
}

// A server that cannot ask the band itself can at least listen for it.
async function probe(): Promise<void> {
  try {
    await engine().start('band_probe', {});
  } catch (error) {
    if (!(error instanceof EngineError && error.code === 'not_found')) throw error;
    await engine().start('band_scan', {});
  }
}

export function Probe() {
  const w = words.value.evidence;
  const band = parts.band.value;
  const running = task.value;
  if (!band) return null;
  return (
    <Section title={w.probe} icon="band" sub={w.probeSub} name="probe">
      {!band.available ? <p class="quiet">{band.sentence}</p> : null}
      {band.available && band.heard_at !== null ? (
        band.heard.length === 0 ? (
          <p role="status">{w.probeNone}</p>
        ) : (
          <>
            <p role="status">
              {w.probeHeard(band.heard.length)} ({words.value.band.asOf(when(band.heard_at))})
            </p>
            <ul class="rows">
              {band.heard.map((one) => (
                <li key={one.key}>
                  <b>{one.name}</b> <span class="small quiet">{one.address}</span>
                  {one.rssi !== undefined ? (
                    <span class="small quiet">
                      {' '}
                      · {loudness(one.rssi)} (<Term name="rssi">{w.signal(one.rssi)}</Term>)
                    </span>
                  ) : null}
                </li>
              ))}
            </ul>
          </>
        )
      ) : null}
      {running?.kind === 'band_scan' || running?.kind === 'band_probe' ? (
        <Busy text={running.progress || words.value.tasks.running(words.value.tasks.band_scan)} />
      ) : band.available ? (
        <div class="buttons">
          <Button onPress={probe} disabled={running !== null} name="probe">
            {w.probeButton}
          </Button>
        </div>
      ) : null}
    </Section>
  );
}
