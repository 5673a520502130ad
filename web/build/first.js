// Runs before the first paint, from within index.html (its hash is in the content policy): a chosen theme and language do
// not flash, and the first proof of the server is on its way while the page's own files come. It stands behind the waiting
// page: before it, the browser would stop there and paint an empty frame first.
(function () {
  var root = document.documentElement;
  function kept(key) {
    try {
      return localStorage.getItem('bandkeeper.' + key);
    } catch (e) {
      return null; // Storage may be forbidden: then the system's theme and language are used.
    }
  }
  var theme = kept('theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  var files = { en: '', de: 'FILE_OF_de', ru: 'FILE_OF_ru' };
  var language = (kept('language') || navigator.language || '').slice(0, 2).toLowerCase();
  if (!Object.prototype.hasOwnProperty.call(files, language)) language = 'en';
  root.lang = language;
  if (files[language]) {
    var link = document.createElement('link');
    link.rel = 'modulepreload';
    link.crossOrigin = '';
    link.href = files[language];
    document.head.appendChild(link);
  }
  var view = /^#\/(\w+)/.exec(location.hash);
  root.dataset.at = view ? view[1] : 'home';
  // docs/page-api.md, "Who may ask": open, and tells nothing but a number made up here. src/engine/proof.ts judges the answer.
  var nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), function (byte) {
    return (byte < 16 ? '0' : '') + byte.toString(16);
  }).join('');
  var answer = fetch('api/1/hello?nonce=' + nonce, { cache: 'no-store', credentials: 'omit', redirect: 'error' });
  answer.catch(function () {}); // whoever waits for it is told
  window.bandkeeperHello = { nonce: nonce, answer: answer };
})();
