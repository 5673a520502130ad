// The very place where something was read.
import type { Where } from '../engine/report';
import { words } from '../words/words';

// What came over the cable has no file; the readers call it "phone". Nor has what the band said.
const ASKED_BAND = 'the band, asked by this computer';
function base(path: string): string {
  if (path === ASKED_BAND) return words.value.verdict.askedBand;
  return path === 'phone' ? words.value.verdict.sources.phone : (path.split('/').pop() ?? path);
}

export function placeText(where: Where): string {
  const w = words.value.verdict.place;
  const bits: string[] = [];
  if (where.file) bits.push(base(where.file));
  if (where.member) bits.push(where.member);
  if (where.packet) bits.push(w.packet(where.packet));
  else if (where.line) bits.push(w.line(where.line));
  else if (where.offset) bits.push(w.offset(where.offset));
  return bits.join(' › ');
}

export function Place({ where }: { where: Where }) {
  const w = words.value.verdict.place;
  const exact = where.packet
    ? w.packet(where.packet)
    : where.line
      ? w.line(where.line)
      : where.offset
        ? w.offset(where.offset)
        : '';
  if (!where.file && !exact) return null;
  return (
    <span class="place">
      {where.file ? <span class="place-file">{base(where.file)}</span> : null}
      {where.member ? <span class="place-member">{where.member}</span> : null}
      {exact ? <span class="place-exact">{exact}</span> : null}
      {where.time ? <time class="place-time">{where.time.text}</time> : null}
    </span>
  );
}

