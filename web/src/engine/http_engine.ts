// The engine behind `bandkeeper serve`: docs/page-api.md is the contract.
import { EngineError, type Connection, type Engine, type Listener, type Upload, type Work, type WorkKind } from './engine';
import type { TaskAnswer } from './engine';
import { FrameReader } from './event_stream';
import { call, type Caller } from './http_call';
import type { PartName } from './parts';
import { isOurs } from './proof';
import type { Kept, Knowledge, Minutes, TimelineColumns } from './tables';

const SILENCE_MS = 40_000; // the server sends a comment each 15 s
const RETRY_MS = 2_000;

const PATHS: Record<WorkKind, string> = {
  diagnose: 'diagnose',
  plan: 'plan',
  repair: 'repair',
  undo: 'undo',
  everyday: 'everyday',
  everyday_set: 'everyday/set',
  watch: 'watch',
  band_scan: 'band/scan',
  band_probe: 'band/probe',
  band_pair: 'band/pair',
  band_bind: 'band/bind',
  band_info: 'band/info',
  band_live: 'band/live',
  band_sync: 'band/sync',
  band_find: 'band/find',
  band_restart: 'band/restart',
  band_reset: 'band/reset',
  band_update: 'band/update',
};

interface PartFrame {
  part?: PartName;
  revision: number;
  simulated: boolean;
  value: never;
}

export class HttpEngine implements Engine, Caller {
  private listener: Listener | null = null;
  private connection: Connection = 'connecting';
  private revision = 0;
  private abort: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private closed = false;
  proved = false; // since the last break: that it is our server

  constructor(readonly token: string) {}

  open(listener: Listener): void {
    this.listener = listener;
    if (this.token === '') this.say('refused');
    else void this.follow();
  }
  retry(): void {
    clearTimeout(this.timer);
    this.abort?.abort();
    void this.follow();
  }
  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.abort?.abort();
  }
  trouble(code: 'lost' | 'refused'): void {
    if (code === 'refused') this.say('refused');
    else if (this.connection === 'live') this.abort?.abort(); // the stream notices, and tries again
  }

  private say(now: Connection): void {
    if (now === this.connection && now !== 'refused') return;
    this.connection = now;
    this.listener?.connection(now);
  }

  private take(frame: PartFrame, name: PartName | undefined): void {
    if (!name) return;
    this.revision = Math.max(this.revision, frame.revision);
    this.listener?.part(name, { revision: frame.revision, simulated: frame.simulated === true, value: frame.value });
  }

  // The snapshot, then what changes; again from the start when either breaks off.
  private async follow(): Promise<void> {
    const abort = new AbortController();
    this.abort = abort;
    try {
      this.proved = await isOurs(this.token, abort.signal);
      await this.snapshot(abort.signal);
      this.say('live');
      await this.stream(abort);
    } catch (error) {
      if (error instanceof EngineError && error.code === 'no_token') this.say('refused');
    }
    if (this.abort !== abort || this.closed) return;
    this.proved = false;
    if (this.connection === 'refused') return;
    this.say('lost');
    this.timer = setTimeout(() => void this.follow(), RETRY_MS);
  }

  private async snapshot(signal: AbortSignal): Promise<void> {
    const response = await call(this, 'GET', 'state', undefined, signal);
    const state = (await response.json()) as { revision: number; parts: Record<PartName, PartFrame> };
    for (const name of Object.keys(state.parts) as PartName[]) this.take(state.parts[name], name);
    this.revision = state.revision;
  }

  private async stream(abort: AbortController): Promise<void> {
    const response = await call(this, 'GET', `events?after=${this.revision}`, undefined, abort.signal);
    const reader = response.body?.getReader();
    if (!reader) return;
    const frames = new FrameReader();
    const text = new TextDecoder();
    let silence = setTimeout(() => abort.abort(), SILENCE_MS);
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        clearTimeout(silence);
        silence = setTimeout(() => abort.abort(), SILENCE_MS);
        for (const frame of frames.push(text.decode(value, { stream: true }))) {
          if (frame.event === 'bye') return;
          if (frame.event !== 'part') continue;
          const part = JSON.parse(frame.data) as PartFrame;
          this.take(part, part.part);
        }
      }
    } finally {
      clearTimeout(silence);
      void reader.cancel().catch(() => undefined);
    }
  }

  private async post(path: string, body: object = {}): Promise<void> {
    await call(this, 'POST', path, body);
  }
  private async get<T>(path: string): Promise<T> {
    return (await (await call(this, 'GET', path)).json()) as T;
  }

  start<K extends WorkKind>(kind: K, request: Work[K]): Promise<void> {
    return this.post(PATHS[kind], request);
  }
  answer(question: string, answer: TaskAnswer): Promise<void> {
    return this.post('task/answer', { id: question, ...answer });
  }
  preview(question: string): Promise<void> {
    return this.post('task/preview', { id: question });
  }
  stop(task: number): Promise<void> {
    return this.post('task/stop', { task });
  }
  pause(task: number, paused: boolean): Promise<void> {
    return this.post('task/pause', { task, paused });
  }
  enough(task: number): Promise<void> {
    return this.post('task/enough', { task });
  }
  dismiss(task: number): Promise<void> {
    return this.post('outcome/dismiss', { task });
  }
  choosePhone(key: string): Promise<void> {
    return this.post('phones/choose', { key });
  }

  upload(file: File, to: 'case' | 'band'): Upload {
    const abort = new AbortController();
    const path = `${to === 'case' ? 'files' : 'band/files'}?name=${encodeURIComponent(file.name)}`;
    const done = call(this, 'POST', path, file, abort.signal).then(
      async (response) => ((await response.json()) as { id: string }).id,
    );
    return { done, cancel: () => abort.abort() };
  }
  async remove(id: string, from: 'case' | 'band'): Promise<void> {
    await call(this, 'DELETE', `${from === 'case' ? 'files' : 'band/files'}/${encodeURIComponent(id)}`);
  }
  nameBand(band: string): Promise<void> {
    return this.post('case/band', { band });
  }
  clearCase(): Promise<void> {
    return this.post('case/clear');
  }

  interviewStart(fresh: boolean): Promise<void> {
    return this.post('interview/start', { fresh });
  }
  interviewAnswer(question: string, answer: string): Promise<void> {
    return this.post('interview/answer', { question, answer });
  }
  interviewBack(): Promise<void> {
    return this.post('interview/back');
  }
  interviewEnd(): Promise<void> {
    return this.post('interview/end');
  }

  chooseBand(key: string): Promise<void> {
    return this.post('band/choose', { key });
  }
  settings(change: object): Promise<void> {
    return this.post('settings', change);
  }

  timeline(): Promise<TimelineColumns> {
    return this.get('timeline');
  }
  knowledge(): Promise<Knowledge> {
    return this.get('knowledge');
  }
  minutes(from: number, to: number): Promise<Minutes> {
    return this.get(`band/minutes?from=${from}&to=${to}`);
  }
  kept(): Promise<Kept> {
    return this.get('kept');
  }
  deleteKept(ids: string[]): Promise<void> {
    return this.post('kept/delete', { ids });
  }
  async bundle(): Promise<string> {
    return (await call(this, 'GET', 'bundle')).text();
  }
  async exportMinutes(format: string, days: number): Promise<{ name: string; bytes: Blob }> {
    const response = await call(this, 'GET', `band/export?format=${format}&days=${days}`);
    const named = /filename="?([^";]+)"?/.exec(response.headers.get('Content-Disposition') ?? '');
    return { name: named?.[1] ?? `minutes.${format}`, bytes: await response.blob() };
  }
}
