// A repair (or undo, or a watch) while it runs: the step, the question, what is seen, what happened.
import { useState } from 'preact/hooks';
import type { LogLine, Task, TaskStep } from '../../engine/parts';
import { Busy, Card, Chip, More } from '../../parts/bits';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { Light } from '../../parts/light';
import { taskName } from '../../state/task_name';
import { minutesText, when } from '../../state/format';
import { engine } from '../../state/store';
import { words } from '../../words/words';
import { LossChip } from './plan';
import { Picture, pictureOf } from './pictures';
import { Ask } from './question';

function StepCard({ step, asks }: { step: TaskStep; asks: boolean }) {
  const w = words.value.repair;
  const by: Record<string, string> = { ...w.by };
  const picture = pictureOf(step.id);
  const byHand = step.by !== 'tool';
  return (
    <div class="step-now" data-name="step" data-step={step.id}>
      <p class="quiet">{w.stepNumber(step.number)}</p>
      <h2>{step.text}</h2>
      <p class="chips">
        <Chip>{by[step.by] ?? step.by}</Chip>
        <Chip>{minutesText(step.minutes)}</Chip>
        <LossChip loss={step.loss} />
      </p>
      {step.why ? <p class="sub">{step.why}</p> : null}
      {byHand && asks ? (
        <div class="by-hand">
          {picture ? <Picture name={picture} /> : null}
          <ol class="steps">
            {(step.words ?? []).map((line, index) => (
              <li key={index}>{line}</li>
            ))}
          </ol>
        </div>
      ) : null}
      {step.check || step.undo ? (
        <More title={w.check}>
          <p>{step.check}</p>
          {step.undo ? (
            <p class="quiet">
              {w.undoWords}: {step.undo}
            </p>
          ) : null}
        </More>
      ) : null}
    </div>
  );
}

function Watching({ task }: { task: Task }) {
  const w = words.value.repair;
  const seen = task.watching;
  if (!seen) return null;
  const left = seen.left_seconds ?? task.left_seconds;
  const row = (name: string, on: boolean, text: string) => (
    <li>
      <Light state={on ? 'ok' : 'unknown'} size={24} quiet />
      <span>
        <b>{name}</b>: {on ? w.seen : w.notSeen} {text ? <span class="small quiet">{text}</span> : null}
      </span>
    </li>
  );
  return (
    <div class="stack" data-name="watching">
      <ul class="watching">
        {row(w.link, seen.link, seen.link_text)}
        {row(w.synced, seen.synced, seen.sync_text)}
      </ul>
      <Busy text={left !== null ? `${w.watching} ${words.value.common.secondsLeft(Math.round(left))}` : w.watching} />
    </div>
  );
}

export function logText(line: LogLine): string {
  const w = words.value.repair;
  const ends: Record<string, string> = { ...w.ends };
  const said: Record<string, string> = {
    yes: words.value.common.yes,
    no: words.value.common.no,
    unknown: words.value.common.dontKnow,
    stop: words.value.common.stop,
    done: w.done,
    not_done: w.notDone,
    none: words.value.common.none,
  };
  if (line.kind === 'step_over') {
    const end = line.cured ? w.cured : (ends[line.end ?? ''] ?? line.end ?? '');
    return `${line.title ?? line.text}: ${end}${line.text && line.text !== line.title ? `. ${line.text}` : ''}`;
  }
  if (line.kind === 'asked' && line.answer === 'owner') return `${line.text} ${w.ownerDid}`;
  if (line.kind === 'asked') return `${line.text} ${line.answer ? w.answered(said[line.answer] ?? line.answer) : ''}`;
  return line.text;
}

export function Log({ log, dropped = 0, open = false }: { log: LogLine[]; dropped?: number; open?: boolean }) {
  const w = words.value.repair;
  if (log.length === 0) return null;
  return (
    <More title={w.log} open={open} name="log">
      {dropped > 0 ? <p class="small quiet">{w.logDropped(dropped)}</p> : null}
      <ol class="log">
        {log.map((line, index) => (
          <li key={index} class={line.kind === 'step_over' && line.cured ? 'log-good' : ''}>
            <time>{when(line.at)}</time> <span>{logText(line)}</span>
          </li>
        ))}
      </ol>
    </More>
  );
}

export function Running({ task }: { task: Task }) {
  const w = words.value.repair;
  const [stopping, setStopping] = useState(false);
  const can = (what: string) => task.can.includes(what);
  const title = task.question ? w.waiting : task.kind === 'repair' ? w.running : taskName(task.kind);
  return (
    <div class="running" data-name="running" data-task={task.kind}>
      <h1>{title}</h1>
      <Card>
        {task.step ? <StepCard step={task.step} asks={task.question !== null} /> : null}
        {task.question ? <Ask key={task.question.id} question={task.question} /> : null}
        {!task.question && task.watching ? <Watching task={task} /> : null}
        {!task.question && !task.watching && !task.paused ? (
          <Busy text={task.stopping ? w.stopping : task.progress || words.value.tasks.running(taskName(task.kind))} />
        ) : null}
        {task.paused ? <p role="status">{task.question ? '' : w.pausedNote}</p> : null}
      </Card>
      <div class="buttons">
        {can('enough') && !task.question ? (
          <Button onPress={() => engine().enough(task.id)} name="enough">
            {w.enough}
          </Button>
        ) : null}
        {can('pause') || task.paused ? (
          <Button onPress={() => engine().pause(task.id, !task.paused)} name="pause">
            {task.paused ? w.resume : w.pause}
          </Button>
        ) : null}
        {can('stop') && !task.stopping ? (
          <Button look="danger" onPress={() => setStopping(true)} name="stop">
            {task.kind === 'repair' ? w.stop : words.value.common.stop}
          </Button>
        ) : null}
      </div>
      <Log log={task.log} dropped={task.log_dropped} open />
      {stopping ? (
        <Dialog title={w.stopTitle} yes={w.stopYes} danger onYes={() => engine().stop(task.id)} onClose={() => setStopping(false)}>
          <p>{w.stopText}</p>
        </Dialog>
      ) : null}
    </div>
  );
}
