// The one next thing to do, from the snapshot alone: what the big button on the first page says and does.
import { computed } from '@preact/signals';
import { byHand } from './by_hand';
import { parts, report, task } from './store';

export type Next =
  | 'wait' // nothing is known yet
  | 'answer' // a task waits for the person
  | 'watch' // a task runs
  | 'roll_back' // a repair was cut off
  | 'connect' // no phone and no evidence
  | 'phone' // the phone is there and wants something of the person
  | 'look' // the phone is ready: find out what is wrong
  | 'read' // files are there and not read
  | 'uploading'
  | 'ask' // there is evidence, it does not tell: questions
  | 'mend'
  | 'steps' // no phone: the person does it by hand
  | 'everyday' // it works: keep it so
  | 'helped' // without a cable: the person says so
  | 'proved';

export const next = computed<Next>(() => {
  const phones = parts.phones.value;
  const evidence = parts.case.value;
  if (!phones || !evidence) return 'wait';
  const running = task.value;
  if (running) return running.question ? 'answer' : 'watch';
  if (parts.repairs.value?.interrupted) return 'roll_back';
  const outcome = parts.outcome.value;
  if (outcome?.kind === 'repair' && outcome.good) return 'proved';
  if (evidence.files.some((file) => file.state === 'uploading')) return 'uploading';
  const ready = phones.state === 'ready';
  const files = evidence.files.some((file) => file.state === 'ready');
  const found = report.value;
  if (!found || evidence.changed) {
    if (files) return 'read';
    if (ready) return 'look';
    if (!found) return phones.state === 'none' || phones.state === 'trouble' ? 'connect' : 'phone';
  }
  const outcomeName = found?.verdict.outcome ?? '';
  if (outcomeName === 'healthy' || outcomeName === 'no_trouble_seen')
    return ready ? 'everyday' : 'ask';
  if ((found?.plan.steps.length ?? 0) === 0) return 'ask';
  if (ready) return 'mend';
  return byHand.value.helped ? 'helped' : 'steps';
});
