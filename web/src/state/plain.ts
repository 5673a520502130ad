// The rooms behind the page name commands and options, as for somebody at a terminal. Here the same thing is a button: in
// what is shown, its name stands instead. A command is a noun in these sentences, and so is a button's name. What they
// say of commands of the system (adb, systemctl) stays: nothing on the page does that.
import type { Words } from '../words/words';

type Rule = [RegExp, (w: Words) => string];

const RULES: Rule[] = [
  // An aside for who sits at one.
  [/ \((?:in a terminal|im Terminal|в терминале): `[^`]*`\)/g, () => ''],
  // Likewise of an option for which the page has a field.
  [/ \((?:in a terminal|im Terminal|в терминале): --sha256 HEX\)/g, () => ''],
  // English alone: what only a terminal can be told.
  [/, answer questions with --ask, or give answers with --findings \(see `bandkeeper doctor --help`\)/g, () => ', or answer questions'],
  [/ and run this again with --phones-off/g, () => ' and try again'],
  [/ (?:mit|с) --phones-off/g, () => ''],
  [/ \(--app [\w.]+\)/g, () => ''],
  [/--app [\w.]+(?=:)|--app(?![\w-])/g, (w) => w.common.named(w.settings.app)],
  [/--serial [^.,;:]*ANDROID_SERIAL|--serial(?![\w-])/g, (w) => w.common.named(w.nav.evidence)],
  [/--band ADDRESS|--band(?![\w-])/g, (w) => w.common.named(w.evidence.whichBandSave)],
  [/Ctrl-C/g, (w) => w.common.named(w.common.stop)],
  [/`bandkeeper (doctor )?--ask`|`doctor --ask`/g, (w) => w.common.named(w.evidence.askStart)],
  [/`bandkeeper doctor --everyday --yes`/g, (w) => w.common.named(w.repair.everyday)],
  [/`bandkeeper fix`/g, (w) => w.common.named(w.nav.repair)],
  [/`bandkeeper undo`|`undo`/g, (w) => w.common.named(w.common.undo)],
  [/`bandkeeper pair`/g, (w) => w.common.named(w.band.pair)],
];
const MAYBE = /--[a-z]|Ctrl-C|`bandkeeper |`(undo|doctor)/;

export function plain(text: string, w: Words): string {
  if (!MAYBE.test(text)) return text;
  return RULES.reduce((said, [command, name]) => said.replace(command, () => name(w)), text);
}

// The same in everything that a part holds, but for the exact commands. What says nothing of it is given back as it is.
export function plainly<T>(value: T, w: Words): T {
  if (typeof value === 'string') return plain(value, w) as T;
  if (Array.isArray(value)) {
    const list = value.map((one) => plainly(one as unknown, w));
    return list.some((one, index) => one !== value[index]) ? (list as T) : value;
  }
  if (value === null || typeof value !== 'object') return value;
  const from = value as Record<string, unknown>;
  let changed: Record<string, unknown> | null = null;
  for (const [key, one] of Object.entries(from)) {
    const said = key === 'commands' ? one : plainly(one, w);
    if (said !== one) (changed ??= { ...from })[key] = said;
  }
  return (changed as T | null) ?? value;
}
