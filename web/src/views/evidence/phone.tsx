// The phone on the cable, live.
import { useState } from 'preact/hooks';
import { More, Section, Busy } from '../../parts/bits';
import { Button } from '../../parts/button';
import { Light } from '../../parts/light';
import { Term } from '../../parts/term';
import { route } from '../../state/route';
import { engine, parts, task } from '../../state/store';
import { words } from '../../words/words';
import { look } from '../home/hero';
import { Picture } from '../repair/pictures';
import { phoneSentence } from './phone_words';

function List() {
  const w = words.value.evidence;
  const phones = parts.phones.value;
  if (!phones || phones.list.length === 0 || (phones.list.length === 1 && phones.state !== 'ready')) return null;
  const several = phones.list.length > 1;
  return (
    <>
      {several ? <p>{w.several}</p> : null}
      <ul class="phones">
        {phones.list.map((phone) => (
          <li key={phone.key}>
            <Light state={phone.state === 'ready' ? 'ok' : 'warn'} size={24} quiet />
            <span>
              <b>{phone.model || w.phone}</b>
              {phone.sentence ? <span class="small quiet"> {phone.sentence}</span> : null}
            </span>
            {several && !phone.chosen ? (
              <Button onPress={() => engine().choosePhone(phone.key)} name={`choose-${phone.key}`}>{w.choose(phone.model)}</Button>
            ) : null}
            {several && phone.chosen ? <span class="chip chip-ok">{w.chosen}</span> : null}
          </li>
        ))}
      </ul>
    </>
  );
}

export function Phone() {
  const w = words.value.evidence;
  const [deep, setDeep] = useState(false);
  const phones = parts.phones.value;
  const evidence = parts.case.value;
  const running = task.value;
  if (!phones) return null;
  const ready = phones.state === 'ready';
  return (
    <Section title={w.phone} icon="phone" sub={w.phoneSub} name="phone">
      {phones.state === 'unauthorised' ? <Picture name="allow" /> : null}
      <div role="status" class="stack">
        {phones.list.length === 0 || !ready ? (
          <p class="state-line">
            <Light state={ready ? 'ok' : phones.state === 'none' ? 'unknown' : 'warn'} size={24} quiet />
            <span>{phoneSentence(phones)}</span>
          </p>
        ) : null}
        {phones.asleep && !running ? <p class="small quiet">{w.asleep}</p> : null}
      </div>
      <List />
      {running?.kind === 'diagnose' ? (
        <>
          <Busy text={running.progress || words.value.tasks.running(words.value.tasks.diagnose)} />
          <div class="buttons">
            <Button onPress={() => engine().stop(running.id)}>{words.value.common.stop}</Button>
          </div>
        </>
      ) : ready ? (
        <>
          <label class="check">
            <input type="checkbox" checked={deep} onChange={(event) => setDeep(event.currentTarget.checked)} />
            <span>
              {w.deep}
              <small>{w.deepSub}</small>
            </span>
          </label>
          <div class="buttons">
            <Button look={evidence?.phone ? 'plain' : 'main'} onPress={() => look(true, deep)} name="look">
              {evidence?.phone ? w.lookAgain : w.look}
            </Button>
          </div>
        </>
      ) : null}
      {ready ? null : (
        <More title={w.setup} open={route.value.rest === 'phone' || (phones.state === 'none' && !parts.report.value)}>
          <ol class="steps">
            {w.setupSteps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          <p class="sub">{w.setupNote}</p>
          <p>
            <Term name="adb" />
          </p>
        </More>
      )}
    </Section>
  );
}
