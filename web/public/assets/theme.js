// Before the first paint, so that a chosen theme or language does not flash. Kept here and nowhere else: no cookie.
(function () {
  try {
    var theme = localStorage.getItem('bandkeeper.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    var language = localStorage.getItem('bandkeeper.language');
    if (language) document.documentElement.lang = language;
  } catch (e) {
    // Storage may be forbidden: then the system's theme is used.
  }
})();
