// A light: the state by shape and by colour; the word goes with it, seen or for a screen reader.
import type { LayerState } from '../engine/report';
import { words } from '../words/words';

export type Shine = LayerState | 'warn';

const marks: Record<Shine, string> = {
  ok: 'M7.5 12.4l3 3.1 6-6.8',
  trouble: 'M12 7v6M12 16.6h.01',
  unknown: 'M9.7 9.8a2.3 2.3 0 1 1 3.4 2c-.7.4-1.1.9-1.1 1.6v.3M12 16.4h.01',
  warn: 'M12 7v6M12 16.6h.01',
};

function Shape({ state }: { state: Shine }) {
  if (state === 'trouble') return <rect x="4.2" y="4.2" width="15.6" height="15.6" rx="3.2" transform="rotate(45 12 12)" />;
  if (state === 'unknown') return <circle cx="12" cy="12" r="9.2" stroke-dasharray="3.2 2.6" />;
  return <circle cx="12" cy="12" r="9.6" />;
}

export function Light({ state, size = 28, quiet = false }: { state: Shine; size?: number; quiet?: boolean }) {
  const w = words.value.chain;
  const word = state === 'ok' ? w.ok : state === 'unknown' ? w.unknown : w.trouble;
  return (
    <span class={`light light-${state}`}>
      <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <Shape state={state} />
        <path d={marks[state]} />
      </svg>
      {quiet ? null : <span class="unseen">{word}: </span>}
    </span>
  );
}
