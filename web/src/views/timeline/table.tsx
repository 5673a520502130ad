// The same events as text, for who does not see the picture or would rather read; from the part in view.
import { useEffect, useState } from 'preact/hooks';
import { More } from '../../parts/bits';
import { Button } from '../../parts/button';
import { placeText } from '../../parts/place';
import { number } from '../../state/format';
import { words } from '../../words/words';
import { whereOf } from './detail';
import { LANES } from './kinds';
import { lowerBound, type Model } from './model';
import { fullText } from './times';
import { choose, inView, selected } from './view_state';

const PAGE = 40;

function found(model: Model, wanted: string): Uint32Array {
  const needle = wanted.toLowerCase();
  return model.event.filter((event) => (model.columns.text[event] ?? '').toLowerCase().includes(needle));
}

export function Table({ model }: { model: Model }) {
  const w = words.value.timeline;
  const [open, setOpen] = useState(false);
  return (
    <div class="apart">
      <More title={w.table} name="timeline-table" onOpen={() => setOpen(true)}>
        {open ? <Inside model={model} /> : null}
      </More>
    </div>
  );
}

function Inside({ model }: { model: Model }) {
  const w = words.value.timeline;
  const [page, setPage] = useState(0);
  const [wanted, setWanted] = useState('');
  const { from, to } = inView.value;
  useEffect(() => setPage(0), [from, to, wanted]);
  const first = wanted ? 0 : lowerBound(model.t, from);
  const all = wanted ? found(model, wanted) : model.event.subarray(first, lowerBound(model.t, to, first));
  const rows = [...all.subarray(page * PAGE, (page + 1) * PAGE)];
  return (
    <>
      <p class="sub">{w.tableSub}</p>
      <div class="field">
        <label for="timeline-find">{w.find}</label>
        <input id="timeline-find" class="input" type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
      </div>
      {rows.length === 0 ? <p role="status">{wanted ? w.findNone : w.tableEmpty}</p> : null}
      <div class="table-hold" tabIndex={0} role="region" aria-label={w.table}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{w.columns.time}</th>
              <th scope="col">{w.columns.lane}</th>
              <th scope="col">{w.columns.what}</th>
              <th scope="col">{w.columns.where}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((event) => (
              <tr key={event} class={event === selected.value ? 'chosen' : ''}>
                <td>
                  <button type="button" class="cell" onClick={() => choose(model, event, true)}>
                    {fullText(timeFor(model, event))}
                  </button>
                </td>
                <td class="lane">{w.lanes[LANES[model.lane[event] ?? 0] ?? 'system']}</td>
                <td>{model.columns.text[event]}</td>
                <td class="small quiet">{placeText(whereOf(model, event))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {all.length > PAGE ? (
        <div class="buttons">
          <Button disabled={page === 0} onPress={() => setPage(page - 1)}>
            {w.earlier}
          </Button>
          <span>{`${number(page * PAGE + 1)} – ${number(Math.min(all.length, (page + 1) * PAGE))} / ${number(all.length)}`}</span>
          <Button disabled={(page + 1) * PAGE >= all.length} onPress={() => setPage(page + 1)}>
            {w.later}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function timeFor(model: Model, event: number): number {
  const { aligned, at } = model.columns;
  return (aligned[event] ?? at[event] ?? 0) / 1000;
}
