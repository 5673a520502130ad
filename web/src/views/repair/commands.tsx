// What would be done and with which commands, asked for when it is opened.
import type { PreviewLine } from '../../engine/report';
import { Busy, More } from '../../parts/bits';
import { act } from '../../state/act';
import { words } from '../../words/words';

export function CommandLines({ lines }: { lines: PreviewLine[] }) {
  const w = words.value.repair;
  if (lines.length === 0) return <p class="quiet">{w.commandsNone}</p>;
  return (
    <ul class="stack">
      {lines.map((line, index) => (
        <li key={index} class="stack">
          <p>
            {line.what} {line.already ? <span class="chip">{w.already}</span> : null}
          </p>
          {line.commands.length > 0 ? <code class="command">{line.commands.join('\n')}</code> : null}
        </li>
      ))}
    </ul>
  );
}

export function Commands({ lines, onOpen }: { lines: PreviewLine[] | null; onOpen: () => Promise<void> }) {
  const w = words.value.repair;
  return (
    <More
      title={w.commands}
      name="commands"
      onOpen={() => {
        if (!lines) void act(onOpen);
      }}
    >
      {lines ? <CommandLines lines={lines} /> : <Busy text={w.commandsWait} />}
    </More>
  );
}
