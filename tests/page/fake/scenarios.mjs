// The snapshot in the states that a person meets. What bandkeeper itself says was recorded from it on simulated phones.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { knowledge } from './knowledge.mjs';
import { timelineOf } from './timeline.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const recorded = (name) => JSON.parse(readFileSync(new URL(`../recorded/${name}.json`, import.meta.url), 'utf8'));

const NOW = Date.now();
const killed = recorded('background_killed');
const bond = recorded('stale_bond');
const model = 'Redmi Note 8';

const phones = (state, list = []) => ({ state, sentence: '', simulated_phone: null, asleep: false, list });
const ready = phones('ready', [{ key: 'p1', model, state: 'ready', sentence: '', chosen: true }]);
const noCase = { files: [], phone: false, deep: false, band: '', answers: 0, changed: false, at: null, read: [], losses: [] };
const readCase = (from) => ({ ...noCase, phone: true, at: NOW, read: from.report.files, losses: from.report.losses });
const reportPart = (from) => ({ at: NOW, answers: 0, timeline_events: from.timeline.length, put_back: [], report: from.report });
const settings = {
  language: 'en',
  languages: [{ code: 'en', name: 'English' }, { code: 'de', name: 'Deutsch' }, { code: 'ru', name: 'Русский' }],
  show_addresses: false, app: '', apps: [{ id: 'zepp_life', title: 'Zepp Life (Mi Fit)' }, { id: 'gadgetbridge', title: 'Gadgetbridge' }], page: {},
};
const noBand = { available: false, sentence: 'This computer has no Bluetooth adapter that can be used.', chosen: null, bands: [], heard: [], heard_at: null, info: null, info_at: null, live: null, ledger: null, files: [] };
const FIRST = 29_405_000;
const fullBand = {
  available: true, sentence: '', chosen: 'b1',
  bands: [{ key: 'b1', name: '<device-1>', firmware: 'V1.0.9.66', hardware: 'V0.25.17.5', has_key: true }],
  heard: [{ key: 'h1', name: 'Mi Smart Band 4', address: 'C8:0F:10:01:02:03', rssi: -61, steps_today: 4200, connectable: true }], heard_at: NOW,
  info: { firmware: 'V1.0.9.66', hardware: 'V0.25.17.5', battery_percent: 62, charging: false, clock_ahead_seconds: 2, clock_set: true }, info_at: NOW,
  live: { at: NOW, heart_rate: 72, low: 64, high: 81, mean: 70, readings: 6, recent: [64, 66, 70, 81, 74, 72], steps_today: 4200, metres_today: 3010 },
  ledger: { minutes: 9900, not_worn: 95, first_minute: FIRST, next_minute: FIRST + 10080, stored: [[FIRST, FIRST + 5000], [FIRST + 5180, FIRST + 10080]],
            gaps: [{ from_minute: FIRST - 1440, to_minute: FIRST, why: 'overwritten' }, { from_minute: FIRST + 2000, to_minute: FIRST + 2095, why: 'not_worn' },
                   { from_minute: FIRST + 5000, to_minute: FIRST + 5180, why: 'off' }, { from_minute: FIRST + 6000, to_minute: FIRST + 6002, why: 'lost' }] },
  files: [{ id: 'u1', name: 'Mili_cinco.fw', bytes: 530000, state: 'ready', sentence: 'Firmware V1.0.9.66' }],
};
const base = {
  phones: phones('none'), case: noCase, report: null, task: null, outcome: null, plan: null, interview: null,
  repairs: { schema: 'bandkeeper.repairs/1', repairs: [], lost_records: 0, interrupted: false, sentence: '' }, everyday: null, band: noBand, settings,
};
const verdict = { ...base, phones: ready, case: readCase(killed), report: reportPart(killed) };
const fixOf = (from, id) => from.report.plan.steps.find((step) => step.id === id);
const stepNow = (from, id, number) => {
  const step = fixOf(from, id);
  return { number, id, text: step.text, why: step.why, by: step.by === 'tool' ? 'tool' : 'finger', words: step.words, minutes: step.minutes, loss: step.loss,
           loss_text: step.loss_text, check: step.check, undo: step.undo, chance: step.chance, test_later: false };
};
const task = (over) => ({
  id: 7, kind: 'repair', since: NOW, progress: '', left_seconds: null, stopping: false, paused: false, can: ['stop', 'pause', 'enough'], question: null, step: null,
  watching: null, log_dropped: 0,
  log: [
    { at: NOW - 90000, kind: 'verdict', text: killed.report.verdict.text },
    { at: NOW - 60000, kind: 'step', text: 'Let the app run without battery limits', id: 'exempt_from_battery_optimisation', number: 1 },
    { at: NOW - 30000, kind: 'step_over', text: '', id: 'exempt_from_battery_optimisation', title: 'Let the app run without battery limits', end: 'done', cured: false },
  ],
  ...over,
});
// The report's `probe` as `bandkeeper doctor --json` prints it; band_test.mjs holds the real one against the page.
const probe = {
  text: 'The band is well: it connects, takes its key and hands out its records. What fails with the phone is on the phone’s side.', reach: 'answers', key: 'accepted', records: 'came', rssi: -58,
  firmware: 'V1.0.9.66', battery_percent: 62,
  cannot_tell: ['Whether the phone’s app has the same key could not be seen.', 'A band does not say over Bluetooth whether resources of an update are missing.'],
};
const withBand = (over, live = null) => ({ ...base, band: { ...fullBand, live }, task: task({ step: null, log: [], can: ['stop'], ...over }) });
const repairing = (over) => ({ ...verdict, task: task(over) });
const question = (over) => ({ id: '7.3', details: [], preview: false, commands: null, ...over });

export const scenarios = {
  empty: base,
  unauthorised: { ...base, phones: phones('unauthorised', [{ key: 'p1', model: '', state: 'unauthorised', sentence: '', chosen: true }]) },
  several: { ...base, phones: phones('several', [{ key: 'p1', model, state: 'ready', sentence: '', chosen: false }, { key: 'p2', model: 'Pixel 7', state: 'ready', sentence: '', chosen: false }]) },
  ready: { ...base, phones: ready },
  looking: { ...base, phones: ready, task: task({ kind: 'diagnose', progress: 'Asking the phone: dumpsys bluetooth_manager', log: [], can: ['stop'] }) },
  files: {
    ...base,
    case: { ...noCase, changed: true, files: [
      { id: 'f1', name: 'bugreport-redmi-2026-11-20-with-a-rather-long-name.zip', bytes: 48211332, received: 21048576, state: 'uploading', sentence: '' },
      { id: 'f2', name: 'btsnoop_hci.log', bytes: 812345, received: 812345, state: 'ready', sentence: '' },
      { id: 'f3', name: 'holiday.jpg', bytes: 3812345, received: 3812345, state: 'failed', sentence: 'This is no bug report, recording or log.' },
    ], read: [{ path: 'btsnoop_hci.log', format: 'btsnoop, HCI UART (H4)', packets: 4711, first: '2026-11-20 17:06:30.123456', last: '2026-11-20 17:16:30.000000' }],
       losses: [{ kind: 'truncated', where: { file: 'btsnoop_hci.log', packet: 4711 }, count: 1, text: 'The recording ends in the middle of a packet.' }] },
  },
  questions: {
    ...base,
    interview: { number: 3, more: 4, end: 'open', can_back: true,
      question: { id: 'band_in_scan', text: 'When the app searches for new devices, does the band stay missing from the list?', why: 'A band that cannot be found is held by another phone, asleep, or hidden by a missing permission.', options: [], none_words: '', saves_minutes: 4.2,
                  leanings: [{ answer: 'yes', cause: 'Another phone holds the band', before: 0.1, after: 0.4 }] },
      answers: [{ question: 'layer_symptom', text: 'What does the app say?', answer: 'none', words: 'None of these' }] },
  },
  choice: {
    ...base,
    interview: { number: 1, more: 6, end: 'open', can_back: false,
      question: { id: 'symptom', text: 'What do you see?', why: 'It tells the layers apart.', none_words: '', options: [
        { id: 'a', words: 'The app does not find the band at all' }, { id: 'b', words: 'It is found, but the connection fails or breaks off' }, { id: 'c', words: 'It is connected, but the data stay old' }] },
      answers: [] },
  },
  verdict,
  bond: { ...base, phones: ready, case: readCase(bond), report: reportPart(bond) },
  by_hand: { ...base, case: readCase(bond), report: reportPart(bond) },
  harmless: repairing({ question: question({ kind: 'yes_no_stop', about: 'harmless', harm: 'harmless', text: 'May bandkeeper change the settings that lose nothing and can be undone?', details: ['Zepp Life: free of battery limits: no → yes', 'Zepp Life: may run in the background: no → not set'] }) }),
  finger: repairing({ step: stepNow(killed, 'forget_in_android', 4), question: question({ kind: 'done', about: 'finger', text: 'Forget the band on the phone, then say so here.', page: 'Connected devices', opened: true }) }),
  owner: repairing({ step: stepNow(killed, 'forget_in_android', 4), question: question({ kind: 'done', about: 'finger', text: 'Forget the band on the phone, then say so here.', page: 'Connected devices', opened: true, owner: true }) }),
  autostart: repairing({ step: stepNow(killed, 'allow_autostart', 3), question: question({ kind: 'done', about: 'words', text: 'Have you carried this out?' }) }),
  lossy: repairing({ step: stepNow(killed, 'forget_in_android', 4), question: question({ kind: 'typed_word', about: 'lossy', harm: 'lossy', text: 'The phone and the band must pair once more; data and key stay.', word: 'pairing', preview: true }) }),
  watching: repairing({ progress: '', watching: { link: true, synced: false, link_text: 'since 12:04:11', sync_text: '', left_seconds: 84 } }),
  paused: repairing({ paused: true }),
  which: repairing({ question: question({ kind: 'choice', about: 'app', text: 'Which app is the band’s?', options: ['Zepp Life (Mi Fit)', 'Gadgetbridge'] }) }),
  proved: {
    ...verdict,
    outcome: { task: 7, kind: 'repair', ended: NOW, good: true, stopped: false, text: 'The band works again.', error: null, result: recorded('fix'), log: task({}).log },
    repairs: { ...base.repairs, ...recorded('undo') },
    everyday: { at: NOW, settable: 1, report: recorded('everyday') },
  },
  look_failed: { ...base, outcome: { task: 6, kind: 'diagnose', ended: NOW, good: false, stopped: false, text: '', error: { code: 'not_found', text: 'No phone is connected. Plug it in and try again.' }, result: null, log: [] } },
  failed: { ...verdict, outcome: { task: 7, kind: 'repair', ended: NOW, good: false, stopped: false, text: '', error: { code: 'not_found', text: 'No phone is connected. Plug it in and try again.' }, result: null, log: [] } },
  band: { ...base, band: fullBand },
  probed: { ...verdict, band: fullBand, case: { ...verdict.case, probe_at: NOW }, report: { ...verdict.report, report: { ...killed.report, probe } } },
  probing: withBand({ kind: 'band_probe', progress: 'Listening for the band' }),
  measuring: withBand({ kind: 'band_live', can: ['stop', 'enough'] }, fullBand.live),
  no_contact: withBand({ kind: 'band_live', can: ['stop', 'enough'] }, { ...fullBand.live, heart_rate: 0 }),
  first_beat: withBand({ kind: 'band_live', can: ['stop', 'enough'] }, null),
  binding: withBand({ kind: 'band_bind', question: question({ kind: 'typed_word', about: 'bind', harm: 'lossy', word: 'bind', text: 'Whoever has the band now loses it: its app must pair it anew, and what was not fetched yet is gone.' }) }),
  unread: { ...verdict, case: { ...verdict.case, changed: true } },
  pairing: { ...base, band: { ...fullBand, bands: [], chosen: null, info: null, ledger: null, files: [] } },
};

function minutes(params) {
  const from = Number(params.get('from'));
  const to = Number(params.get('to'));
  const table = { minute: [], zone: [], kind: [], intensity: [], steps: [], heart_rate: [] };
  for (let minute = from; minute < to; minute += 1) {
    if (minute >= FIRST + 5000 && minute < FIRST + 5180) continue;
    const day = (minute % 1440) / 1440;
    const awake = day > 0.28 && day < 0.93;
    table.minute.push(minute);
    table.zone.push(4);
    table.kind.push(awake ? 1 : 112);
    table.intensity.push(awake ? 30 : 2);
    table.steps.push(awake && minute % 7 === 0 ? 20 + ((minute * 37) % 60) : 0);
    table.heart_rate.push(minute % 5 === 0 ? Math.round(62 + (awake ? 18 : 0) + 9 * Math.sin(minute / 17)) : 255);
  }
  return table;
}

export const tables = {
  knowledge: knowledge(root),
  timeline: timelineOf(killed),
  'band/minutes': minutes,
  kept: { items: [
    { id: 'case', text: 'The files that you handed over, and your answers', place: '/home/me/.local/state/bandkeeper/page', bytes: 48211332, deletable: true, why_not: '' },
    { id: 'journal', text: 'What repairs have changed, to take it back', place: '/home/me/.local/state/bandkeeper/repairs.journal', bytes: 1834, deletable: false, why_not: 'Something can still be undone.' },
    { id: 'minutes', text: 'The minutes fetched from the band', place: '/home/me/.local/share/bandkeeper/minutes.db', bytes: 912345, deletable: true, why_not: '' }] },
  bundle: { schema: 'bandkeeper.bundle/1', version: '0.1.0', made_at: NOW, report: killed.report, repairs: recorded('undo') },
};
export const exactPlan = { at: NOW, plan: recorded('dry') };
