// What the first page says above its one button, and what the button does.
import { byHand, forget } from '../../state/by_hand';
import type { Next } from '../../state/next';
import { go } from '../../state/route';
import { engine, parts, report, task } from '../../state/store';
import { taskView } from '../../parts/task_strip';
import { taskName } from '../../state/task_name';
import { words } from '../../words/words';
import { phoneSentence } from '../evidence/phone_words';

export interface HeroWords {
  title: string;
  sub: string;
  button?: string;
  press?: () => unknown;
}

export function look(phone: boolean, deep = false): Promise<void> {
  return engine().start('diagnose', { phone, deep });
}

function verdict(button: string, press: () => unknown): HeroWords {
  const found = report.value?.verdict;
  return { title: found?.text ?? '', sub: found?.explain ?? '', button, press };
}

export function heroOf(now: Next): HeroWords {
  const w = words.value.home;
  const phones = parts.phones.value;
  const model = phones?.list.find((phone) => phone.chosen)?.model ?? phones?.list[0]?.model ?? '';
  const running = task.value;
  switch (now) {
    case 'wait':
      return { title: w.waitTitle, sub: '' };
    case 'answer':
      return {
        title: w.answerTitle,
        sub: running?.question?.text ?? '',
        button: w.answerButton,
        press: () => go(taskView(running?.kind ?? '')),
      };
    case 'watch':
      return {
        title: words.value.tasks.running(taskName(running?.kind ?? '')),
        sub: '',
        button: w.watchButton,
        press: () => go(taskView(running?.kind ?? '')),
      };
    case 'roll_back':
      return { title: w.rollBackTitle, sub: w.rollBackSub, button: w.rollBackButton, press: startRepair };
    case 'connect':
      return {
        title: w.title,
        sub: phones?.state === 'trouble' ? phoneSentence(phones) : `${w.connect}. ${w.connectSub}`,
        button: w.connectButton,
        press: () => go('evidence', 'phone'),
      };
    case 'phone':
      return { title: w.phoneTitle, sub: phones ? phoneSentence(phones) : '', button: w.phoneButton, press: () => go('evidence', 'phone') };
    case 'look':
      return { title: w.lookTitle, sub: w.lookSub(model), button: w.lookButton, press: () => look(true) };
    case 'read':
      return { title: w.readTitle, sub: w.readSub, button: w.readButton, press: () => look(parts.case.value?.phone ?? false) };
    case 'uploading':
      return { title: w.uploadingTitle, sub: '', button: w.uploadingButton, press: () => go('evidence', 'files') };
    case 'ask':
      return verdict(w.askButton, () => go('evidence', 'questions'));
    case 'mend':
      return verdict(w.mendButton, () => go('repair'));
    case 'steps':
      return verdict(w.stepsButton, () => go('repair'));
    case 'helped':
      return { title: w.provedTitle, sub: w.helpedSub(byHand.value.text), button: w.backAgainButton, press: () => forget().then(() => go('repair')) };
    case 'everyday':
      return verdict(w.everydayButton, () => go('repair', 'everyday'));
    case 'proved': {
      const proof = parts.outcome.value?.result?.['proof'];
      return {
        title: w.provedTitle,
        sub: typeof proof === 'string' ? proof : '',
        button: w.provedButton,
        press: () => go('repair'),
      };
    }
  }
}

export async function startRepair(): Promise<void> {
  await engine().start('repair', {});
  go('repair');
}

export function Hero({ hero }: { hero: HeroWords }) {
  return (
    <>
      <h1 data-name="sentence">{hero.title}</h1>
      {hero.sub ? <p class="lead">{hero.sub}</p> : null}
    </>
  );
}
