// The parts of the state (docs/page-api.md, "The state"). A page shows the snapshot, always.
import type { DryRun, EverydayReport, Loss, PastRepair, PreviewLine, ReadFile, Report } from './report';

export interface PhoneItem {
  key: string;
  model: string;
  state: string;
  sentence: string;
  chosen: boolean;
}

export interface Phones {
  state: string;
  sentence: string;
  simulated_phone: string | null;
  asleep: boolean;
  list: PhoneItem[];
}

export interface CaseFile {
  id: string;
  name: string;
  bytes: number;
  received: number;
  state: 'uploading' | 'ready' | 'failed';
  sentence: string;
}

export interface Case {
  files: CaseFile[];
  phone: boolean;
  deep: boolean;
  band: string;
  answers: number;
  changed: boolean;
  at: number | null;
  probe_at?: number | null; // when the band itself was asked
  read: ReadFile[];
  losses: Loss[];
}

export interface ReportPart {
  at: number;
  answers: number;
  timeline_events: number;
  in_timeline?: string[]; // findings that have a moment of their own
  put_back?: { text: string; set_at?: number; repair?: number }[];
  report: Report;
}

export interface Question {
  id: string;
  kind: 'yes_no_stop' | 'finding' | 'typed_word' | 'choice' | 'done';
  about: string;
  text: string;
  details?: string[];
  harm?: string;
  preview?: boolean;
  commands?: PreviewLine[] | null;
  finding?: string;
  why?: string;
  app?: string;
  as_before?: boolean;
  word?: string;
  options?: string[];
  none_words?: string;
  page?: string;
  opened?: boolean;
  owner?: boolean; // of a simulated phone: its simulated owner can do it
}

export interface TaskStep {
  number: number;
  id: string;
  text: string;
  why?: string;
  by: string;
  words?: string[];
  minutes: number;
  loss: string;
  loss_text?: string;
  check?: string;
  undo?: string;
  chance?: number;
  test_later?: boolean;
}

export interface LogLine {
  at: number;
  kind: string;
  text: string;
  id?: string;
  number?: number;
  title?: string;
  end?: string;
  cured?: boolean;
  answer?: string;
  event?: string;
}

export interface Task {
  id: number;
  kind: string;
  since: number;
  progress: string;
  left_seconds: number | null;
  stopping: boolean;
  paused: boolean;
  can: string[];
  question: Question | null;
  step: TaskStep | null;
  watching: {
    link: boolean;
    synced: boolean;
    link_text: string;
    sync_text: string;
    left_seconds: number | null;
  } | null;
  log: LogLine[];
  log_dropped: number;
}

export interface Outcome {
  task: number;
  kind: string;
  ended: number;
  good: boolean;
  stopped: boolean;
  text: string;
  error: { code: string; text: string } | null;
  result: Record<string, unknown> | null;
  log: LogLine[];
}

export interface InterviewQuestion {
  id: string;
  text: string;
  why: string;
  options: { id: string; words: string }[];
  none_words?: string;
  saves_minutes?: number;
  leanings?: { answer: string; cause: string; before: number; after: number }[];
}

export interface Interview {
  number: number;
  more: number;
  end: 'open' | 'enough' | 'nothing_left' | 'limit';
  can_back: boolean;
  question: InterviewQuestion | null;
  answers: { question: string; text: string; answer: string; words: string }[];
}

export interface Repairs {
  repairs: PastRepair[];
  lost_records: number;
  interrupted: boolean;
  sentence: string;
}

export interface Band {
  available: boolean;
  sentence: string;
  simulated_band?: string | null; // what the band is that does not exist
  simulated_key?: string | null; // its key, to pair with; a real one is never told
  chosen: string | null;
  bands: { key: string; name: string; firmware?: string; hardware?: string; has_key: boolean }[];
  heard: {
    key: string;
    name: string;
    address: string;
    rssi?: number;
    steps_today?: number;
    connectable?: boolean;
  }[];
  heard_at: number | null;
  info: {
    firmware?: string;
    hardware?: string;
    battery_percent?: number;
    charging?: boolean;
    clock_ahead_seconds?: number;
    clock_set?: boolean;
  } | null;
  info_at: number | null;
  live?: {
    at: number;
    heart_rate: number | null; // 0: no contact with the skin
    low: number | null;
    high: number | null;
    mean: number | null;
    readings: number;
    recent: number[];
    steps_today: number | null;
    metres_today: number | null;
  } | null;
  ledger: {
    minutes: number;
    not_worn?: number;
    first_minute?: number;
    next_minute?: number;
    stored: [number, number][];
    gaps: { from_minute: number; to_minute: number; why: string }[];
  } | null;
  files: { id: string; name: string; bytes: number; received?: number; state: string; sentence: string }[];
}

export interface Settings {
  language: string;
  languages: { code: string; name: string }[];
  show_addresses: boolean;
  app: string;
  apps: { id: string; title: string }[];
  page: Record<string, unknown>;
}

export interface Parts {
  phones: Phones;
  case: Case;
  report: ReportPart | null;
  task: Task | null;
  outcome: Outcome | null;
  plan: { at: number; plan: DryRun } | null;
  interview: Interview | null;
  repairs: Repairs;
  everyday: { at: number; settable: number; report: EverydayReport } | null;
  band: Band;
  settings: Settings;
}

export type PartName = keyof Parts;

// undefined: not told yet.
export interface PartState<N extends PartName> {
  revision: number;
  simulated: boolean;
  value: Parts[N] | undefined;
}
