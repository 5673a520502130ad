// The way through the page: in a row above on wide screens, below the thumb on narrow ones.
import { useEffect, useState } from 'preact/hooks';
import { href, route, type View } from '../state/route';
import { words } from '../words/words';
import { Brand, Icon } from './icons';

const main: View[] = ['home', 'evidence', 'verdict', 'repair'];
const more: View[] = ['timeline', 'band', 'settings', 'help'];

function Item({ view, onPick }: { view: View; onPick?: () => void }) {
  const here = route.value.view === view;
  return (
    <li>
      <a class="nav-item" href={href(view)} aria-current={here ? 'page' : undefined} data-name={`nav-${view}`} onClick={onPick}>
        <Icon name={view} size={22} />
        <span>{words.value.nav[view]}</span>
      </a>
    </li>
  );
}

export function Nav() {
  const w = words.value;
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [route.value.view]);
  return (
    <header class="top">
      <a class="brand" href={href('home')}>
        <Brand />
        <span>{w.name}</span>
      </a>
      <nav class={`nav${open ? ' nav-open' : ''}`} aria-label={w.nav.label}>
        <ul class="nav-main">
          {main.map((view) => (
            <Item key={view} view={view} />
          ))}
          <li class="nav-more">
            <button
              type="button"
              class="nav-item"
              aria-expanded={open}
              aria-controls="nav-rest"
              data-name="nav-more"
              onClick={() => setOpen(!open)}
              onKeyDown={(event) => {
                if (event.key === 'Escape') setOpen(false);
              }}
            >
              <Icon name="more" size={22} />
              <span>{w.nav.more}</span>
            </button>
          </li>
        </ul>
        <ul class="nav-rest" id="nav-rest">
          {more.map((view) => (
            <Item key={view} view={view} onPick={() => setOpen(false)} />
          ))}
        </ul>
      </nav>
    </header>
  );
}
