// This computer as the band's companion: the band's state, its data, and what can be done with it.
import { useState } from 'preact/hooks';
import { Busy, Section } from '../../parts/bits';
import { Button } from '../../parts/button';
import { Term } from '../../parts/term';
import { Ask } from '../repair/question';
import { Result } from '../repair/result';
import { Log } from '../repair/running';
import { taskName } from '../../state/task_name';
import { when } from '../../state/format';
import { engine, parts, task } from '../../state/store';
import { words } from '../../words/words';
import { Days } from './days';
import { Dangerous, Export } from './doing';
import { Ledger } from './ledger';
import { Live } from './live';
import { Pairing } from './pairing';
import { Update } from './update';
import './band.css';

function Info() {
  const w = words.value.band;
  const band = parts.band.value;
  const info = band?.info;
  const ahead = Math.round(info?.clock_ahead_seconds ?? 0);
  const percent = info?.battery_percent;
  const mine = band?.bands.find((one) => one.key === band.chosen) ?? band?.bands[0];
  return (
    <div class="band-info" data-name="band-info">
      <div class="battery" role="img" aria-label={`${w.battery}: ${percent === undefined ? w.notKnown : words.value.common.percent(percent)}`}>
        <span class={`battery-fill${percent !== undefined && percent < 20 ? ' battery-low' : ''}`} style={{ width: `${percent ?? 0}%` }} />
      </div>
      <p class="battery-number">
        {percent === undefined ? '–' : words.value.common.percent(percent)} {info?.charging ? <span class="chip chip-ok">{w.charging}</span> : null}
      </p>
      <dl class="facts">
        <dt>{w.firmware}</dt>
        <dd>{info?.firmware ?? mine?.firmware ?? w.notKnown}</dd>
        <dt>{w.hardware}</dt>
        <dd>{info?.hardware ?? mine?.hardware ?? w.notKnown}</dd>
        <dt>{w.clock}</dt>
        <dd>
          {info?.clock_ahead_seconds === undefined
            ? w.notKnown
            : Math.abs(ahead) < 5
              ? w.clockOk
              : ahead > 0
                ? w.clockAhead(ahead)
                : w.clockBehind(-ahead)}
        </dd>
      </dl>
      {band?.info_at ? <p class="small quiet">{w.asOf(when(band.info_at))}</p> : null}
    </div>
  );
}

function Running() {
  const w = words.value;
  const now = task.value;
  if (!now || !now.kind.startsWith('band_')) return null;
  return (
    <div class="card" data-name="band-task">
      {now.question ? (
        <Ask key={now.question.id} question={now.question} />
      ) : (
        <Busy text={now.progress || w.tasks.running(taskName(now.kind))} />
      )}
      <Log log={now.log} dropped={now.log_dropped} />
      {now.can.includes('stop') ? (
        <div class="buttons">
          <Button onPress={() => engine().stop(now.id)}>{w.common.stop}</Button>
        </div>
      ) : null}
    </div>
  );
}

export function Band() {
  const w = words.value.band;
  const band = parts.band.value;
  const outcome = parts.outcome.value;
  const busy = task.value !== null;
  const [keep, setKeep] = useState(false);
  if (!band) return null;
  const mine = band.bands.length > 0;
  return (
    <div class="band">
      <h1>{w.title}</h1>
      <p class="lead">{w.sub}</p>
      {band.simulated_band ? <p class="simulated-band">{words.value.simulated.band(band.simulated_band)}</p> : null}
      {!band.available ? (
        <div class="card card-warn" data-name="band-unavailable">
          <p>
            <b>{w.unavailable}.</b> {band.sentence}
          </p>
        </div>
      ) : null}
      <Running />
      {outcome?.kind.startsWith('band_') && !busy ? <Result outcome={outcome} /> : null}
      {band.bands.length > 1 ? (
        <div class="field">
          <label for="which">{w.which}</label>
          <select id="which" class="select" value={band.chosen ?? ''} onChange={(event) => void engine().chooseBand(event.currentTarget.value)}>
            {band.bands.map((one) => (
              <option key={one.key} value={one.key}>
                {one.name}
              </option>
            ))}
          </select>
        </div>
      ) : null}
      {mine ? (
        <>
          <Info />
          {band.available ? (
            <label class="check">
              <input type="checkbox" checked={keep} onChange={(event) => setKeep(event.currentTarget.checked)} />
              <span>{w.syncKeep}</span>
            </label>
          ) : null}
          {band.available ? (
            <div class="buttons">
              <Button look="main" onPress={() => engine().start('band_sync', { keep })} disabled={busy} name="band-sync">
                {w.sync}
              </Button>
              <Button onPress={() => engine().start('band_info', {})} disabled={busy} name="band-ask">
                {w.ask}
              </Button>
              <Button onPress={() => engine().start('band_find', {})} disabled={busy}>
                {w.find}
              </Button>
            </div>
          ) : null}
          {band.available ? <Live /> : null}
          <Days />
          <Ledger />
          <Export />
          {band.available ? <Update /> : null}
        </>
      ) : band.available ? (
        <>
          <Section title={w.none}>
            <p class="sub">
              {w.noneSub} <Term name="key" />
            </p>
          </Section>
          <Pairing />
        </>
      ) : null}
      {mine && band.available ? <Pairing /> : null}
      {mine && band.available ? <Dangerous /> : null}
    </div>
  );
}
