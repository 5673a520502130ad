// A window over the page: the browser keeps the focus inside, Escape closes it, the focus returns to where it was.
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { words } from '../words/words';
import { Button } from './button';

interface DialogProps {
  title: string;
  children: ComponentChildren;
  yes: string;
  danger?: boolean;
  onYes: () => unknown;
  onClose: () => void;
}

export function Dialog({ title, children, yes, danger, onYes, onClose }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = box.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      // Closed first: while it is open, nothing behind it can take the focus.
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const agree = async () => {
    await onYes();
    onClose();
  };
  return (
    <dialog ref={box} class="dialog" aria-labelledby="dialog-title" onClose={onClose}>
      <h2 id="dialog-title">{title}</h2>
      <div class="dialog-text">{children}</div>
      <div class="buttons">
        <Button look={danger ? 'danger' : 'main'} onPress={agree} name="dialog-yes">
          {yes}
        </Button>
        <Button onPress={onClose}>{words.value.common.cancel}</Button>
      </div>
    </dialog>
  );
}
