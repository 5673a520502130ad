import { band } from './ru/band';
import { evidence } from './ru/evidence';
import { frame } from './ru/frame';
import { help, terms } from './ru/help';
import { chain, home } from './ru/home';
import { questions } from './ru/questions';
import { repair } from './ru/repair';
import { settings } from './ru/settings';
import { tasks } from './ru/tasks';
import { timeline } from './ru/timeline';
import { verdict } from './ru/verdict';
import type { Words } from './words';

export const ru: Words = {
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
