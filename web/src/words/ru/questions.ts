// The questions that take the place of a cable.
import type { Words } from '../words';
import { many, minutesOf } from './plural';

export const questions: Words['questions'] = {
  title: 'Несколько вопросов',
  number: (n) => `Вопрос ${n}`,
  more: (n) => many(n, { one: 'ещё не больше #', other: 'ещё не больше #' }),
  why: 'Зачем вы это спрашиваете?',
  saves: (n) => `Ответ сбережёт около ${minutesOf(n)} проб.`,
  leaning: (answer, cause, before, after) => `Если «${answer}»: ${cause} — с ${before} % до ${after} %.`,
  enough: 'Этого хватит: теперь ясно, что пробовать.',
  nothing: 'Больше спрашивать нечего.',
  limit: 'Пока достаточно вопросов.',
  end: 'Показать вывод',
  endNow: 'Хватит, показать вывод',
  given: 'Ваши ответы до сих пор',
};
