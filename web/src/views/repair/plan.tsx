// The plan before it begins: each step with its minutes, its harm, who does it, and what it would do.
import { useState } from 'preact/hooks';
import type { DryStep, PlanStep, Report } from '../../engine/report';
import { Busy, Card, Chip, More } from '../../parts/bits';
import { Button } from '../../parts/button';
import { act } from '../../state/act';
import { byHand, forget, tell } from '../../state/by_hand';
import { minutesText } from '../../state/format';
import { go, href } from '../../state/route';
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

let asked = false;

function Exact({ step, dry }: { step: PlanStep; dry: DryStep | undefined }) {
  const w = words.value.repair;
  const ready = parts.phones.value?.state === 'ready';
  if (!ready) return null;
  return (
    <More
      title={w.commands}
      name={`exact-${step.id}`}
      onOpen={() => {
        if (parts.plan.value || task.value || asked) return;
        asked = true; // a second step opened before the first answer came is served by the same plan
        void act(() => engine().start('plan', {})).finally(() => {
          asked = false;
        });
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

// By hand the person is the only one who sees it.
function DidItHelp({ step }: { step: PlanStep }) {
  const w = words.value;
  return (
    <div class="did-it-help" data-name="did-it-help">
      <p>
        <b>{w.repair.didItHelp}</b> {w.repair.didItHelpSub}
      </p>
      <div class="buttons">
        <Button onPress={() => tell(step, true)} name="helped">
          {w.repair.helped}
        </Button>
        <Button onPress={() => tell(step, false)} name="not-helped">
          {w.repair.notHelped}
        </Button>
      </div>
    </div>
  );
}

// The step that worked, or what is left when none did.
function ByHandResult({ left }: { left: boolean }) {
  const w = words.value.repair;
  const { helped, text, tried } = byHand.value;
  if (!helped && (left || tried.length === 0)) return null;
  return (
    <Card tone={helped ? 'ok' : 'plain'} name="by-hand-result">
      <p role="status">
        <b>{helped ? w.good : w.notGood}.</b> {helped ? words.value.home.helpedSub(text) : w.nothingHelped}
      </p>
      <div class="buttons">
        {helped ? null : <Button onPress={() => go('evidence', 'questions')}>{words.value.home.askButton}</Button>}
        <Button onPress={forget} name="begin-anew">
          {helped ? words.value.home.backAgainButton : w.beginAnew}
        </Button>
      </div>
    </Card>
  );
}

interface StepProps {
  step: PlanStep;
  number: number;
  dry: DryStep | undefined;
  open: boolean; // by hand, and its turn
  tried: boolean;
  alone: boolean; // no phone on the cable: nobody asks
}

function Step({ step, number, dry, open, tried, alone }: StepProps) {
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
            {alone ? <a href={href('evidence', 'questions')}>{words.value.home.askButton}</a> : <Chip>{w.askStep}</Chip>}
          </p>
        ) : (
          <>
            <p class="chips">
              <Chip>{by[dry?.by ?? step.by ?? 'person'] ?? step.by}</Chip>
              <Chip>{minutesText(step.minutes)}</Chip>
              <LossChip loss={step.loss} />
              {tried ? <Chip>{w.triedStep}</Chip> : null}
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
        {open && step.kind === 'fix' ? <DidItHelp step={step} /> : null}
        {step.kind === 'fix' ? <Exact step={step} dry={dry} /> : null}
      </div>
    </li>
  );
}

export function PlanList({ report }: { report: Report }) {
  const w = words.value.repair;
  const [all, setAll] = useState(false);
  const steps = report.plan.steps;
  const dry = parts.plan.value?.plan.steps;
  const alone = parts.phones.value?.state !== 'ready';
  const { tried, helped } = byHand.value;
  const turn = alone && !helped ? steps.find((step) => step.kind === 'fix' && !tried.includes(step.id)) : undefined;
  const shown = all || (turn && steps.indexOf(turn) >= FIRST) ? steps : steps.slice(0, FIRST);
  return (
    <>
      {alone ? <ByHandResult left={turn !== undefined} /> : null}
      <ol class="plan">
        {shown.map((step, index) => (
          <Step
            key={step.id}
            step={step}
            number={index + 1}
            dry={dry?.find((one) => one.id === step.id)}
            open={step === turn}
            alone={alone}
            tried={alone && tried.includes(step.id)}
          />
        ))}
      </ol>
      {shown.length < steps.length ? (
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
