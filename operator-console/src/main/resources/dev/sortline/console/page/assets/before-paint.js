// SPDX-License-Identifier: Apache-2.0
// Runs before the first paint, so that neither colours nor language flash: what the reader chose here, else what the browser says.
(function () {
  'use strict';
  function kept(name) {
    try { return localStorage.getItem('sortline.' + name); } catch { return null; }
  }
  var root = document.documentElement;
  var theme = kept('theme');
  if (theme !== 'light' && theme !== 'dark') theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  root.dataset.theme = theme;
  var language = kept('language');
  if (language !== 'en' && language !== 'id') {
    var first = (navigator.languages || [navigator.language]).map(function (l) { return l.slice(0, 2); })
      // Some browsers still say 'in' for Indonesian.
      .map(function (l) { return l === 'in' ? 'id' : l; }).find(function (l) { return l === 'en' || l === 'id'; });
    language = first || 'en';
  }
  root.lang = language;
})();
