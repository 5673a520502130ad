// The address opened is http://127.0.0.1:PORT/#token=... . The token is kept for this tab alone and taken out of the
// address bar and the history, so that nobody reads it over a shoulder or in a bookmark.
const KEY = 'bandkeeper.token';

export function takeToken(): string {
  const found = /^#token=([0-9a-fA-F]+)/.exec(location.hash);
  if (found?.[1]) {
    try {
      sessionStorage.setItem(KEY, found[1]);
    } catch {
      // Without storage the token lasts until the tab is loaded again.
    }
    history.replaceState(null, '', location.pathname + '#/');
    return found[1];
  }
  try {
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}
