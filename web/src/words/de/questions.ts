// The questions that take the place of a cable.
import type { Words } from '../words';
import { many, minutes } from './plural';

export const questions: Words['questions'] = {
  title: 'Ein paar Fragen',
  number: (n) => `Frage ${n}`,
  more: (n) => many(n, { one: 'höchstens noch #', other: 'höchstens noch #' }),
  why: 'Warum fragst du das?',
  saves: (n) => `Die Antwort spart etwa ${minutes(n)} Probieren.`,
  leaning: (answer, cause, before, after) => `Bei „${answer}“: ${cause} geht von ${before} % auf ${after} %.`,
  enough: 'Das genügt: Ich weiß jetzt, was zu versuchen ist.',
  nothing: 'Es gibt nichts mehr zu fragen.',
  limit: 'Genug Fragen für den Moment.',
  end: 'Den Befund zeigen',
  endNow: 'Genug, zeig den Befund',
  given: 'Deine Antworten bisher',
};
