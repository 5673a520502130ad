// Which view is shown: the part of the address after #. A click on a link is all it takes; back and forward work.
import { signal } from '@preact/signals';

export const VIEWS = ['home', 'evidence', 'verdict', 'repair', 'timeline', 'band', 'settings', 'help'] as const;
export type View = (typeof VIEWS)[number];

export interface Route {
  view: View;
  rest: string;
}

function read(): Route {
  const [first = '', ...rest] = location.hash.replace(/^#\/?/, '').split('/');
  const view = VIEWS.find((name) => name === first) ?? 'home';
  return { view, rest: rest.map(decodeURIComponent).join('/') };
}

export const route = signal<Route>({ view: 'home', rest: '' });

export function href(view: View, rest = ''): string {
  return rest ? `#/${view}/${encodeURIComponent(rest)}` : `#/${view}`;
}

export function go(view: View, rest = ''): void {
  location.hash = href(view, rest);
}

export function followAddress(onToken: () => void): void {
  const now = () => {
    if (location.hash.startsWith('#token=')) return onToken();
    const next = read();
    if (next.view !== route.value.view || next.rest !== route.value.rest) route.value = next;
  };
  addEventListener('hashchange', now);
  now();
}
