// Heart rate and steps as the band measures them now. The band measures until it is told to stop, so the button that ends it is the main one.
import { Section } from '../../parts/bits';
import { Button } from '../../parts/button';
import { number, when } from '../../state/format';
import { engine, parts, task } from '../../state/store';
import { words } from '../../words/words';

// The heart rates of late as a line, without axes: the numbers beside it say what it shows.
function Pulse({ recent }: { recent: number[] }) {
  const low = Math.min(...recent);
  const span = Math.max(1, Math.max(...recent) - low);
  const step = 100 / Math.max(1, recent.length - 1);
  const points = recent.map((beats, i) => `${(i * step).toFixed(1)},${(29 - ((beats - low) / span) * 28).toFixed(1)}`);
  return (
    <svg class="pulse" viewBox="0 0 100 30" preserveAspectRatio="none" aria-hidden="true">
      <polyline points={points.join(' ')} />
    </svg>
  );
}

export function Live() {
  const w = words.value.band;
  const live = parts.band.value?.live;
  const now = task.value;
  const running = now?.kind === 'band_live';
  const beats = live?.heart_rate ?? 0;
  return (
    <Section title={w.live} sub={w.liveSub} name="live">
      {live || running ? (
        <div class="card live">
          <p class="live-beats" role="status">
            <b>{beats > 0 ? number(beats) : '–'}</b>{' '}
            <span>{beats > 0 ? w.heartUnit : live?.heart_rate === 0 ? w.liveNoContact : running ? w.liveWaiting : w.notKnown}</span>
          </p>
          {live && live.recent.length > 1 ? <Pulse recent={live.recent} /> : null}
          {live && live.readings > 0 && live.low !== null && live.high !== null && live.mean !== null ? (
            <p class="quiet">{w.liveRange(live.low, live.high, live.mean)}</p>
          ) : null}
          {live && live.steps_today !== null ? <p>{w.liveSteps(live.steps_today)}</p> : null}
          {live && !running ? <p class="small quiet">{w.asOf(when(live.at))}</p> : null}
        </div>
      ) : null}
      <div class="buttons">
        {running ? (
          <Button look="main" onPress={() => engine().enough(now.id)} name="live-stop">
            {w.liveStop}
          </Button>
        ) : (
          <Button onPress={() => engine().start('band_live', {})} disabled={now !== null} name="live-start">
            {w.liveStart}
          </Button>
        )}
      </div>
    </Section>
  );
}
