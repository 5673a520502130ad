// Language, appearance, privacy, and the bundle for whoever helps.
import { useEffect, useState } from 'preact/hooks';
import type { Kept } from '../../engine/tables';
import { Busy, Section } from '../../parts/bits';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { act } from '../../state/act';
import { say } from '../../state/announce';
import { bytes } from '../../state/format';
import { setTheme, theme, type Theme } from '../../state/looks';
import { engine, parts } from '../../state/store';
import { LANGUAGES, known, words } from '../../words/words';
import { Bundle } from './bundle';
import './settings.css';

function Language() {
  const w = words.value.settings;
  const settings = parts.settings.value;
  if (!settings) return null;
  // Only languages that the page speaks as well.
  const list = settings.languages.filter((one) => known(one.code));
  return (
    <div class="field">
      <label for="language">{w.language}</label>
      <select
        id="language"
        class="select"
        value={settings.language}
        onChange={(event) => {
          const language = event.currentTarget.value;
          void act(() => engine().settings({ language }));
        }}
      >
        {(list.length > 0 ? list : LANGUAGES.map((code) => ({ code, name: code }))).map((one) => (
          <option key={one.code} value={one.code} lang={one.code}>
            {one.name}
          </option>
        ))}
      </select>
    </div>
  );
}

function Appearance() {
  const w = words.value.settings;
  const choices: Theme[] = ['system', 'light', 'dark'];
  return (
    <fieldset class="field plain-set">
      <legend class="legend">{w.theme}</legend>
      {choices.map((one) => (
        <label key={one} class="check">
          <input type="radio" name="theme" checked={theme.value === one} onChange={() => void act(() => setTheme(one))} />
          <span>{w.themes[one]}</span>
        </label>
      ))}
    </fieldset>
  );
}

function App() {
  const w = words.value.settings;
  const settings = parts.settings.value;
  if (!settings) return null;
  return (
    <div class="field">
      <label for="app">{w.app}</label>
      <select
        id="app"
        class="select"
        value={settings.app}
        onChange={(event) => {
          const app = event.currentTarget.value;
          void act(() => engine().settings({ app }));
        }}
      >
        <option value="">{w.appAuto}</option>
        {settings.apps.map((one) => (
          <option key={one.id} value={one.id}>
            {one.title}
          </option>
        ))}
      </select>
    </div>
  );
}

function Privacy() {
  const w = words.value.settings;
  const [kept, setKept] = useState<Kept | null>(null);
  const [deleting, setDeleting] = useState<{ id: string; text: string } | null>(null);
  const look = () => act(async () => setKept(await engine().kept()));
  const settings = parts.settings.value;
  useEffect(() => void look(), [settings?.language]); // it is told in the language of the setting
  return (
    <Section title={w.privacy} icon="shield" sub={w.privacySub} name="privacy">
      {!kept ? <Busy text={w.keptWait} /> : null}
      {kept && kept.items.length === 0 ? <p class="quiet">{w.keptNone}</p> : null}
      <ul class="rows">
        {kept?.items.map((item) => (
          <li key={item.id} class="past">
            <span class="stack">
              <b>{item.text}</b>
              <span class="small quiet">
                {bytes(item.bytes)} · <span class="mono">{item.place}</span>
              </span>
              {item.why_not ? <span class="small quiet">{item.why_not}</span> : null}
            </span>
            {item.deletable ? (
              <Button look="danger" label={w.deleteOne(item.text)} onPress={() => setDeleting(item)} name={`delete-${item.id}`}>
                {w.deleteShort}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <label class="check">
        <input
          type="checkbox"
          checked={settings?.show_addresses ?? false}
          onChange={(event) => {
            const show_addresses = event.currentTarget.checked;
            void act(() => engine().settings({ show_addresses }));
          }}
        />
        <span>
          {w.addresses}
          <small>{w.addressesSub}</small>
        </span>
      </label>
      {deleting ? (
        <Dialog
          title={w.deleteTitle}
          yes={w.deleteShort}
          danger
          onYes={async () => {
            await engine().deleteKept([deleting.id]);
            say(w.deleted);
            await look();
          }}
          onClose={() => setDeleting(null)}
        >
          <p>
            <b>{deleting.text}</b>
          </p>
          <p>{w.deleteText}</p>
        </Dialog>
      ) : null}
    </Section>
  );
}

export function Settings() {
  const w = words.value.settings;
  return (
    <>
      <h1>{w.title}</h1>
      <div class="settings-fields">
        <Language />
        <Appearance />
        <App />
      </div>
      <Privacy />
      <Bundle />
    </>
  );
}
