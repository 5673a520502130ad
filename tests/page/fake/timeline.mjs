// A timeline as GET /api/1/timeline gives it: from a recorded report, or made up as large as wanted.
const KINDS = [
  'link_up', 'link_down', 'connect_attempt', 'connect_failed', 'scan_start', 'process_death', 'process_start', 'sync_started',
  'sync_completed', 'fetch_opened', 'fetch_closed', 'auth_succeeded', 'band_battery', 'bluetooth_off', 'bluetooth_on', 'permission_changed',
];

function micros(text) {
  const found = /^(?:(\d{4})-)?(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d+))?/.exec(text ?? '');
  if (!found) return null;
  const [, year, month, day, h, m, s, part = '0'] = found;
  return Date.UTC(Number(year ?? 2000), month - 1, day, h, m, s) * 1000 + Number(part.padEnd(6, '0').slice(0, 6));
}

export function timelineOf(recorded) {
  const index = (list, value) => {
    const found = list.findIndex((one) => JSON.stringify(one) === JSON.stringify(value));
    return found >= 0 ? found : list.push(value) - 1;
  };
  const table = empty(recorded.clocks.map((clock) => ({ clock: clock.clock, source: clock.source, common: clock.common, text: clock.text ?? '' })));
  for (const event of recorded.timeline) {
    table.at.push(micros(event.time));
    table.aligned.push(micros(event.aligned?.text));
    table.clock.push(Math.max(0, recorded.clocks.findIndex((clock) => clock.clock === event.clock)));
    table.kind.push(index(table.kinds, event.kind));
    table.source.push(index(table.sources, event.source));
    table.place.push(index(table.places, { file: event.where.file ?? '', member: event.where.member ?? '' }));
    table.line.push(event.where.line ?? 0);
    table.packet.push(event.where.packet ?? 0);
    table.offset.push(event.where.offset ?? 0);
    table.text.push(event.text);
  }
  recorded.report.findings.forEach((finding) => {
    const event = recorded.timeline.findIndex(
      (one) => one.where.file === finding.where.file && one.where.member === finding.where.member && one.where.line === finding.where.line && finding.where.line,
    );
    if (event >= 0) table.proof.push({ finding: finding.id, event });
  });
  const ups = table.text.map((_, i) => i).filter((i) => table.kinds[table.kind[i]] === 'link_up' && table.aligned[i] !== null);
  for (const [n, i] of ups.entries())
    if (n % 4 === 0)
      table.links.push(link(table.aligned[i], table.aligned[i] + 2_400_000_000, n));
  return table;
}

function empty(clocks) {
  return {
    schema: 'bandkeeper.timeline/1', report_at: 1, clocks, kinds: [], sources: [], places: [], at: [], aligned: [], clock: [], kind: [],
    source: [], place: [], line: [], packet: [], offset: [], text: [], links: [], proof: [],
  };
}

function link(started, ended, n) {
  return {
    peer: '<device-1>', transport: 'le', started, ended, aligned_started: started, aligned_ended: ended, end_not_seen: false, clock: 0, reason: n % 3 ? '0x13' : '0x08', by: n % 3 ? 'phone' : 'unknown',
    stages: ['connecting', 'connected', 'discovered', 'authenticated'].slice(0, 2 + (n % 3)), bytes_in: 1000 * (n % 17), bytes_out: 300,
    text: 'link with <device-1>', rssi: { before: -70 - (n % 20), median: -64 - (n % 25), after: -90 },
  };
}

export function madeUp(n) {
  const table = empty([{ clock: 'snoop', source: 'the capture a.log', common: true, text: '' }]);
  table.kinds = KINDS;
  table.sources = ['capture', 'log'];
  table.places = [{ file: 'a.log', member: '' }, { file: 'bugreport.zip', member: 'bugreport.txt » logcat' }];
  let at = Date.UTC(2026, 10, 20) * 1000;
  let seed = 7;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  for (let i = 0; i < n; i += 1) {
    at += Math.floor(-Math.log(random()) * 6_000_000);
    const kind = Math.floor(random() * random() * KINDS.length);
    table.at.push(at);
    table.aligned.push(at);
    table.clock.push(0);
    table.kind.push(kind);
    table.source.push(i % 2);
    table.place.push(i % 2);
    table.line.push(i % 2 ? i : 0);
    table.packet.push(i % 2 ? 0 : i + 1);
    table.offset.push(0);
    table.text.push(`${KINDS[kind].replace(/_/g, ' ')}: event number ${i}, as the log says it in a line of usual length`);
    if (i % 40 === 0) table.links.push(link(at, at + Math.floor(random() * 200_000_000), i));
  }
  table.proof.push({ finding: 'phone_ends_link', event: Math.floor(n / 2) });
  return table;
}
