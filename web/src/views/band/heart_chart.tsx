// The heart rate of one day: uPlot, with its summary in words.
import { effect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { number } from '../../state/format';
import { theme } from '../../state/looks';
import { words } from '../../words/words';

const HEIGHT = 180;

export function HeartChart({ day, points }: { day: number; points: [number, number][] }) {
  const w = words.value.band;
  const hold = useRef<HTMLDivElement>(null);
  const beats = points.map(([, value]) => value);
  const low = Math.min(...beats);
  const high = Math.max(...beats);
  useEffect(() => {
    const element = hold.current;
    if (!element) return undefined;
    let plot: uPlot | null = null;
    const make = () => {
      plot?.destroy();
      const style = getComputedStyle(element);
      const colour = (name: string) => style.getPropertyValue(name).trim();
      const axis = { stroke: colour('--ink-2'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false }, font: `12px ${style.fontFamily}` };
      plot = new uPlot(
        {
          width: element.clientWidth,
          height: HEIGHT,
          legend: { show: false },
          cursor: { drag: { x: false, y: false } },
          scales: { x: { time: true, range: [day * 60, (day + 1440) * 60] } },
          axes: [{ ...axis, values: (_u, at) => at.map((t) => new Date(t * 1000).toTimeString().slice(0, 5)) }, { ...axis, size: 42 }],
          series: [{}, { stroke: colour('--bad'), width: 1.5, points: { show: false } }],
        },
        [points.map(([minute]) => minute * 60), beats],
        element,
      );
    };
    const watch = new ResizeObserver(() => plot?.setSize({ width: element.clientWidth, height: HEIGHT }));
    const stop = effect(() => {
      void theme.value;
      make();
    });
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', make);
    watch.observe(element);
    return () => {
      watch.disconnect();
      dark.removeEventListener('change', make);
      stop();
      plot?.destroy();
    };
  }, [day, points]);
  return (
    <figure class="chart">
      <div ref={hold} role="img" aria-label={`${w.heart}: ${low}–${high} ${w.heartUnit}`} />
      <figcaption class="small quiet">
        {number(low)} – {number(high)} {w.heartUnit}
      </figcaption>
    </figure>
  );
}
