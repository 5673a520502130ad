// A word that needs its explanation: pressing it opens a small box with one or two sentences.
import { useId, useRef, useState } from 'preact/hooks';
import type { Words } from '../words/words';
import { words } from '../words/words';

export function Term({ name, children }: { name: keyof Words['terms']; children?: string }) {
  const w = words.value;
  const [open, setOpen] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [title = '', text = ''] = w.terms[name];
  const shown = children ?? title;
  const place = () => {
    const at = button.current?.getBoundingClientRect();
    if (!at) return {};
    const width = Math.min(320, innerWidth - 32);
    const left = Math.max(16, Math.min(at.left, innerWidth - width - 16));
    const below = innerHeight - at.bottom > 170;
    return below
      ? { left: `${left}px`, top: `${at.bottom + 8}px`, width: `${width}px` }
      : { left: `${left}px`, bottom: `${innerHeight - at.top + 8}px`, width: `${width}px` };
  };
  return (
    <span class="term-hold">
      <button
        ref={button}
        type="button"
        class="term"
        aria-expanded={open}
        aria-controls={id}
        aria-label={w.common.explained(shown)}
        onClick={() => setOpen(!open)}
        onBlur={() => setOpen(false)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setOpen(false);
        }}
      >
        {shown}
      </button>
      <span id={id} role="status" class="term-box" hidden={!open} style={open ? place() : {}}>
        {open ? (
          <>
            <b>{title}</b> {text}
          </>
        ) : null}
      </span>
    </span>
  );
}
