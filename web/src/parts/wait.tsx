import { words } from '../words/words';
import { Busy } from './bits';

export function Wait() {
  const w = words.value;
  return (
    <div class="page-wait">
      <h1>{w.home.waitTitle}</h1>
      <Busy text={w.connection.connecting} />
    </div>
  );
}
