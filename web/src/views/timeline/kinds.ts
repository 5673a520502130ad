// In which lane a kind of event belongs, and whether it is good or bad news.
export const LANES = ['radio', 'app', 'system', 'band'] as const;
export type LaneId = (typeof LANES)[number];

const lanes: [RegExp, LaneId][] = [
  [/^(auth_|band_|fetch_|battery_of_band|probe_)/, 'band'],
  [/^(app_|process_|sync_|force_stop|foreground_|background_|login_|server_|permission|notification|companion|package_)/, 'app'],
  [/^(link_|connect|scan_|bond|pairing_|encryption_|key_missing|gatt_|hci_|smp|controller_|advert|too_many_gatt)/, 'radio'],
];

export function laneOf(kind: string): LaneId {
  return lanes.find(([pattern]) => pattern.test(kind))?.[1] ?? 'system';
}

export const PLAIN = 0;
export const GOOD = 1;
export const BAD = 2;
export type Tone = typeof PLAIN | typeof GOOD | typeof BAD;

const bad = /fail|death|crash|denied|lost|missing|missed|refused|timeout|not_responding|frozen|killed|too_|error|force_stop|_off$/;
const good = /_up$|succeeded|completed|bound$|bonded$|initialised|_on$|_answers$/;

export function toneOf(kind: string): Tone {
  return bad.test(kind) ? BAD : good.test(kind) ? GOOD : PLAIN;
}
