import { band } from './de/band';
import { evidence } from './de/evidence';
import { frame } from './de/frame';
import { help, terms } from './de/help';
import { chain, home } from './de/home';
import { questions } from './de/questions';
import { repair } from './de/repair';
import { settings } from './de/settings';
import { tasks } from './de/tasks';
import { timeline } from './de/timeline';
import { verdict } from './de/verdict';
import type { Words } from './words';

export const de: Words = {
  ...frame,
  chain,
  home,
  evidence,
  questions,
  verdict,
  repair,
  tasks,
  timeline,
  band,
  settings,
  help,
  terms,
};
