// Where on the picture what is drawn: rows from above to below, in CSS pixels.
import { LANES, type LaneId } from './kinds';
import type { Model } from './model';

export interface Row {
  what: 'events' | 'links' | 'rssi' | 'bytes';
  lane: LaneId;
  top: number;
  height: number;
}

export const AXIS = 28;
const EVENTS = 58;

export function rowsOf(model: Model): { rows: Row[]; height: number } {
  const rows: Row[] = [];
  let top = AXIS;
  const add = (what: Row['what'], lane: LaneId, height: number) => {
    rows.push({ what, lane, top, height });
    top += height;
  };
  for (const lane of LANES) {
    add('events', lane, EVENTS);
    if (lane === 'radio' && model.links.length > 0) add('links', lane, 30);
    if (lane === 'radio' && model.rssi) add('rssi', lane, 46);
    if (lane === 'app' && model.bytes > 0) add('bytes', lane, 34);
  }
  return { rows, height: top };
}
