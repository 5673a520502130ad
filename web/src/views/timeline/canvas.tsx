// The picture: drawn only when something changed, moved by pointer, wheel and keys.
import { effect } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { say } from '../../state/announce';
import { theme } from '../../state/looks';
import { words } from '../../words/words';
import { draw, type Paint, type Scene } from './draw';
import { eventText } from './detail';
import { LANES } from './kinds';
import type { LinkBar, Model } from './model';
import { rowsOf, type Row } from './rows';
import { changeLane, choose, hover, inView, nearest, pan, selected, selectedLink, show, step, timeOf, whole, zoom } from './view_state';

const NEAR = 10; // px: how far from an event the pointer still means it

function paintOf(element: Element): Paint {
  const style = getComputedStyle(element);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: of('--ink'), soft: of('--ink-2'), line: of('--line'), card: of('--card'), ok: of('--ok'), bad: of('--bad'), accent: of('--accent'),
    plain: of('--edge'), link: of('--ink-2'), font: style.fontFamily,
  };
}

function rowName(row: Row): string {
  const w = words.value.timeline;
  if (row.what === 'events') return w.lanes[row.lane];
  if (row.what === 'rssi') return 'RSSI';
  return row.what === 'bytes' ? w.traffic : '';
}

export function reasonText(bar: LinkBar): string {
  const w = words.value.timeline;
  if (bar.open) return w.linkOpen;
  const by: Record<string, string> = { ...w.endedBy };
  return `${by[bar.link.by] ?? by['unknown'] ?? ''}${bar.link.reason ? ` (${bar.link.reason})` : ''}`;
}

// What is under a point of the picture.
function under(model: Model, width: number, px: number, py: number): { event: number; link: number } {
  const { from, to } = inView.value;
  const at = from + (px / width) * (to - from);
  const row = rowsOf(model).rows.find((one) => py >= one.top && py < one.top + one.height);
  if (row?.what === 'events') {
    const event = nearest(model, LANES.indexOf(row.lane), at);
    const when = event >= 0 ? timeOf(model, event) : undefined;
    if (when !== undefined && Math.abs(((when - at) / (to - from)) * width) <= NEAR) return { event, link: -1 };
  } else if (row) {
    for (let i = model.links.length - 1; i >= 0; i -= 1) {
      const bar = model.links[i];
      if (bar && bar.from <= at && bar.to >= at) return { event: -1, link: i };
    }
  }
  return { event: -1, link: -1 };
}

export function Picture({ model }: { model: Model }) {
  const w = words.value.timeline;
  const canvas = useRef<HTMLCanvasElement>(null);
  const hold = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const { height } = rowsOf(model);

  useEffect(() => {
    const element = hold.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);

  useEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext('2d');
    if (!element || !pen || width === 0) return undefined;
    const scale = Math.min(3, devicePixelRatio || 1);
    element.width = width * scale;
    element.height = height * scale;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    let paint = paintOf(element);
    let waiting = 0;
    const now = () => {
      waiting = 0;
      const scene: Scene = {
        model, width, paint, ...inView.peek(), selected: selected.peek(), hover: hover.peek(), selectedLink: selectedLink.peek(), name: rowName, reason: reasonText,
      };
      draw(pen, scene);
      element.dataset.drawn = String(Number(element.dataset.drawn ?? 0) + 1);
    };
    const soon = () => {
      if (waiting === 0) waiting = requestAnimationFrame(now);
    };
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const repaint = () => {
      paint = paintOf(element);
      soon();
    };
    dark.addEventListener('change', repaint);
    const stopTheme = effect(() => {
      void theme.value;
      repaint();
    });
    const stop = effect(() => {
      void [inView.value, selected.value, hover.value, selectedLink.value, words.value];
      soon();
    });
    return () => {
      stop();
      stopTheme();
      dark.removeEventListener('change', repaint);
      cancelAnimationFrame(waiting);
    };
  }, [model, width, height]);

  // Wheel and pinch must be able to keep the page from scrolling, so they are not passive.
  useEffect(() => {
    const element = hold.current;
    if (!element || width === 0) return undefined;
    const wheel = (event: WheelEvent) => {
      const box = element.getBoundingClientRect();
      const at = inView.peek().from + ((event.clientX - box.left) / width) * (inView.peek().to - inView.peek().from);
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        zoom(model, Math.exp(event.deltaY * 0.004), at);
      } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
        event.preventDefault();
        pan(model, (event.deltaX || event.deltaY) / width);
      }
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [model, width]);

  const fingers = useRef(new Map<number, number>());
  const moved = useRef(0);
  const down = (event: PointerEvent) => {
    fingers.current.set(event.pointerId, event.clientX);
    moved.current = 0;
    hold.current?.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    const box = hold.current?.getBoundingClientRect();
    if (!box) return;
    const before = fingers.current.get(event.pointerId);
    if (before === undefined) {
      hover.value = under(model, width, event.clientX - box.left, event.clientY - box.top).event;
      return;
    }
    const by = event.clientX - before;
    moved.current += Math.abs(by);
    if (fingers.current.size === 1) pan(model, -by / width);
    else {
      const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1] ?? before;
      const { from, to } = inView.value;
      zoom(model, Math.abs(before - other) / Math.max(8, Math.abs(event.clientX - other)), from + ((other - box.left) / width) * (to - from));
    }
    fingers.current.set(event.pointerId, event.clientX);
  };
  const up = (event: PointerEvent) => {
    const box = hold.current?.getBoundingClientRect();
    if (fingers.current.delete(event.pointerId) && moved.current < 5 && box) {
      const found = under(model, width, event.clientX - box.left, event.clientY - box.top);
      selected.value = found.event;
      selectedLink.value = found.link;
    }
  };
  const key = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pick = (next: number) => {
      choose(model, next);
      say(eventText(model, next));
    };
    const keys: Record<string, () => void> = {
      ArrowLeft: () => pick(step(model, -1)),
      ArrowRight: () => pick(step(model, 1)),
      ArrowUp: () => pick(changeLane(model, -1)),
      ArrowDown: () => pick(changeLane(model, 1)),
      Home: () => pick(model.event[0] ?? -1),
      End: () => pick(model.event[model.event.length - 1] ?? -1),
      '+': () => zoom(model, 0.5),
      '=': () => zoom(model, 0.5),
      '-': () => zoom(model, 2),
      '0': () => show(model, whole(model).from, whole(model).to),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  return (
    <div
      ref={hold}
      class="timeline-hold"
      role="application"
      aria-label={w.canvas}
      tabIndex={0}
      data-name="timeline"
      style={{ height: `${height}px` }}
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onPointerLeave={() => {
        hover.value = -1;
      }}
      onKeyDown={key}
    >
      <canvas ref={canvas} style={{ width: `${width}px`, height: `${height}px` }} />
    </div>
  );
}
