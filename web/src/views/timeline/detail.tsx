// The line of what is pointed at or chosen.
import { Chip } from '../../parts/bits';
import { Place } from '../../parts/place';
import { bytes, duration } from '../../state/format';
import { report } from '../../state/store';
import { titles } from '../../state/titles';
import { words } from '../../words/words';
import { reasonText } from './canvas';
import { LANES } from './kinds';
import type { LinkBar, Model } from './model';
import { fullText } from './times';
import { hover, selected, selectedLink, timeOf } from './view_state';

export function eventText(model: Model, event: number): string {
  const at = timeOf(model, event);
  return event < 0 ? '' : `${at === undefined ? '' : fullText(at)} ${model.columns.text[event] ?? ''}`;
}

export function whereOf(model: Model, event: number) {
  const { columns } = model;
  const place = columns.places[columns.place[event] ?? 0];
  return {
    file: place?.file ?? '',
    member: place?.member ?? '',
    line: columns.line[event] ?? 0,
    packet: columns.packet[event] ?? 0,
    offset: columns.offset[event] ?? 0,
  };
}

// A finding may be that something is not so.
function isSo(finding: string): boolean {
  return report.value?.findings.find((one) => one.id === finding)?.value !== false;
}

function EventDetail({ model, event }: { model: Model; event: number }) {
  const w = words.value.timeline;
  const at = timeOf(model, event);
  const proves = [...model.proofs].filter(([, one]) => one === event).map(([finding]) => finding);
  const lane = LANES[model.lane[event] ?? 0] ?? 'system';
  return (
    <>
      <p class="small quiet">
        {at === undefined ? '' : fullText(at)} · {w.lanes[lane]}
      </p>
      <p data-name="timeline-line">{model.columns.text[event]}</p>
      <Place where={whereOf(model, event)} />
      {proves.map((finding) => (
        <p key={finding}>
          <Chip tone="ok">{(isSo(finding) ? w.proofOf : w.proofAgainst)(titles.value.findings.get(finding) ?? finding.replace(/_/g, ' '))}</Chip>
        </p>
      ))}
    </>
  );
}

function LinkDetail({ bar }: { bar: LinkBar }) {
  const w = words.value.timeline;
  const { link, rssi } = bar;
  const names: Record<string, string> = { ...w.stage };
  const dbm = rssi ? [rssi.before, rssi.median, rssi.after].filter((one) => one !== undefined) : [];
  return (
    <>
      <p class="small quiet">
        {fullText(bar.from)} – {bar.open ? w.linkOpen : fullText(bar.to)}
      </p>
      <p>
        <b>{w.link(link.peer)}</b> {w.linkFor(duration((bar.to - bar.from) / 1000))}, {reasonText(bar)}
      </p>
      <p class="small">{link.text}</p>
      <p class="small quiet">
        {[
          w.bytes(bytes(link.bytes_in), bytes(link.bytes_out)),
          dbm.length > 0 ? w.rssi(dbm.join(' → ')) : '',
          link.stages.length > 0 ? w.stages(link.stages.map((stage) => names[stage] ?? stage).join(', ')) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </>
  );
}

export function Detail({ model }: { model: Model }) {
  const event = hover.value >= 0 ? hover.value : selected.value;
  const bar = event < 0 ? model.links[selectedLink.value] : undefined;
  return (
    <div class="timeline-detail" data-name="timeline-detail">
      {event >= 0 ? (
        <EventDetail model={model} event={event} />
      ) : bar ? (
        <LinkDetail bar={bar} />
      ) : (
        <p class="quiet">{words.value.timeline.point}</p>
      )}
    </div>
  );
}
