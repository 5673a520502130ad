// The support bundle: made here, looked at here, saved here. It goes nowhere by itself.
import { useState } from 'preact/hooks';
import { Busy, Section } from '../../parts/bits';
import { Button } from '../../parts/button';
import { bytes } from '../../state/format';
import { save } from '../../state/save';
import { engine } from '../../state/store';
import { words } from '../../words/words';

const PREVIEW = 400_000; // characters: more is no preview; the file has all

function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

export function Bundle() {
  const w = words.value.settings;
  const [text, setText] = useState<string | null>(null);
  const [waiting, setWaiting] = useState(false);
  const make = async () => {
    setWaiting(true);
    try {
      setText(readable(await engine().bundle()));
    } finally {
      setWaiting(false);
    }
  };
  return (
    <Section title={w.bundle} icon="file" sub={w.bundleSub} name="bundle">
      {waiting ? <Busy text={w.bundleWait} /> : null}
      <div class="buttons">
        <Button onPress={make} name="bundle-make">
          {w.bundleMake}
        </Button>
        {text !== null ? (
          <Button look="main" onPress={() => save(`bandkeeper-${new Date().toISOString().slice(0, 10)}.json`, text)} name="bundle-save">
            {w.bundleSave}
          </Button>
        ) : null}
      </div>
      {text !== null ? (
        <div class="stack">
          <h3>{w.bundlePreview}</h3>
          <p class="small quiet">{w.bundleSize(bytes(text.length))}</p>
          <pre class="preview" tabIndex={0} role="region" aria-label={w.bundlePreview} data-name="bundle-preview">
            {text.length > PREVIEW ? `${text.slice(0, PREVIEW)}\n…` : text}
          </pre>
        </div>
      ) : null}
    </Section>
  );
}
