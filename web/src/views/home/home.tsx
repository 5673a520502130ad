// The first page: one sentence, one big button, the chain of lights.
import { href } from '../../state/route';
import { next } from '../../state/next';
import { parts, report, task } from '../../state/store';
import { words } from '../../words/words';
import { Busy } from '../../parts/bits';
import { Button } from '../../parts/button';
import { Icon } from '../../parts/icons';
import { LookTrouble } from '../evidence/trouble';
import { phoneTitle } from '../evidence/phone_words';
import { Chain } from './chain';
import { Hero, heroOf, startRepair } from './hero';
import './home.css';

function Connected() {
  const w = words.value;
  const phones = parts.phones.value;
  const evidence = parts.case.value;
  if (!phones || !evidence) return null;
  const here = phones.list.filter((phone) => phone.state === 'ready');
  return (
    <ul class="connected" aria-label={w.home.connected} data-name="connected">
      {here.length > 0 ? <li class="quiet">{w.home.connected}:</li> : null}
      <li class={here.length > 0 ? 'on' : ''}>
        <Icon name="phone" />
        {here.length > 0 ? here.map((phone) => phone.model).join(', ') : phoneTitle(phones)}
      </li>
      {evidence.files.length > 0 ? (
        <li class="on">
          <Icon name="file" />
          {w.home.filesCount(evidence.files.length)}
        </li>
      ) : null}
      {evidence.answers > 0 ? (
        <li class="on">
          <Icon name="help" />
          {w.home.answersCount(evidence.answers)}
        </li>
      ) : null}
    </ul>
  );
}

function Ways() {
  const w = words.value.home;
  const now = next.value;
  const beginning = now === 'connect' || now === 'phone' || now === 'look';
  return (
    <nav class="ways" aria-label={w.otherWays}>
      {beginning ? (
        <>
          <a href={href('evidence', 'questions')}>{w.noCable}</a>
          <a href={href('evidence', 'files')}>{w.haveFiles}</a>
        </>
      ) : null}
      {report.value && !task.value ? (
        <>
          <a href={href('verdict')}>{w.details}</a>
          {now === 'mend' || now === 'everyday' || now === 'steps' || now === 'proved' ? (
            <a href={href('evidence')}>{w.again}</a>
          ) : null}
        </>
      ) : null}
    </nav>
  );
}

export function Home() {
  const hero = heroOf(next.value);
  const running = task.value;
  return (
    <>
      <div class="hero" data-name="hero" data-next={next.value}>
        <LookTrouble />
        <Hero hero={hero} />
        {running && !running.question && running.progress ? <Busy text={running.progress} /> : null}
        {hero.button ? (
          <div class="hero-act">
            <Button look="main" big after="arrow" onPress={hero.press} name="next">
              {hero.button}
            </Button>
            {next.value === 'everyday' ? (
              <Button look="quiet" onPress={startRepair} name="not-so">
                {words.value.home.notSoLink}
              </Button>
            ) : null}
          </div>
        ) : null}
        <Ways />
        <Connected />
      </div>
      <Chain />
    </>
  );
}
