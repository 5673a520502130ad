import { Section } from '../../parts/bits';
import { words } from '../../words/words';
import './help.css';

export function Help() {
  const w = words.value.help;
  const terms = Object.entries({ ...words.value.terms }) as [string, readonly string[]][];
  return (
    <div class="narrow help">
      <h1>{w.title}</h1>
      <Section title={w.how}>
        <ol class="steps">
          {w.howSteps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Section>
      <Section title={w.safe}>
        <p>{w.safeText}</p>
      </Section>
      <Section title={w.nothingHelps}>
        <p>{w.nothingHelpsText}</p>
      </Section>
      <Section title={w.words} sub={w.wordsSub} name="words">
        <dl class="glossary">
          {terms.map(([id, [title, text]]) => (
            <div key={id}>
              <dt>{title}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title={w.keyboard}>
        <p>{w.keyboardText}</p>
      </Section>
    </div>
  );
}
