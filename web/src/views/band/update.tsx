// Firmware, resources, fonts, watch faces: choose the files, then the band is brought there over as many links as it takes.
import { useRef, useState } from 'preact/hooks';
import { Section } from '../../parts/bits';
import { Button } from '../../parts/button';
import { Icon } from '../../parts/icons';
import { Term } from '../../parts/term';
import { act } from '../../state/act';
import { bytes } from '../../state/format';
import { engine, parts, task } from '../../state/store';
import { words } from '../../words/words';

const DIGEST = /^[0-9a-fA-F]{64}$/;

// What was typed or pasted, one by one; empty: none.
function digestsOf(typed: string): string[] {
  return typed.split(/[\s,;]+/).filter((one) => one !== '');
}

// What proves a file whole that is none of the known ones: the checksum that its source states.
function Digest({ value, wrong, onInput }: { value: string; wrong: boolean; onInput: (typed: string) => void }) {
  const w = words.value.band;
  return (
    <div class="field" data-name="update-digest">
      <label for="update-sha256">{w.updateDigest}</label>
      <input
        id="update-sha256"
        class="input mono"
        value={value}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        aria-invalid={wrong}
        aria-describedby={wrong ? 'update-sha256-sub update-sha256-wrong' : 'update-sha256-sub'}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p id="update-sha256-sub" class="small quiet">
        {w.updateDigestSub}
      </p>
      {wrong ? (
        <p id="update-sha256-wrong" class="wrong" role="alert">
          {w.updateDigestWrong}
        </p>
      ) : null}
    </div>
  );
}

export function Update() {
  const w = words.value.band;
  const e = words.value.evidence;
  const picker = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const files = parts.band.value?.files ?? [];
  const ready = files.filter((file) => file.state === 'ready').map((file) => file.id);
  const send = async (list: FileList | null) => {
    for (const file of list ?? []) await act(() => engine().upload(file, 'band').done);
  };
  const start = () => {
    const sha256 = digestsOf(typed);
    if (!sha256.every((one) => DIGEST.test(one))) {
      setWrong(true);
      return undefined;
    }
    return engine().start('band_update', { files: ready, sha256 });
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
      {ready.length > 0 ? (
        <Digest
          value={typed}
          wrong={wrong}
          onInput={(text) => {
            setTyped(text);
            setWrong(false);
          }}
        />
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
          <Button look="main" disabled={task.value !== null} onPress={start} name="update-start">
            {w.updateStart}
          </Button>
        ) : null}
      </div>
    </Section>
  );
}
