// Firmware, resources, fonts, watch faces: choose the files, then the band is brought there over as many links as it takes.
import { useRef } from 'preact/hooks';
import { Section } from '../../parts/bits';
import { Button } from '../../parts/button';
import { Icon } from '../../parts/icons';
import { Term } from '../../parts/term';
import { act } from '../../state/act';
import { bytes } from '../../state/format';
import { engine, parts, task } from '../../state/store';
import { words } from '../../words/words';

export function Update() {
  const w = words.value.band;
  const e = words.value.evidence;
  const picker = useRef<HTMLInputElement>(null);
  const files = parts.band.value?.files ?? [];
  const ready = files.filter((file) => file.state === 'ready').map((file) => file.id);
  const send = async (list: FileList | null) => {
    for (const file of list ?? []) await act(() => engine().upload(file, 'band').done);
  };
  return (
    <Section title={w.update} name="band-update">
      <p class="sub">
        {w.updateSub} <Term name="firmware" />
      </p>
      {files.length > 0 ? (
        <ul class="rows">
          {files.map((file) => (
            <li key={file.id} class="file">
              <Icon name="file" />
              <span class="file-words">
                <b>{file.name}</b>
                <span class="small quiet">
                  {bytes(file.bytes)} · {file.sentence}
                </span>
              </span>
              <Button look="quiet" onPress={() => engine().remove(file.id, 'band')} label={`${e.removeShort}: ${file.name}`}>
                {e.removeShort}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <div class="buttons">
        <Button onPress={() => picker.current?.click()}>{w.updateFiles}</Button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label={w.updateFiles}
          onChange={(event) => {
            void send(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
        {ready.length > 0 ? (
          <Button
            look="main"
            disabled={task.value !== null}
            onPress={() => engine().start('band_update', { files: ready })}
          >
            {w.updateStart}
          </Button>
        ) : null}
      </div>
    </Section>
  );
}
