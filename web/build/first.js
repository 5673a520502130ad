// Runs within index.html (its hash is in the content policy), behind the waiting page, so that nothing waits for it: the first
// proof of the server is on its way while the page's own files come. Theme and language are in the page already (build/
// first_paint.ts): to ask this browser's storage for them takes longer than to draw the page.
(function () {
  var view = /^#\/(\w+)/.exec(location.hash);
  if (view) document.documentElement.dataset.at = view[1];
  // docs/page-api.md, "Who may ask": open, and tells nothing but a number made up here. src/engine/proof.ts judges the answer.
  var nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), function (byte) {
    return (byte < 16 ? '0' : '') + byte.toString(16);
  }).join('');
  var answer = fetch('api/1/hello?nonce=' + nonce, { cache: 'no-store', credentials: 'omit', redirect: 'error' });
  answer.catch(function () {}); // whoever waits for it is told
  window.bandkeeperHello = { nonce: nonce, answer: answer };
})();
