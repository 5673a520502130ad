// One request to the server: the token goes along, a failure becomes an EngineError with a sentence.
import { EngineError } from './engine';

const PREFIX = 'api/1/';

export interface Caller {
  token: string;
  readonly proved: boolean; // that it is our server which answers; else the token is not shown
  // Told when nobody answers, or when the token is refused: the stream then finds out more.
  trouble(code: 'lost' | 'refused'): void;
}

async function failure(response: Response, caller: Caller): Promise<EngineError> {
  if (response.status === 401) caller.trouble('refused');
  try {
    const body = (await response.json()) as { error?: { code?: string; text?: string } };
    if (body.error?.text) return new EngineError(body.error.code ?? '', body.error.text);
  } catch {
    // No sentence came along: the status is all there is.
  }
  return new EngineError(`http_${response.status}`, '');
}

export async function call(
  caller: Caller,
  method: string,
  path: string,
  body?: object | Blob,
  signal?: AbortSignal,
): Promise<Response> {
  if (!caller.proved) throw new EngineError('lost', '');
  const headers: Record<string, string> = { Authorization: `Bearer ${caller.token}` };
  const init: RequestInit = { method, headers, cache: 'no-store', credentials: 'omit', redirect: 'error' };
  if (signal) init.signal = signal;
  if (body instanceof Blob) {
    headers['Content-Type'] = 'application/octet-stream';
    init.body = body;
  } else if (body) {
    headers['Content-Type'] = 'application/json';
    init.body = JSON.stringify(body);
  }
  let response: Response;
  try {
    response = await fetch(PREFIX + path, init);
  } catch (error) {
    if (signal?.aborted) throw new EngineError('cancelled', '');
    caller.trouble('lost');
    throw new EngineError('lost', String(error));
  }
  if (!response.ok) throw await failure(response, caller);
  return response;
}
