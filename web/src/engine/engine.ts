// What the page asks of whoever diagnoses. The first one is the server behind `bandkeeper serve` (http_engine.ts);
// a second may be the same core as WebAssembly, with no server at all. Views know this file and nothing behind it.
import type { PartName, PartState } from './parts';
import type { Knowledge, Kept, Minutes, TimelineColumns } from './tables';

// `lost`: nobody answers, and it is tried again by itself. `refused`: the token is missing or another one: only a new
// address helps.
export type Connection = 'connecting' | 'live' | 'lost' | 'refused';

export interface Listener {
  part<N extends PartName>(name: N, state: PartState<N>): void;
  connection(now: Connection): void;
}

// What `start` takes: one task runs at a time.
export interface Work {
  diagnose: { phone: boolean; deep: boolean };
  plan: Record<string, never>;
  repair: Record<string, never>;
  undo: { numbers?: number[]; all?: boolean };
  everyday: Record<string, never>;
  everyday_set: Record<string, never>;
  watch: { hours: number };
  band_scan: Record<string, never>;
  band_probe: { phones_off: boolean };
  band_pair: { key: string; secret: string };
  band_bind: { key: string };
  band_info: Record<string, never>;
  band_live: { seconds?: number };
  band_sync: { keep: boolean };
  band_find: Record<string, never>;
  band_restart: Record<string, never>;
  band_reset: Record<string, never>;
  band_update: { files: string[]; sha256?: string[] };
}
export type WorkKind = keyof Work;

export interface TaskAnswer {
  answer: string;
  word?: string;
  choice?: number;
}

// A sentence for the person; `code` as in the contract's table of errors.
export class EngineError extends Error {
  constructor(
    readonly code: string,
    text: string,
  ) {
    super(text);
  }
}

export interface Upload {
  done: Promise<string>;
  cancel(): void;
}

// Every call may throw an EngineError. What it changes comes back through the Listener, never as a return value.
export interface Engine {
  open(listener: Listener): void;
  retry(): void;
  close(): void;

  start<K extends WorkKind>(kind: K, request: Work[K]): Promise<void>;
  answer(question: string, answer: TaskAnswer): Promise<void>;
  preview(question: string): Promise<void>;
  stop(task: number): Promise<void>;
  pause(task: number, paused: boolean): Promise<void>;
  enough(task: number): Promise<void>;
  dismiss(task: number): Promise<void>;

  choosePhone(key: string): Promise<void>;
  upload(file: File, to: 'case' | 'band'): Upload;
  remove(id: string, from: 'case' | 'band'): Promise<void>;
  nameBand(band: string): Promise<void>;
  clearCase(): Promise<void>;

  interviewStart(fresh: boolean): Promise<void>;
  interviewAnswer(question: string, answer: string): Promise<void>;
  interviewBack(): Promise<void>;
  interviewEnd(): Promise<void>;

  chooseBand(key: string): Promise<void>;
  settings(change: Partial<{ language: string; show_addresses: boolean; app: string; page: object }>): Promise<void>;

  timeline(): Promise<TimelineColumns>;
  knowledge(): Promise<Knowledge>;
  minutes(from: number, to: number): Promise<Minutes>;
  kept(): Promise<Kept>;
  deleteKept(ids: string[]): Promise<void>;
  bundle(): Promise<string>;
  exportMinutes(format: string, days: number): Promise<{ name: string; bytes: Blob }>;
}
