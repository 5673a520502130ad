// The question that a repair has open, and the answers that it takes: exactly those of the terminal.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Question } from '../../engine/parts';
import { Button } from '../../parts/button';
import { Icon } from '../../parts/icons';
import { engine } from '../../state/store';
import { words } from '../../words/words';
import { Commands } from './commands';

interface Choice {
  answer: string;
  text: string;
  look: 'main' | 'plain';
}

function choices(question: Question): Choice[] {
  const w = words.value.repair;
  const c = words.value.common;
  const yesNo = (yes: string, no: string): Choice[] => [
    { answer: 'yes', text: yes, look: 'main' },
    { answer: 'no', text: no, look: 'plain' },
  ];
  switch (question.kind) {
    case 'done':
      return [
        { answer: 'done', text: w.done, look: question.owner ? 'plain' : 'main' },
        { answer: 'not_done', text: w.notDone, look: 'plain' },
      ];
    case 'finding':
      return [
        { answer: 'yes', text: c.yes, look: 'plain' },
        { answer: 'no', text: c.no, look: 'plain' },
        { answer: 'unknown', text: c.dontKnow, look: 'plain' },
      ];
    case 'choice':
      return [
        { answer: 'none', text: question.none_words || c.none, look: 'plain' },
        ...(question.about === 'question' ? [{ answer: 'unknown', text: c.dontKnow, look: 'plain' as const }] : []),
      ];
    case 'typed_word':
      return [{ answer: 'no', text: ['reset', 'bind', 'update'].includes(question.about) ? c.no : w.skip, look: 'plain' }];
    case 'yes_no_stop':
      switch (question.about) {
        case 'roll_back':
          return yesNo(w.rollYes, w.rollNo);
        case 'again':
          return yesNo(w.againYes, w.againNo);
        case 'harmless':
          return yesNo(w.harmlessYes, w.harmlessNo);
        case 'restart_check':
          return yesNo(w.restartYes, w.restartNo);
        default:
          return yesNo(w.doIt, w.skip);
      }
  }
}

function Typed({ question }: { question: Question }) {
  const w = words.value.repair;
  const [typed, setTyped] = useState('');
  const wanted = question.word ?? '';
  const [wrong, setWrong] = useState(false);
  const send = () => {
    if (typed.trim() !== wanted) {
      setWrong(true);
      return undefined;
    }
    return engine().answer(question.id, { answer: 'typed', word: typed.trim() });
  };
  return (
    <div class="field typed">
      <label for="typed-word">{w.typeWord(wanted)}</label>
      <input
        id="typed-word"
        class="input"
        value={typed}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        aria-invalid={wrong}
        aria-describedby={wrong ? 'typed-wrong' : undefined}
        data-name="typed"
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setWrong(false);
        }}
      />
      {wrong ? (
        <p id="typed-wrong" class="wrong" role="alert">
          {w.wrongWord(wanted)}
        </p>
      ) : null}
      <div class="buttons">
        <Button look="danger" onPress={send} name="answer-typed">
          {w.typed}
        </Button>
      </div>
    </div>
  );
}

// A phone that does not exist is in nobody's hand: whoever made it up has an owner for it, too.
function Owner({ press }: { press: () => Promise<void> }) {
  const w = words.value.repair;
  return (
    <div class="demo-owner" data-name="owner">
      <p>
        <b>{words.value.simulated.badge}.</b> {w.ownerSub}
      </p>
      <Button look="main" onPress={press} name="answer-owner">
        {w.owner}
      </Button>
    </div>
  );
}

export function Ask({ question }: { question: Question }) {
  const w = words.value.repair;
  const heading = useRef<HTMLHeadingElement>(null);
  const say = (answer: string) => () => engine().answer(question.id, { answer });
  useEffect(() => heading.current?.focus({ preventScroll: false }), [question.id]);
  const harm: Record<string, string> = { ...w.harm };
  return (
    <div class="ask" data-name="ask" data-question={question.id} data-kind={question.kind} data-about={question.about}>
      <h2 ref={heading} tabIndex={-1}>
        <Icon name="hand" size={24} />
        <span>{question.text || w.waiting}</span>
      </h2>
      {question.harm && question.harm !== 'harmless' ? (
        <p class="chips">
          <span class={`chip chip-${question.harm === 'lossy' ? 'bad' : 'warn'}`}>{harm[question.harm]}</span>
        </p>
      ) : null}
      {question.details && question.details.length > 0 ? (
        <ul class="dots">
          {question.details.map((line, index) => (
            <li key={index}>{line}</li>
          ))}
        </ul>
      ) : null}
      {question.opened ? <p>{w.opened}</p> : null}
      {question.page ? <p>{w.find(question.page)}</p> : null}
      {question.why ? <p class="sub">{question.why}</p> : null}
      {question.preview ? (
        <Commands lines={question.commands ?? null} onOpen={() => engine().preview(question.id)} />
      ) : null}
      {question.owner ? <Owner press={say('owner')} /> : null}
      {question.kind === 'typed_word' ? <Typed question={question} /> : null}
      {question.kind === 'choice' ? (
        <ul class="options">
          {(question.options ?? []).map((option, index) => (
            <li key={index}>
              <Button onPress={() => engine().answer(question.id, { answer: 'choose', choice: index })} name={`choice-${index}`}>
                {option}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <div class="buttons">
        {choices(question).map((choice) => (
          <Button key={choice.answer} look={choice.look} onPress={say(choice.answer)} name={`answer-${choice.answer}`}>
            {choice.text}
          </Button>
        ))}
      </div>
    </div>
  );
}
