// What is being done, in one line.
import type { Words } from '../words';

export const tasks: Words['tasks'] = {
  diagnose: 'Es wird angesehen, was los ist',
  plan: 'Das Telefon wird gefragt, was geschehen würde',
  repair: 'Reparatur',
  everyday: 'Alltagseinstellungen ansehen',
  everyday_set: 'Alltagseinstellungen setzen',
  watch: 'Der Verbindung zusehen',
  band_scan: 'Nach Armbändern hören',
  band_pair: 'Diesen Computer mit dem Armband koppeln',
  band_info: 'Das Armband fragen',
  band_sync: 'Daten des Armbands abholen',
  band_find: 'Das Armband vibrieren lassen',
  band_restart: 'Das Armband neu starten',
  band_reset: 'Das Armband löschen',
  band_update: 'Das Armband aktualisieren',
  band_live: 'Puls ablesen',
  band_bind: 'Das Armband neu binden',
  band_probe: 'Das Armband selbst fragen',
  other: 'In Arbeit',
  running: (what) => `${what} …`,
  waits: (what) => `${what}: wartet auf deine Antwort`,
  goThere: 'Dorthin',
  failed: (what) => `${what}: hat nicht geklappt`,
};
