// The questions that take the place of a cable.
import { many, minutes } from './plural';

export const questions = {
  title: 'A few questions',
  number: (n: number) => `Question ${n}`,
  more: (n: number) => many(n, { one: 'at most # more', other: 'at most # more' }),
  why: 'Why do you ask?',
  saves: (n: number) => `The answer saves about ${minutes(n)} of trying.`,
  leaning: (answer: string, cause: string, before: number, after: number) =>
    `If “${answer}”: ${cause} goes from ${before} % to ${after} %.`,
  enough: 'That is enough: I know what to try now.',
  nothing: 'There is nothing left to ask.',
  limit: 'Enough questions for now.',
  end: 'Show the verdict',
  endNow: 'Enough, show the verdict',
  given: 'Your answers so far',
} as const;
