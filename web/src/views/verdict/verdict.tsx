// What is wrong, in one sentence; how sure; why; what would change it; what to do.
import type { Finding, Report } from '../../engine/report';
import { Card, Chip, More, Section } from '../../parts/bits';
import { Button } from '../../parts/button';
import { Light, type Shine } from '../../parts/light';
import { Place } from '../../parts/place';
import { minutesText, percent, when } from '../../state/format';
import { go } from '../../state/route';
import { parts, task } from '../../state/store';
import { titles } from '../../state/titles';
import { language, words } from '../../words/words';
import { look } from '../home/hero';
import { Causes, causeTitle } from './causes';
import { againstOf, Pieces, proofOf } from './proof';
import './verdict.css';

function well(report: Report): boolean {
  return report.verdict.outcome === 'healthy' || report.verdict.outcome === 'no_trouble_seen';
}

function howSure(report: Report): { shine: Shine; word: string; tone: 'ok' | 'bad' | 'warn' | 'plain' } {
  const w = words.value.verdict;
  if (report.verdict.outcome === 'healthy') return { shine: 'ok', word: w.healthy, tone: 'ok' };
  if (report.verdict.outcome === 'cause' || report.verdict.outcome === 'layer')
    return { shine: 'trouble', word: report.verdict.sure ? w.sure : w.probable, tone: 'bad' };
  return { shine: 'unknown', word: w.unsure, tone: 'plain' };
}

function Sentence({ report }: { report: Report }) {
  const w = words.value.verdict;
  const part = parts.report.value;
  const sure = howSure(report);
  return (
    <div class="sentence">
      <Light state={sure.shine} size={44} quiet />
      <div class="stack">
        <h1 data-name="sentence">{report.verdict.text}</h1>
        {report.verdict.explain ? <p class="lead">{report.verdict.explain}</p> : null}
        <p class="chips">
          <Chip tone={sure.tone}>{sure.word}</Chip>
          {part?.at ? <Chip>{w.at(when(part.at))}</Chip> : null}
          {report.phone?.model ? (
            <Chip>
              {report.phone.maker} {report.phone.model}, Android {report.phone.android}
            </Chip>
          ) : null}
        </p>
      </div>
    </div>
  );
}

function WouldChange({ report }: { report: Report }) {
  const w = words.value.verdict;
  const list = report.explanation?.would_change ?? [];
  const odd = (report.explanation?.contradictions ?? []).filter((one) => one.text);
  return (
    <>
      {list.length > 0 && !well(report) ? (
        <Section title={w.wouldChange} name="would-change">
          <ul class="rows">
            {list.map((one) => (
              <li key={one.finding + String(one.value)}>
                {one.text} <span class="small quiet">{w.chance(Math.round(one.chance * 100))}</span>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {odd.length > 0 ? (
        <Section title={w.contradictions}>
          <ul class="rows">
            {odd.map((one, index) => (
              <li key={index}>{one.text}</li>
            ))}
          </ul>
        </Section>
      ) : null}
    </>
  );
}

// What the readers say stays English (docs/design/0005-languages.md): in another language the finding's own statement comes
// first, and the reader's sentence, with its numbers, below it.
function Said({ finding }: { finding: Finding }) {
  const own = language.value === 'en' ? undefined : titles.value.findings.get(finding.id);
  if (!own || own === finding.text) return <>{finding.text}</>;
  return (
    <>
      {own}
      <span class="said quiet" lang="en">
        {finding.text}
      </span>
    </>
  );
}

function Everything({ report }: { report: Report }) {
  const w = words.value.verdict;
  return (
    <div class="apart">
      <More title={`${w.everything} (${w.findings(report.findings.length)})`}>
        <ul class="rows small">
          {report.findings.map((finding, index) => (
            <li key={index}>
              <span class="chip">{finding.value === false ? w.foundNo : w.foundYes}</span> <Said finding={finding} />
              <Place where={finding.where} />
            </li>
          ))}
        </ul>
      </More>
    </div>
  );
}

function NextCard({ report }: { report: Report }) {
  const w = words.value.verdict;
  const steps = report.plan.steps;
  if (steps.length === 0) {
    if (!report.plan.instead) return null;
    return (
      <Section title={w.next}>
        <p class="sub">{report.plan.instead.text}</p>
      </Section>
    );
  }
  return (
    <Section title={w.next} name="next-step">
      <Card>
        <p>
          <b>{steps[0]?.text}</b>
        </p>
        <p class="quiet">{w.nextSub(w.steps(steps.length), minutesText(report.plan.expected_minutes))}</p>
        <div class="buttons">
          <Button look="main" after="arrow" onPress={() => go('repair')} name="to-repair">
            {w.toRepair}
          </Button>
        </div>
      </Card>
    </Section>
  );
}

export function Verdict() {
  const w = words.value.verdict;
  const part = parts.report.value;
  const evidence = parts.case.value;
  if (!part)
    return (
      <div class="narrow">
        <h1>{w.none}</h1>
        <p class="lead">{w.noneSub}</p>
        <div class="buttons">
          <Button look="main" onPress={() => go('evidence')}>
            {w.noneButton}
          </Button>
        </div>
      </div>
    );
  const { report } = part;
  const proof = proofOf(report);
  const against = againstOf(report);
  return (
    <article class="verdict">
      <Sentence report={report} />
      {evidence?.changed && !task.value ? (
        <div class="banner banner-warn stale">
          <p>{w.stale}</p>
          <Button onPress={() => look(evidence.phone)}>{w.staleButton}</Button>
        </div>
      ) : null}
      <NextCard report={report} />
      <div class="two">
        <Section title={w.proof} sub={proof.length > 0 ? w.proofSub : w.noProof} name="proof">
          <Pieces pieces={proof} name="proof-list" />
        </Section>
        {well(report) ? null : <Causes report={report} />}
      </div>
      {report.verdict.also && report.verdict.also.length > 0 ? (
        <Section title={w.also}>
          <ul class="rows">
            {report.verdict.also.map((one, index) => (
              <li key={index}>
                {one.text ?? causeTitle(one.cause ?? '')} {one.probability ? percent(one.probability) : ''}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {against.length > 0 ? (
        <Section title={w.against} name="against">
          <Pieces pieces={against} name="against-list" />
        </Section>
      ) : null}
      <WouldChange report={report} />
      {part.put_back && part.put_back.length > 0 ? (
        <Section title={w.putBack}>
          <ul class="rows">
            {part.put_back.map((one, index) => (
              <li key={index}>{one.text}</li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Everything report={report} />
    </article>
  );
}
