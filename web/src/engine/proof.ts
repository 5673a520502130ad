// Whether it is our server that answers, asked before the token is shown: a tab outlives the server, and on a shared
// computer somebody else may listen on its port by then.
const NONCE_BYTES = 16;

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

interface Asked {
  nonce: string;
  answer: Promise<Response>;
}

// The first time it was asked while this file was on its way (build/first.js).
function ask(signal: AbortSignal): Asked {
  const early = window as { bandkeeperHello?: Asked };
  const asked = early.bandkeeperHello;
  delete early.bandkeeperHello;
  if (asked) return asked;
  const nonce = hex(crypto.getRandomValues(new Uint8Array(NONCE_BYTES)));
  return { nonce, answer: fetch(`api/1/hello?nonce=${nonce}`, { cache: 'no-store', credentials: 'omit', redirect: 'error', signal }) };
}

// docs/page-api.md, "Who may ask". Throws when nobody answers.
export async function isOurs(token: string, signal: AbortSignal): Promise<boolean> {
  const { nonce, answer } = ask(signal);
  const response = await answer;
  if (!response.ok) return false;
  const { proof } = (await response.json()) as { proof?: string };
  const text = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', text.encode(token), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const mine = await crypto.subtle.sign('HMAC', key, text.encode(`bandkeeper ${location.port} ${nonce}`));
  return proof === hex(new Uint8Array(mine));
}
