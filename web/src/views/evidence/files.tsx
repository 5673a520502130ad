// Files by drop or by choice; big ones stream, and one sees how far they are.
import { signal } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import type { CaseFile } from '../../engine/parts';
import type { Upload } from '../../engine/engine';
import { More, Section } from '../../parts/bits';
import { Button } from '../../parts/button';
import { Icon } from '../../parts/icons';
import { Term } from '../../parts/term';
import { act } from '../../state/act';
import { bytes } from '../../state/format';
import { engine, parts, task } from '../../state/store';
import { words } from '../../words/words';
import { look } from '../home/hero';

// Those that this tab sends; others may come from another tab, and are shown alike.
const sending = signal<{ name: string; upload: Upload }[]>([]);

const AT_ONCE = 3; // the server takes four uploads at a time

export async function send(files: File[]): Promise<void> {
  const queue = [...files];
  const one = async () => {
    for (let file = queue.shift(); file; file = queue.shift()) {
      const upload = engine().upload(file, 'case');
      const entry = { name: file.name, upload };
      sending.value = [...sending.value, entry];
      await act(() => upload.done);
      sending.value = sending.value.filter((other) => other !== entry);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

function Row({ file }: { file: CaseFile }) {
  const w = words.value.evidence;
  const mine = sending.value.find((entry) => entry.name === file.name);
  const part = file.bytes > 0 ? file.received / file.bytes : 0;
  return (
    <li class="file" data-state={file.state} data-name="file">
      <Icon name="file" />
      <span class="file-words">
        <b>{file.name}</b>
        <span class="small quiet">
          {bytes(file.bytes)} · {file.state === 'uploading' ? w.uploaded(Math.floor(part * 100)) : w.fileStates[file.state]}
        </span>
        {file.sentence ? <span class="small file-sentence">{file.sentence}</span> : null}
        {file.state === 'uploading' ? <progress max={1} value={part} aria-label={file.name} /> : null}
      </span>
      {file.state === 'uploading' && mine ? (
        <Button look="quiet" onPress={() => mine.upload.cancel()} label={`${words.value.common.cancel}: ${file.name}`}>
          {words.value.common.cancel}
        </Button>
      ) : (
        <Button look="quiet" onPress={() => engine().remove(file.id, 'case')} label={`${w.removeShort}: ${file.name}`}>
          {w.removeShort}
        </Button>
      )}
    </li>
  );
}

export function Files() {
  const w = words.value.evidence;
  const [over, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const evidence = parts.case.value;
  if (!evidence) return null;
  const ready = evidence.files.some((file) => file.state === 'ready');
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) void send(files);
  };
  return (
    <Section title={w.files} icon="file" sub={w.filesSub} name="files">
      <div
        class={`drop${over ? ' drop-over' : ''}`}
        data-name="drop"
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <p>{over ? w.dropNow : w.drop}</p>
        <Button onPress={() => picker.current?.click()} name="pick">
          {w.pick}
        </Button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label={w.pick}
          data-name="picker"
          onChange={(event) => {
            void send([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {evidence.files.length > 0 ? (
        <ul class="rows">
          {evidence.files.map((file) => (
            <Row key={file.id} file={file} />
          ))}
        </ul>
      ) : null}
      {ready && !task.value ? (
        <div class="buttons">
          <Button look={evidence.changed ? 'main' : 'plain'} onPress={() => look(evidence.phone)} name="read">
            {evidence.changed ? w.read : w.readAgain}
          </Button>
        </div>
      ) : null}
      <More title={w.howReport}>
        <ol class="steps">
          {w.howReportSteps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p class="buttons">
          <Term name="bugreport" /> <Term name="snoop" />
        </p>
      </More>
    </Section>
  );
}
