// One question at a time; back, "I don't know" and "why do you ask" always at hand.
import { useEffect, useRef, useState } from 'preact/hooks';
import { EngineError } from '../../engine/engine';
import type { Interview, InterviewQuestion } from '../../engine/parts';
import { Busy, More, Section } from '../../parts/bits';
import { Button } from '../../parts/button';
import { taskName } from '../../state/task_name';
import { act } from '../../state/act';
import { go } from '../../state/route';
import { engine, parts, task } from '../../state/store';
import { language, words } from '../../words/words';
import { ReadAgain } from './read_again';

export function QuestionsCard() {
  const w = words.value.evidence;
  const interview = parts.interview.value;
  const answers = parts.case.value?.answers ?? 0;
  return (
    <Section title={w.questions} icon="help" sub={w.questionsSub} name="questions">
      {answers > 0 ? <p>{w.answered(answers)}</p> : null}
      <div class="buttons">
        <Button onPress={() => go('evidence', 'questions')} name="ask">
          {interview?.end === 'open' && answers > 0 ? w.askGoOn : w.askStart}
        </Button>
        {answers > 0 ? (
          <Button look="quiet" onPress={() => engine().interviewStart(true).then(() => go('evidence', 'questions'))}>
            {w.askAgain}
          </Button>
        ) : null}
      </div>
    </Section>
  );
}

function Answers({ question }: { question: InterviewQuestion }) {
  const w = words.value.common;
  const give = (answer: string) => () => engine().interviewAnswer(question.id, answer);
  if (question.options.length > 0)
    return (
      <ul class="options">
        {question.options.map((option) => (
          <li key={option.id}>
            <Button onPress={give(option.id)} name={`option-${option.id}`}>
              {option.words}
            </Button>
          </li>
        ))}
        <li>
          <Button onPress={give('none')} name="option-none">
            {noneWords(question)}
          </Button>
        </li>
        <li>
          <Button look="quiet" onPress={give('unknown')} name="answer-unknown">
            {w.dontKnow}
          </Button>
        </li>
      </ul>
    );
  return (
    <div class="buttons answers">
      <Button big onPress={give('yes')} name="answer-yes">
        {w.yes}
      </Button>
      <Button big onPress={give('no')} name="answer-no">
        {w.no}
      </Button>
      <Button big look="quiet" onPress={give('unknown')} name="answer-unknown">
        {w.dontKnow}
      </Button>
    </div>
  );
}

// A button's words begin large, as those above it.
function noneWords(question: InterviewQuestion): string {
  const said = question.none_words || words.value.common.none;
  return said.charAt(0).toLocaleUpperCase(language.value) + said.slice(1);
}

function Why({ question }: { question: InterviewQuestion }) {
  const w = words.value;
  const said: Record<string, string> = { yes: w.common.yes, no: w.common.no, none: noneWords(question) };
  // What would not move the number is not worth a line.
  const leanings = question.leanings?.filter((lean) => Math.round(lean.before * 100) !== Math.round(lean.after * 100));
  return (
    <More title={w.questions.why} key={question.id} name="why">
      <p>{question.why}</p>
      {question.saves_minutes && question.saves_minutes >= 1 ? <p>{w.questions.saves(Math.round(question.saves_minutes))}</p> : null}
      {leanings?.map((lean) => (
        <p key={lean.answer + lean.cause} class="small quiet">
          {w.questions.leaning(
            said[lean.answer] ?? question.options.find((one) => one.id === lean.answer)?.words ?? lean.answer,
            lean.cause,
            Math.round(lean.before * 100),
            Math.round(lean.after * 100),
          )}
        </p>
      ))}
    </More>
  );
}

function Asking({ interview, question }: { interview: Interview; question: InterviewQuestion }) {
  const w = words.value;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [question.id]);
  return (
    <>
      <p class="quiet">
        {w.questions.number(interview.number)}
        {interview.more > 0 ? ` · ${w.questions.more(interview.more)}` : ''}
      </p>
      <h1 ref={heading} tabIndex={-1} data-name="question" data-id={question.id}>
        {question.text}
      </h1>
      <Answers question={question} />
      <Why question={question} />
    </>
  );
}

export function Questions() {
  const w = words.value;
  const interview = parts.interview.value;
  const running = task.value;
  const begun = useRef(false);
  const [failed, setFailed] = useState(false);
  const [unread, setUnread] = useState(false);
  const read = parts.report.value?.at;
  const begin = async () => {
    const changed = parts.case.value?.changed ?? false;
    try {
      await engine().interviewStart(false);
    } catch (error) {
      // After a restart: what the questions build on is to be read again first.
      if (changed && error instanceof EngineError && error.code === 'refused') setUnread(true);
      else setFailed(!(await act(() => Promise.reject(error))));
    }
  };
  useEffect(() => {
    if (!unread) return;
    setUnread(false); // read by now
    void begin();
  }, [read]);
  useEffect(() => {
    // Once: when it is ended, it must not begin again before the verdict is shown.
    if (interview || running || begun.current) return;
    begun.current = true;
    void begin();
  }, [interview === null, running === null]);
  const end = async () => {
    await engine().interviewEnd();
    go('verdict');
  };
  if (!interview)
    return (
      <div class="narrow">
        <h1>{w.questions.title}</h1>
        {unread ? (
          <ReadAgain />
        ) : failed ? (
          <div class="buttons">
            <Button onPress={begin}>{w.repair.tryAgain}</Button>
          </div>
        ) : (
          <Busy text={running ? w.tasks.running(taskName(running.kind)) : w.common.moment} />
        )}
      </div>
    );
  const over = { enough: w.questions.enough, nothing_left: w.questions.nothing, limit: w.questions.limit, open: '' };
  return (
    <div class="narrow asking">
      {interview.question ? (
        <Asking interview={interview} question={interview.question} />
      ) : (
        <h1>{over[interview.end] || w.questions.enough}</h1>
      )}
      <div class="buttons">
        {interview.can_back ? (
          <Button look="quiet" icon="left" onPress={() => engine().interviewBack()} name="back">
            {w.common.back}
          </Button>
        ) : null}
        <Button look={interview.question ? 'quiet' : 'main'} onPress={end} name="interview-end">
          {interview.question ? w.questions.endNow : w.questions.end}
        </Button>
      </div>
      {interview.answers.length > 0 ? (
        <More title={w.questions.given}>
          <ul class="rows">
            {interview.answers.map((answer) => (
              <li key={answer.question}>
                {answer.text} <b>{answer.words}</b>
              </li>
            ))}
          </ul>
        </More>
      ) : null}
    </div>
  );
}
