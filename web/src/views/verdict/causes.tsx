// The causes, each with its probability as a bar.
import { useState } from 'preact/hooks';
import type { Report } from '../../engine/report';
import { Bar, Section } from '../../parts/bits';
import { Button } from '../../parts/button';
import { Term } from '../../parts/term';
import { readable, titles } from '../../state/titles';
import { words } from '../../words/words';

const FIRST = 5;
const MOST = 20;
const VISIBLE = 0.005;

export function causeTitle(id: string): string {
  if (id === 'none_of_these') return words.value.verdict.noneOfThese;
  return titles.value.causes.get(id)?.title ?? readable(id);
}

export function Causes({ report }: { report: Report }) {
  const w = words.value.verdict;
  const [all, setAll] = useState(false);
  const some = report.causes.filter((cause) => cause.probability >= VISIBLE).slice(0, MOST);
  const shown = all ? some : some.slice(0, FIRST);
  return (
    <Section title={w.causes} name="causes">
      <p class="sub">
        {w.causesSub} <Term name="probability" />
      </p>
      <ul class="causes">
        {shown.map((cause, index) => {
          const known = titles.value.causes.get(cause.id);
          return (
            <li key={cause.id} data-cause={cause.id}>
              <p class="cause-title">
                <b>{causeTitle(cause.id)}</b>
                {known ? <span class="small quiet"> {titles.value.layers.get(cause.layer) ?? ''}</span> : null}
              </p>
              <Bar value={cause.probability} tone={index === 0 && report.verdict.cause === cause.id ? 'ink' : 'plain'} />
            </li>
          );
        })}
      </ul>
      {some.length > FIRST ? (
        <div class="buttons">
          <Button look="quiet" onPress={() => setAll(!all)}>
            {all ? w.fewerCauses : w.moreCauses(some.length - FIRST)}
          </Button>
        </div>
      ) : null}
    </Section>
  );
}
