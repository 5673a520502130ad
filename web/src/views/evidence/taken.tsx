// What was read, and what was damaged or missing: never silent.
import { useState } from 'preact/hooks';
import { Section } from '../../parts/bits';
import { More } from '../../parts/bits';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { placeText } from '../../parts/place';
import { engine, parts, task } from '../../state/store';
import { words } from '../../words/words';

const FIRST = 8;

function Which() {
  const w = words.value.evidence;
  const [band, setBand] = useState(parts.case.value?.band ?? '');
  return (
    <More title={w.whichBand}>
      <form
        class="field"
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        <label for="which-band">{w.whichBandLabel}</label>
        <input
          id="which-band"
          class="input"
          value={band}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => setBand(event.currentTarget.value)}
        />
        <div class="buttons">
          <Button onPress={() => engine().nameBand(band)}>{w.whichBandSave}</Button>
        </div>
      </form>
    </More>
  );
}

export function Taken() {
  const w = words.value.evidence;
  const [all, setAll] = useState(false);
  const [asking, setAsking] = useState(false);
  const evidence = parts.case.value;
  if (!evidence) return null;
  const kinds: Record<string, string> = { ...w.lossKinds };
  const shown = all ? evidence.losses : evidence.losses.slice(0, FIRST);
  const anything = evidence.files.length > 0 || evidence.phone || evidence.answers > 0;
  return (
    <>
      <Section title={w.whatRead} name="read-list">
        {evidence.read.length === 0 ? (
          <p class="quiet">{w.nothingRead}</p>
        ) : (
          <ul class="rows">
            {evidence.read.map((file) => (
              <li key={file.path + (file.member ?? '')}>
                <b>{placeText({ file: file.path, member: file.member ?? '' })}</b>
                <span class="quiet">
                  {' '}
                  {file.format}
                  {file.packets ? ` · ${w.packets(file.packets)}` : ''}
                  {file.first ? ` · ${file.first.slice(0, 19)} – ${(file.last ?? '').slice(0, 19)}` : ''}
                </span>
              </li>
            ))}
          </ul>
        )}
        {evidence.read.length > 0 ? <Which /> : null}
      </Section>
      {evidence.read.length > 0 ? (
        <Section title={w.lost} name="losses">
          {evidence.losses.length === 0 ? <p class="quiet">{w.nothingLost}</p> : null}
          <ul class="rows">
            {shown.map((loss, index) => (
              <li key={index}>
                <span class="chip chip-warn">{kinds[loss.kind] ?? loss.kind}</span> {loss.text}{' '}
                <span class="small quiet">
                  {loss.count > 1 ? `${w.times(loss.count)} · ` : ''}
                  {placeText(loss.where)}
                </span>
              </li>
            ))}
          </ul>
          {!all && evidence.losses.length > FIRST ? (
            <div class="buttons">
              <Button look="quiet" onPress={() => setAll(true)}>
                {w.more(evidence.losses.length - FIRST)}
              </Button>
            </div>
          ) : null}
        </Section>
      ) : null}
      {anything && !task.value ? (
        <div class="buttons apart">
          <Button look="quiet" onPress={() => setAsking(true)} name="clear-case">
            {w.clear}
          </Button>
        </div>
      ) : null}
      {asking ? (
        <Dialog title={w.clearTitle} yes={w.clearYes} danger onYes={() => engine().clearCase()} onClose={() => setAsking(false)}>
          <p>{w.clearText}</p>
        </Dialog>
      ) : null}
    </>
  );
}
