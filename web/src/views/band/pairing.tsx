// Making a band known here: listen, choose, give its key. The key goes to this computer's server and nowhere else.
import { useState } from 'preact/hooks';
import { Busy, Section } from '../../parts/bits';
import { Button } from '../../parts/button';
import { engine, parts, task } from '../../state/store';
import { words } from '../../words/words';
import { loudness } from '../evidence/probe';

const KEY = /^[0-9a-fA-F]{32}$/;

export function Pairing() {
  const w = words.value.band;
  const band = parts.band.value;
  const [picked, setPicked] = useState('');
  const [secret, setSecret] = useState('');
  const [wrong, setWrong] = useState(false);
  if (!band) return null;
  const busy = task.value !== null;
  const pair = () => {
    const key = secret.replace(/^0x/i, '').replace(/[\s:-]/g, '');
    if (!KEY.test(key)) {
      setWrong(true);
      return undefined;
    }
    return engine()
      .start('band_pair', { key: picked, secret: key })
      .then(() => {
        setSecret('');
        setPicked('');
      });
  };
  return (
    <Section title={w.heard} name="pairing">
      {task.value?.kind === 'band_scan' ? <Busy text={words.value.tasks.running(words.value.tasks.band_scan)} /> : null}
      <ul class="rows">
        {band.heard.map((one) => (
          <li key={one.key} class="heard">
            <span>
              <b>{one.name}</b> <span class="small quiet">{one.address}</span>
              {one.rssi !== undefined ? <span class="small quiet"> · {loudness(one.rssi)}</span> : null}
            </span>
            <Button onPress={() => setPicked(one.key)} disabled={busy}>
              {w.pick(one.name)}
            </Button>
          </li>
        ))}
      </ul>
      {picked ? (
        <div class="field" data-name="key-field">
          <label for="band-key">{w.key}</label>
          <input
            id="band-key"
            class="input mono"
            value={secret}
            autocomplete="off"
            spellcheck={false}
            aria-describedby="band-key-sub"
            aria-invalid={wrong}
            onInput={(event) => {
              setSecret(event.currentTarget.value);
              setWrong(false);
            }}
          />
          <p id="band-key-sub" class="small quiet">
            {w.keySub} {band.simulated_key ? words.value.simulated.key(band.simulated_key) : ''}
          </p>
          {wrong ? (
            <p class="wrong" role="alert">
              {w.keyWrong}
            </p>
          ) : null}
          <div class="buttons">
            <Button look="main" onPress={pair} disabled={busy} name="pair">
              {w.pair}
            </Button>
            <Button onPress={() => setPicked('')}>{words.value.common.cancel}</Button>
          </div>
          <p class="small quiet">{w.noKeySub}</p>
          <div class="buttons">
            <Button look="quiet" onPress={() => engine().start('band_bind', { key: picked })} disabled={busy} name="bind">
              {w.noKey}
            </Button>
          </div>
        </div>
      ) : null}
      <div class="buttons">
        <Button onPress={() => engine().start('band_scan', {})} disabled={busy} name="band-scan">
          {band.heard_at === null ? w.scan : w.scanAgain}
        </Button>
      </div>
    </Section>
  );
}
