import { band } from './en/band';
import { evidence } from './en/evidence';
import { frame } from './en/frame';
import { help, terms } from './en/help';
import { chain, home } from './en/home';
import { questions } from './en/questions';
import { repair } from './en/repair';
import { settings } from './en/settings';
import { tasks } from './en/tasks';
import { timeline } from './en/timeline';
import { verdict } from './en/verdict';

export const en = {
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
} as const;
