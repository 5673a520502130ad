import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { act } from '../state/act';
import { words } from '../words/words';
import { Icon, type IconName } from './icons';

export type Look = 'main' | 'plain' | 'quiet' | 'danger';

interface ButtonProps {
  children: ComponentChildren;
  look?: Look;
  icon?: IconName;
  after?: IconName;
  big?: boolean;
  disabled?: boolean;
  // Whatever it does may take a while: meanwhile it says so and takes no second press.
  onPress?: () => unknown;
  href?: string;
  label?: string;
  type?: 'button' | 'submit';
  name?: string;
}

export function Button(props: ButtonProps) {
  const [busy, setBusy] = useState(false);
  const { look = 'plain', icon, after, big } = props;
  const kind = `button button-${look}${big ? ' button-big' : ''}`;
  const inside = (
    <>
      {icon ? <Icon name={icon} /> : null}
      <span>{busy ? words.value.common.moment : props.children}</span>
      {after ? <Icon name={after} /> : null}
    </>
  );
  if (props.href !== undefined)
    return (
      <a class={kind} href={props.href} aria-label={props.label} data-name={props.name}>
        {inside}
      </a>
    );
  const press = () => {
    if (busy || props.disabled) return;
    const result = props.onPress?.();
    if (!(result instanceof Promise)) return;
    setBusy(true);
    void act(() => result).finally(() => setBusy(false));
  };
  // aria-disabled keeps the focus where it is; a disabled button would lose it.
  return (
    <button
      type={props.type ?? 'button'}
      class={kind}
      aria-disabled={busy || props.disabled ? 'true' : undefined}
      aria-label={props.label}
      data-name={props.name}
      onClick={press}
    >
      {inside}
    </button>
  );
}
