// Taking the data along, restarting, erasing.
import { useState } from 'preact/hooks';
import { Section } from '../../parts/bits';
import { Button } from '../../parts/button';
import { save } from '../../state/save';
import { engine, parts, task } from '../../state/store';
import { words } from '../../words/words';

export function Export() {
  const w = words.value.band;
  const [days, setDays] = useState(0);
  const formats = Object.entries({ ...w.exportFormats }) as [string, string][];
  if (!parts.band.value?.ledger) return null;
  const take = (format: string) => async () => {
    const file = await engine().exportMinutes(format, days > 0 ? days : 36500);
    save(file.name, file.bytes);
  };
  return (
    <Section title={w.export} sub={w.exportSub} name="export">
      <div class="field">
        <label for="export-days">{w.exportDays}</label>
        <select id="export-days" class="select" value={days} onChange={(event) => setDays(Number(event.currentTarget.value))}>
          <option value={0}>{w.exportAll}</option>
          {[7, 30, 90, 365].map((n) => (
            <option key={n} value={n}>
              {n}
            </option>
          ))}
        </select>
      </div>
      <div class="buttons">
        {formats.map(([format, name]) => (
          <Button key={format} onPress={take(format)} name={`export-${format}`}>
            {name}
          </Button>
        ))}
      </div>
    </Section>
  );
}

export function Dangerous() {
  const w = words.value.band;
  const busy = task.value !== null;
  return (
    <Section title={w.more} name="dangerous">
      <ul class="rows">
        <li class="heard">
          <span>
            <b>{w.restart}</b> <span class="quiet">{w.restartSub}</span>
          </span>
          <Button disabled={busy} onPress={() => engine().start('band_restart', {})} name="band-restart">
            {w.restart}
          </Button>
        </li>
        <li class="heard">
          <span>
            <b>{w.reset}</b> <span class="quiet">{w.resetSub}</span>
          </span>
          <Button look="danger" disabled={busy} onPress={() => engine().start('band_reset', {})} name="band-reset">
            {w.reset}
          </Button>
        </li>
      </ul>
    </Section>
  );
}
