// How it works, and the technical words explained.
import type { Words } from '../words';

export const help: Words['help'] = {
  title: 'Hilfe',
  how: 'So geht es',
  howSteps: [
    'bandkeeper sieht sich das Handy oder Dateien an, oder fragt dich. Das Ansehen ändert nichts.',
    'Es sagt, was los ist, wie sicher es ist, und was es belegt.',
    'Es repariert, was es kann, und zeigt dir, was dein Finger tun muss. Harmloses kommt zuerst.',
    'Es sieht nach, ob das Band wirklich wieder Daten liefert. Erst dann ist es fertig.',
  ],
  words: 'Wörter, erklärt',
  wordsSub: 'Die wenigen Fachwörter, die auf diesen Seiten vorkommen.',
  safe: 'Ist das ungefährlich?',
  safeText:
    'Nichts geht ins Internet. Jede Änderung wird aufgeschrieben, bevor sie geschieht, und lässt sich rückgängig machen. Wo etwas verloren gehen kann, musst du ein Wort eintippen.',
  nothingHelps: 'Wenn nichts hilft',
  nothingHelpsText: 'Stelle in den Einstellungen ein Paket für den Support zusammen und gib es dem Support der App oder des Herstellers.',
  keyboard: 'Mit der Tastatur',
  keyboardText: 'Tab geht weiter, Umschalt und Tab zurück, Enter drückt einen Knopf, Escape schließt ein Fenster. Der Zeitverlauf hat eigene Tasten, sie stehen darunter.',
};

export const terms: Words['terms'] = {
  adb: ['USB-Debugging', 'Ein Schalter in den Entwickleroptionen des Handys, mit dem ein Computer am Kabel seinen Zustand lesen darf. Schalte ihn danach wieder aus, wenn du magst.'],
  bugreport: ['Fehlerbericht', 'Eine Datei, die das Handy über sich selbst schreibt: Einstellungen, Protokolle, Listen von Apps. Sie kann Privates enthalten; hier bleibt sie auf deinem Computer.'],
  snoop: ['Bluetooth-Aufzeichnung', 'Eine Datei, in der das Handy jedes Paket notiert, das es über Bluetooth austauscht („HCI-Snoop-Log“).'],
  pairing: ['Kopplung', 'Handy und Band bewahren je ein gemeinsames Geheimnis auf, um einander zu erkennen. Hat es nur noch eine Seite, weisen sie einander ab.'],
  key: ['Schlüssel', 'Ein Geheimnis aus 32 Zeichen, mit dem die App dem Band beweist, dass sie die Daten abholen darf.'],
  rssi: ['RSSI', 'Wie laut der Funk der anderen Seite zu hören ist, in dBm. −50 ist nah, −90 kaum noch hörbar.'],
  firmware: ['Firmware', 'Die Software des Bands selbst.'],
  sync: ['Abgleich', 'Die App holt Schritte, Schlaf und Puls ab, die das Band aufgezeichnet hat.'],
  autostart: ['Autostart', 'Ein Schalter mancher Hersteller. Ohne ihn startet die App nicht wieder, nachdem das Handy sie beendet hat.'],
  background: ['Im Hintergrund laufen', 'Die App arbeitet, ohne dass du sie siehst. Handys beenden Apps dort, um Strom zu sparen, und mit ihnen geht die Verbindung.'],
  ledger: ['Verzeichnis', 'Die Liste aller hier gespeicherten Minuten, mit den Lücken und ihrem Grund.'],
  probability: ['Wahrscheinlichkeit', 'Wie oft es in Fällen wie deinem diese Ursache ist. Ein Versprechen wird nie daraus.'],
  packet: ['Paket', 'Eine Nachricht über Bluetooth. Seine Nummer ist die in der Aufzeichnung, wie auch andere Programme zählen.'],
};
