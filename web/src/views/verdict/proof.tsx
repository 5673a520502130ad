// What proves the verdict: each piece with the very line or packet, and the way to it in the timeline.
import type { Finding, Moved, Report } from '../../engine/report';
import { Place } from '../../parts/place';
import { href } from '../../state/route';
import { parts } from '../../state/store';
import { words } from '../../words/words';

export interface Piece {
  id: string;
  text: string;
  weight: number;
  finding: Finding | undefined;
}

const MOST = 8;
const LITTLE = 0.1; // in log-odds: less does not move anything that a person would notice

function findingOf(report: Report, moved: Moved): Finding | undefined {
  return (
    report.findings.find((one) => one.id === moved.finding && one.text === moved.text) ??
    report.findings.find((one) => one.id === moved.finding)
  );
}

function fromMoved(report: Report, sign: 1 | -1): Piece[] {
  return (report.explanation?.moved_by ?? [])
    .filter((moved) => moved.log_odds * sign > LITTLE)
    .sort((a, b) => (b.log_odds - a.log_odds) * sign)
    .slice(0, MOST)
    .map((moved) => ({
      id: moved.finding,
      text: moved.text,
      weight: Math.abs(moved.log_odds),
      finding: findingOf(report, moved),
    }));
}

// Of a verdict of health: what shows that each layer works.
function ofHealth(report: Report): Piece[] {
  const ids = new Set(report.layers.filter((layer) => layer.state === 'ok').flatMap((layer) => layer.shown_by ?? []));
  return [...ids].flatMap((id) => {
    const finding = report.findings.find((one) => one.id === id);
    return finding ? [{ id, text: finding.text, weight: 0, finding }] : [];
  });
}

export function proofOf(report: Report): Piece[] {
  const well = report.verdict.outcome === 'healthy' || report.verdict.outcome === 'no_trouble_seen';
  return well ? ofHealth(report) : fromMoved(report, 1);
}
export function againstOf(report: Report): Piece[] {
  const well = report.verdict.outcome === 'healthy' || report.verdict.outcome === 'no_trouble_seen';
  return well ? [] : fromMoved(report, -1);
}

function weightWord(weight: number): string {
  const w = words.value.verdict;
  if (weight === 0) return '';
  return w.weighs(weight > 1.5 ? w.weight.strong : weight > 0.5 ? w.weight.some : w.weight.little);
}

export function Pieces({ pieces, name }: { pieces: Piece[]; name: string }) {
  const w = words.value.verdict;
  const sources: Record<string, string> = { ...w.sources };
  const part = parts.report.value;
  const events = part?.timeline_events ?? 0;
  const has = (piece: Piece) =>
    events > 0 && (part?.in_timeline ? part.in_timeline.includes(piece.id) : piece.finding?.where.time !== undefined);
  return (
    <ol class="proof" data-name={name}>
      {pieces.map((piece) => (
        <li key={piece.id + piece.text} data-finding={piece.id}>
          <p>{piece.text}</p>
          <p class="proof-source">
            {piece.finding ? <span class="chip">{sources[piece.finding.source] ?? piece.finding.source}</span> : null}
            {piece.weight > 0 ? <span class="small quiet">{weightWord(piece.weight)}</span> : null}
            {piece.finding && piece.finding.source !== 'person' ? <Place where={piece.finding.where} /> : null}
          </p>
          {has(piece) ? (
            <a class="small" href={href('timeline', piece.id)}>
              {w.showLine}
            </a>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
