// What is being done, in one line.
import type { Words } from '../words';

export const tasks: Words['tasks'] = {
  diagnose: 'Es wird angesehen, was los ist',
  plan: 'Das Handy wird gefragt, was geschehen würde',
  repair: 'Reparatur',
  undo: 'Änderungen zurücknehmen',
  everyday: 'Alltagseinstellungen ansehen',
  everyday_set: 'Alltagseinstellungen setzen',
  watch: 'Der Verbindung zusehen',
  band_scan: 'Nach Bändern hören',
  band_pair: 'Diesen Computer mit dem Band koppeln',
  band_info: 'Das Band fragen',
  band_sync: 'Daten des Bands abholen',
  band_find: 'Das Band vibrieren lassen',
  band_restart: 'Das Band neu starten',
  band_reset: 'Das Band löschen',
  band_update: 'Das Band aktualisieren',
  band_live: 'Puls ablesen',
  band_bind: 'Das Band neu binden',
  band_probe: 'Das Band selbst fragen',
  other: 'In Arbeit',
  running: (what) => `${what} …`,
  waits: (what) => `${what}: wartet auf deine Antwort`,
  goThere: 'Dorthin',
  failed: (what) => `${what}: hat nicht geklappt`,
};
