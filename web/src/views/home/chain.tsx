// Phone, four layers, band: one chain, a light for each. Where it is broken one sees at a glance.
import type { LayerState } from '../../engine/report';
import { Icon, type IconName } from '../../parts/icons';
import { Light } from '../../parts/light';
import { report } from '../../state/store';
import { words } from '../../words/words';

// In the order in which a minute of sleep has to pass, backwards.
export const CHAIN = ['phone', 'app', 'link', 'binding', 'firmware', 'band'] as const;
export type ChainId = (typeof CHAIN)[number];

interface Node {
  id: ChainId;
  state: LayerState;
  text: string;
}

function nodes(): Node[] {
  const w = words.value.chain;
  const found = report.value;
  return CHAIN.map((id) => {
    const layer = found?.layers.find((one) => one.id === id);
    return { id, state: layer?.state ?? 'unknown', text: layer?.text ?? w.none };
  });
}

export function Chain() {
  const w = words.value.chain;
  const known = report.value !== null;
  return (
    <section class="chain-hold" aria-label={w.title} data-name="lights">
      <ol class="chain">
        {nodes().map((node) => (
          <li key={node.id} class={`chain-node chain-${node.state}`} data-name={`light-${node.id}`} data-state={node.state}>
            <span class="chain-mark">
              <Icon name={node.id as IconName} size={26} />
              <Light state={node.state} size={24} />
            </span>
            <span class="chain-words">
              <h2>{w[node.id]}</h2>
              <p>{known ? node.text : w.why[node.id]}</p>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
