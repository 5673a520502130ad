// The plan before it begins: each step with its minutes, its harm, who does it, and what it would do.
import { useState } from 'preact/hooks';
import type { DryStep, PlanStep, Report } from '../../engine/report';
import { Busy, Chip, More } from '../../parts/bits';
import { Button } from '../../parts/button';
import { act } from '../../state/act';
import { minutesText } from '../../state/format';
import { engine, parts, task } from '../../state/store';
import { words } from '../../words/words';
import { CommandLines } from './commands';
import { Picture, pictureOf } from './pictures';

const FIRST = 4;

export function LossChip({ loss }: { loss: string | undefined }) {
  const names: Record<string, string> = { ...words.value.repair.loss };
  if (!loss) return null;
  const tone = loss === 'none' ? 'ok' : loss === 'setting' ? 'plain' : loss === 'pairing' ? 'warn' : 'bad';
  return <Chip tone={tone}>{names[loss] ?? loss}</Chip>;
}

function Exact({ step, dry }: { step: PlanStep; dry: DryStep | undefined }) {
  const w = words.value.repair;
  const ready = parts.phones.value?.state === 'ready';
  if (!ready) return null;
  return (
    <More
      title={w.commands}
      name={`exact-${step.id}`}
      onOpen={() => {
        if (!parts.plan.value && !task.value) void act(() => engine().start('plan', {}));
      }}
    >
      {dry ? (
        <CommandLines lines={[...dry.tool, ...dry.finger]} />
      ) : task.value?.kind === 'plan' ? (
        <Busy text={w.commandsWait} />
      ) : (
        <p class="quiet">{w.commandsNone}</p>
      )}
    </More>
  );
}

function Step({ step, number, dry, open }: { step: PlanStep; number: number; dry: DryStep | undefined; open: boolean }) {
  const w = words.value.repair;
  const by: Record<string, string> = { ...w.by };
  const picture = pictureOf(step.id);
  return (
    <li class="plan-step" data-step={step.id}>
      <span class="plan-number" aria-hidden="true">
        {number}
      </span>
      <div class="stack">
        <h3>{step.text}</h3>
        {step.kind === 'ask' ? (
          <p class="chips">
            <Chip>{w.askStep}</Chip>
          </p>
        ) : (
          <>
            <p class="chips">
              <Chip>{by[dry?.by ?? step.by ?? 'person'] ?? step.by}</Chip>
              <Chip>{minutesText(step.minutes)}</Chip>
              <LossChip loss={step.loss} />
            </p>
            {step.loss_text && step.loss !== 'none' ? <p class="small quiet">{w.costs(step.loss_text)}</p> : null}
          </>
        )}
        {step.why ? <p class="sub small">{step.why}</p> : null}
        {step.words && step.words.length > 0 ? (
          <More title={step.by === 'tool' ? w.about : words.value.home.stepsButton} open={open}>
            {picture ? <Picture name={picture} /> : null}
            <ol class="steps">
              {step.words.map((line, index) => (
                <li key={index}>{line}</li>
              ))}
            </ol>
            {step.check ? (
              <p class="sub">
                <b>{w.check}:</b> {step.check}
              </p>
            ) : null}
            {step.undo ? (
              <p class="sub">
                <b>{w.undoWords}:</b> {step.undo}
              </p>
            ) : null}
          </More>
        ) : null}
        {step.kind === 'fix' ? <Exact step={step} dry={dry} /> : null}
      </div>
    </li>
  );
}

export function PlanList({ report }: { report: Report }) {
  const w = words.value.repair;
  const [all, setAll] = useState(false);
  const steps = report.plan.steps;
  const shown = all ? steps : steps.slice(0, FIRST);
  const dry = parts.plan.value?.plan.steps;
  const byHand = parts.phones.value?.state !== 'ready';
  return (
    <>
      <ol class="plan">
        {shown.map((step, index) => (
          <Step
            key={step.id}
            step={step}
            number={index + 1}
            dry={dry?.find((one) => one.id === step.id)}
            open={byHand && index === 0}
          />
        ))}
      </ol>
      {!all && steps.length > FIRST ? (
        <div class="buttons">
          <Button look="quiet" onPress={() => setAll(true)}>
            {w.moreSteps(steps.length - FIRST)}
          </Button>
        </div>
      ) : null}
      {report.plan.instead ? (
        <p class="sub">
          <b>{w.ifNothing}:</b> {report.plan.instead.text}
        </p>
      ) : null}
    </>
  );
}
