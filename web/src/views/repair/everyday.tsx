// The settings with which a band stays connected day by day, and the watch over hours.
import { useState } from 'preact/hooks';
import { Chip, More, Section } from '../../parts/bits';
import { Button } from '../../parts/button';
import { Light } from '../../parts/light';
import { engine, parts, task } from '../../state/store';
import { words } from '../../words/words';

export function Everyday() {
  const w = words.value.repair;
  const [hours, setHours] = useState(1);
  const part = parts.everyday.value;
  const ready = parts.phones.value?.state === 'ready';
  const report = part?.report;
  return (
    <Section title={w.everyday} icon="shield" sub={w.everydaySub} name="everyday">
      {report ? (
        <>
          {report.good ? (
            <p class="state-line">
              <Light state="ok" size={24} quiet /> <span>{w.everydayGood}</span>
            </p>
          ) : null}
          <ul class="rows">
            {report.checks.map((check) => (
              <li key={check.fix} class="check-row" data-state={check.state}>
                <Light state={check.state === 'good' ? 'ok' : check.state === 'off' ? 'trouble' : 'unknown'} size={24} quiet />
                <div class="stack">
                  <p>
                    <b>{check.title}</b>{' '}
                    <Chip tone={check.state === 'off' ? 'bad' : check.state === 'good' ? 'ok' : 'plain'}>
                      {w.everydayStates[check.state]}
                    </Chip>
                  </p>
                  <p class="small quiet">{check.why}</p>
                  {check.refusal ? <p class="small">{check.refusal}</p> : null}
                  {check.state !== 'good' && check.steps.length > 0 ? (
                    <More title={words.value.home.stepsButton}>
                      <ol class="steps">
                        {check.steps.map((step) => (
                          <li key={step}>{step}</li>
                        ))}
                      </ol>
                    </More>
                  ) : null}
                </div>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {ready ? (
        <div class="buttons">
          {part && part.settable > 0 ? (
            <Button look="main" onPress={() => engine().start('everyday_set', {})} disabled={task.value !== null} name="everyday-set">
              {w.everydaySet(part.settable)}
            </Button>
          ) : null}
          <Button onPress={() => engine().start('everyday', {})} disabled={task.value !== null} name="everyday-look">
            {w.everydayLook}
          </Button>
        </div>
      ) : null}
      {report?.habits && report.habits.length > 0 ? (
        <More title={w.habits}>
          <ul class="dots">
            {report.habits.map((habit) => (
              <li key={habit}>{habit}</li>
            ))}
          </ul>
        </More>
      ) : null}
      {ready ? (
        <More title={w.watch}>
          <p class="sub">{w.watchSub}</p>
          <div class="field">
            <label for="hours">{w.watchHours}</label>
            <input
              id="hours"
              class="input"
              type="number"
              min="0.1"
              max="1000"
              step="0.5"
              value={hours}
              onInput={(event) => setHours(Number(event.currentTarget.value) || 1)}
            />
          </div>
          <div class="buttons">
            <Button onPress={() => engine().start('watch', { hours })} disabled={task.value !== null} name="watch">
              {w.watch}
            </Button>
          </div>
        </More>
      ) : null}
    </Section>
  );
}
