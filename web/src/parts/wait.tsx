// Before the first snapshot, and in the page that index.html begins with (build/shell.tsx): the lights stand on the first
// page alone.
import { route } from '../state/route';
import { words } from '../words/words';
import { Chain } from '../views/home/chain';
import { Busy } from './bits';

export function Wait() {
  const w = words.value;
  return (
    <>
      <div class="page-wait hero">
        <h1>{w.home.waitTitle}</h1>
        <Busy text={w.connection.connecting} />
      </div>
      {route.value.view === 'home' ? <Chain /> : null}
    </>
  );
}
