import { words } from '../../words/words';

export function Refused() {
  const w = words.value.connection;
  return (
    <div class="narrow" data-name="refused">
      <h1>{w.refusedTitle}</h1>
      <p class="lead">{w.refused}</p>
      <p>
        <code class="command">{w.refusedHow}</code>
      </p>
    </div>
  );
}
