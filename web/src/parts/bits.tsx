// Small things that every view uses.
import type { ComponentChildren } from 'preact';
import { percent } from '../state/format';
import { Icon, type IconName } from './icons';

export function Section(props: { title: string; sub?: string; children: ComponentChildren; name?: string; icon?: IconName }) {
  return (
    <section class="section" data-name={props.name} aria-label={props.title}>
      <h2>
        {props.icon ? <Icon name={props.icon} size={22} /> : null}
        {props.title}
      </h2>
      {props.sub ? <p class="sub">{props.sub}</p> : null}
      {props.children}
    </section>
  );
}

export function Card(props: { children: ComponentChildren; tone?: 'plain' | 'ok' | 'bad' | 'warn'; name?: string }) {
  return (
    <div class={`card card-${props.tone ?? 'plain'}`} data-name={props.name}>
      {props.children}
    </div>
  );
}

export function Chip(props: { children: ComponentChildren; tone?: 'plain' | 'ok' | 'bad' | 'warn' }) {
  return <span class={`chip chip-${props.tone ?? 'plain'}`}>{props.children}</span>;
}

// Shown when it is asked for.
export function More(props: { title: string; children: ComponentChildren; open?: boolean; onOpen?: () => void; name?: string }) {
  return (
    <details
      class="more"
      open={props.open}
      data-name={props.name}
      onToggle={(event) => {
        if (event.currentTarget.open) props.onOpen?.();
      }}
    >
      <summary>
        <Icon name="right" size={16} />
        <span>{props.title}</span>
      </summary>
      <div class="more-inside">{props.children}</div>
    </details>
  );
}

// A probability as a bar; the number stands beside it, so that the bar itself is decoration.
export function Bar({ value, tone = 'plain' }: { value: number; tone?: 'plain' | 'ink' }) {
  return (
    <span class={`bar bar-${tone}`}>
      <span class="bar-track" aria-hidden="true">
        <span class="bar-fill" style={{ width: `${Math.max(1, value * 100)}%` }} />
      </span>
      <span class="bar-number">{percent(value)}</span>
    </span>
  );
}

// No spinner without words: the words are the point, the strip only shows that it lives.
export function Busy({ text, value }: { text: string; value?: number | undefined }) {
  return (
    <div class="busy">
      <p>{text}</p>
      {value === undefined ? (
        <div class="strip" aria-hidden="true">
          <span />
        </div>
      ) : (
        <progress max={1} value={value} aria-label={text} />
      )}
    </div>
  );
}
