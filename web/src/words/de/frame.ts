// What stands around every view: navigation, connection, common buttons.
import type { Words } from '../words';
import { many, minutes } from './plural';

export const frame: Pick<Words, 'name' | 'skip' | 'nav' | 'stays' | 'errors' | 'connection' | 'simulated' | 'common'> = {
  name: 'bandkeeper',
  skip: 'Zum Inhalt springen',
  nav: {
    label: 'Seiten',
    home: 'Start',
    evidence: 'Spuren',
    verdict: 'Befund',
    repair: 'Reparatur',
    timeline: 'Zeitverlauf',
    band: 'Armband',
    settings: 'Einstellungen',
    help: 'Hilfe',
    more: 'Mehr',
  },
  stays: 'Nichts verlässt diesen Computer.',
  errors: {
    drawn: 'Diese Ansicht ließ sich nicht zeichnen. Lade die Seite neu; deine Spuren und was getan wurde, sind aufgehoben.',
    reload: 'Neu laden',
    lost: 'bandkeeper antwortet gerade nicht. Es wird von selbst weiter versucht.',
    unknown: (code) => `Das hat nicht geklappt (${code}). Versuch es noch einmal; wenn es so bleibt, starte bandkeeper neu.`,
    title: 'Das hat nicht geklappt',
    close: 'Diese Meldung schließen',
  },
  connection: {
    connecting: 'bandkeeper auf diesem Computer wird erreicht …',
    lost: 'bandkeeper auf diesem Computer antwortet nicht. Diese Seite versucht es alle zwei Sekunden wieder und macht dort weiter, wo sie war.',
    lostHow: 'Wenn du es geschlossen hast, starte es wieder: bandkeeper serve',
    retry: 'Jetzt versuchen',
    back: 'bandkeeper antwortet wieder.',
    refusedTitle: 'Dieser Tab braucht eine frische Adresse',
    refused:
      'Zu deiner Sicherheit öffnet nur die Adresse diese Seite, die bandkeeper ausgegeben hat. Starte bandkeeper noch einmal, oder klicke auf die Adresse in dem Fenster, in dem es läuft.',
    refusedHow: 'bandkeeper serve --open',
  },
  simulated: {
    badge: 'Vorführung',
    phone: (what) => `Ein Telefon, das es nicht gibt: ${what}.`,
    band: (what) => `Ein Armband, das es nicht gibt: ${what}.`,
    key: (key) => `Sein Schlüssel, um das Koppeln zu probieren: ${key}`,
    plain: 'Das Telefon und das Armband, die hier zu sehen sind, gibt es nicht.',
  },
  common: {
    yes: 'Ja',
    no: 'Nein',
    dontKnow: 'Weiß ich nicht',
    none: 'Nichts davon',
    back: 'Zurück',
    cancel: 'Abbrechen',
    close: 'Schließen',
    stop: 'Anhalten',
    minutes,
    about: (n) => `etwa ${minutes(n)}`,
    underMinute: 'unter einer Minute',
    secondsLeft: (n) => many(n, { one: 'noch # Sekunde', other: 'noch # Sekunden' }),
    percent: (n) => `${n} %`,
    explained: (term) => `${term}: dieses Wort erklären`,
    moment: 'Einen Moment …',
  },
};
