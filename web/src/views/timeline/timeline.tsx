// Radio, app, system and band in one picture on one clock, linked with the verdict's proof.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { EngineError } from '../../engine/engine';
import type { TimelineColumns } from '../../engine/tables';
import { Busy } from '../../parts/bits';
import { Button } from '../../parts/button';
import { Term } from '../../parts/term';
import { sentenceOf } from '../../state/act';
import { number } from '../../state/format';
import { go, route } from '../../state/route';
import { engine, parts, report } from '../../state/store';
import { words } from '../../words/words';
import { ReadAgain } from '../evidence/read_again';
import { proofOf } from '../verdict/proof';
import { Picture } from './canvas';
import { Detail } from './detail';
import { buildModel, clockChoices, clockOf, lowerBound, probed, PROBE, type ClockChoice, type Model } from './model';
import { Table } from './table';
import { choose, dense, hover, inView, pan, selected, selectedLink, show, step, whole, zoom } from './view_state';
import './timeline.css';

function Tools({ model }: { model: Model }) {
  const w = words.value.timeline;
  const { from, to } = inView.value;
  const first = lowerBound(model.t, from);
  const count = lowerBound(model.t, to, first) - first;
  return (
    <div class="timeline-tools">
      <div class="buttons compact">
        <Button icon="left" label={w.earlier} onPress={() => pan(model, -0.5)}>
          {w.earlier}
        </Button>
        <Button after="right" label={w.later} onPress={() => pan(model, 0.5)}>
          {w.later}
        </Button>
        <Button icon="plus" label={w.zoomIn} onPress={() => zoom(model, 0.5)} name="zoom-in">
          {w.zoomIn}
        </Button>
        <Button icon="minus" label={w.zoomOut} onPress={() => zoom(model, 2)} name="zoom-out">
          {w.zoomOut}
        </Button>
        <Button onPress={() => show(model, whole(model).from, whole(model).to)}>{w.all}</Button>
      </div>
      <p class="small quiet" data-name="in-view">
        {number(count)} / {w.events(model.t.length)}
      </p>
    </div>
  );
}

function Proofs({ model, reveal }: { model: Model; reveal: (event: number) => void }) {
  const w = words.value.timeline;
  const found = report.value;
  const pieces = found ? proofOf(found).filter((piece) => model.proofs.has(piece.id)) : [];
  if (pieces.length === 0) return null;
  return (
    <div class="timeline-proofs">
      <h2>{w.proofs}</h2>
      <ul class="options">
        {pieces.map((piece) => (
          <li key={piece.id}>
            <Button onPress={() => reveal(model.proofs.get(piece.id) ?? -1)} name={`proof-${piece.id}`}>
              {piece.text}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Legend({ model }: { model: Model }) {
  const w = words.value.timeline;
  return (
    <ul class="timeline-legend small">
      <li class="legend-good">{w.legend.good}</li>
      <li class="legend-bad">{w.legend.bad}</li>
      <li class="legend-plain">{w.legend.plain}</li>
      <li class="legend-link">{w.legend.link}</li>
      {model.proofs.size > 0 ? <li class="legend-proof">{w.legend.proof}</li> : null}
      <li class="legend-text">
        <Term name="rssi" />
      </li>
    </ul>
  );
}

function Loaded({ columns }: { columns: TimelineColumns }) {
  const w = words.value.timeline;
  const choices = useMemo(() => clockChoices(columns), [columns]);
  const [clock, setClock] = useState<ClockChoice>(choices[0] ?? 'all');
  const wanted = useRef<number>();
  const model = useMemo(() => buildModel(columns, clock), [columns, clock]);
  const { rest } = route.value;
  // What is asked for may stand on a clock of its own.
  const reveal = (event: number) => {
    const own = clockOf(columns, event, choices);
    if (own !== undefined && own !== clock) {
      wanted.current = event;
      setClock(own);
    } else choose(model, event, true);
  };
  useEffect(() => {
    selected.value = -1;
    selectedLink.value = -1;
    hover.value = -1;
    inView.value = dense(model);
    const event = wanted.current ?? (rest === PROBE ? probed(columns) : model.proofs.get(rest));
    wanted.current = undefined;
    if (event !== undefined) reveal(event);
  }, [model, rest]);
  if (columns.at.length === 0) return <p class="lead">{w.empty}</p>;
  return (
    <>
      {choices.length > 1 ? (
        <div class="field">
          <label for="clock">{w.clock}</label>
          <select
            id="clock"
            class="select"
            value={String(clock)}
            onChange={(event) => setClock(event.currentTarget.value === 'all' ? 'all' : Number(event.currentTarget.value))}
          >
            {choices.map((one) => (
              <option key={one} value={String(one)}>
                {one === 'all' ? w.clockCommon : w.clockApart(columns.clocks[one]?.source ?? '')}
              </option>
            ))}
          </select>
          {clock !== 'all' && columns.clocks[clock]?.text ? <p class="small quiet">{columns.clocks[clock]?.text}</p> : null}
        </div>
      ) : null}
      <Tools model={model} />
      <Picture model={model} />
      <Detail model={model} />
      <div class="buttons">
        <Button look="quiet" icon="left" onPress={() => choose(model, step(model, -1))} name="event-previous">
          {w.previous}
        </Button>
        <Button look="quiet" after="right" onPress={() => choose(model, step(model, 1))} name="event-next">
          {w.nextOne}
        </Button>
      </div>
      <Legend model={model} />
      {model.links.length > 0 && !model.rssi ? <p class="small quiet">{w.strengthNone}</p> : null}
      {model.unknown > 0 ? <p class="small quiet">{w.noTime(model.unknown)}</p> : null}
      <Proofs model={model} reveal={reveal} />
      <Table model={model} />
      <p class="small quiet apart-small">{w.keys}</p>
    </>
  );
}

export function Timeline() {
  const w = words.value.timeline;
  const at = parts.report.value?.at;
  const [columns, setColumns] = useState<TimelineColumns | null>(null);
  const [trouble, setTrouble] = useState('');
  const [unread, setUnread] = useState(false);
  useEffect(() => {
    let alive = true;
    setTrouble('');
    setUnread(false);
    if (at === undefined) setColumns(null);
    else
      engine()
        .timeline()
        .then((table) => alive && setColumns(table))
        .catch((error: unknown) => {
          if (!alive) return;
          if (error instanceof EngineError && error.code === 'not_found') setUnread(true);
          else setTrouble(sentenceOf(error));
        });
    return () => {
      alive = false;
    };
  }, [at]);
  if (at === undefined)
    return (
      <div class="narrow">
        <h1>{w.none}</h1>
        <p class="lead">{w.noneSub}</p>
        <div class="buttons">
          <Button look="main" onPress={() => go('evidence')}>
            {words.value.verdict.noneButton}
          </Button>
        </div>
      </div>
    );
  return (
    <div class="timeline">
      <h1>{w.title}</h1>
      <p class="lead">{w.sub}</p>
      {unread ? <ReadAgain /> : trouble ? <p role="alert">{trouble}</p> : columns ? <Loaded columns={columns} /> : <Busy text={w.loading} />}
    </div>
  );
}
