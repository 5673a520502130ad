// The larger tables, each with a GET of its own.

export interface LinkRssi {
  before?: number;
  median?: number;
  min?: number;
  max?: number;
  after?: number;
}

export interface TimelineLink {
  peer: string;
  transport: string;
  started: number | null;
  ended: number | null;
  clock: number;
  reason: string | null;
  by: string;
  stages: string[];
  bytes_in: number;
  bytes_out: number;
  text: string;
  aligned_started?: number | null; // on the common clock
  aligned_ended?: number | null;
  end_not_seen?: boolean; // the recording ended first
  rssi?: LinkRssi;
}

// "bandkeeper.timeline/1": columns of one length, one entry per event. Times in microseconds.
export interface TimelineColumns {
  report_at: number;
  clocks: { clock: string; source: string; common: boolean; text?: string }[];
  kinds: string[];
  sources: string[];
  places: { file: string; member: string }[];
  at: (number | null)[];
  aligned: (number | null)[];
  clock: number[];
  kind: number[];
  source: number[];
  place: number[];
  line: number[];
  packet: number[];
  offset: number[];
  text: string[];
  links: TimelineLink[];
  proof: { finding: string; event: number }[];
}

export interface Knowledge {
  language: string;
  layers: { id: string; title: string }[];
  causes: { id: string; layer: string; title: string; explain: string }[];
  findings: { id: string; statement: string; question: string }[];
  fixes: { id: string; title: string; words: string[] }[];
  apps: { id: string; title: string }[];
}

// Minutes since 1970 (UTC). heart_rate 255: not measured.
export interface Minutes {
  minute: number[];
  zone: number[];
  kind: number[];
  intensity: number[];
  steps: number[];
  heart_rate: number[];
}

export interface KeptItem {
  id: string;
  text: string;
  place: string;
  bytes: number;
  deletable: boolean;
  why_not: string;
}
export interface Kept {
  items: KeptItem[];
}
