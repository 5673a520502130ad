import type { ComponentType } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Banner } from './parts/banner';
import { Boundary } from './parts/boundary';
import { Live } from './parts/live';
import { Lazy } from './parts/lazy';
import { Nav } from './parts/nav';
import { TaskStrip } from './parts/task_strip';
import { Wait } from './parts/wait';
import { route, type View } from './state/route';
import { connection, loaded } from './state/store';
import { Evidence } from './views/evidence/evidence';
import { Home } from './views/home/home';
import { Refused } from './views/home/refused';
import { Repair } from './views/repair/repair';
import { Verdict } from './views/verdict/verdict';
import { words } from './words/words';

// What a visit seldom needs comes when it is needed.
const Timeline = Lazy(() => import('./views/timeline/timeline').then((file) => file.Timeline));
const Band = Lazy(() => import('./views/band/band').then((file) => file.Band));
const Settings = Lazy(() => import('./views/settings/settings').then((file) => file.Settings));
const Help = Lazy(() => import('./views/help/help').then((file) => file.Help));

const views: Record<View, ComponentType> = {
  home: Home,
  evidence: Evidence,
  verdict: Verdict,
  repair: Repair,
  timeline: Timeline,
  band: Band,
  settings: Settings,
  help: Help,
};

export function App() {
  const w = words.value;
  const { view, rest } = route.value;
  const content = useRef<HTMLElement>(null);
  const first = useRef(true);
  const title = view === 'home' ? '' : `${w.nav[view]} · `;
  useEffect(() => {
    document.title = `${title}${w.name}`;
  }, [title, w]);
  useEffect(() => {
    // After a step to another view the focus goes to its beginning, as on a page of its own.
    if (!first.current) {
      scrollTo(0, 0);
      content.current?.focus({ preventScroll: true });
    }
    first.current = false;
  }, [view, rest]);
  const Chosen = views[view];
  return (
    <>
      <a
        class="skip"
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          content.current?.focus();
        }}
      >
        {w.skip}
      </a>
      <Nav />
      <Banner />
      <main id="content" class={`content content-${view}`} tabIndex={-1} ref={content}>
        {connection.value === 'refused' ? <Refused /> : loaded.value ? <Boundary key={view}><Chosen /></Boundary> : <Wait />}
      </main>
      <TaskStrip />
      <footer class="foot">
        <p>{w.stays}</p>
      </footer>
      <Live />
    </>
  );
}
