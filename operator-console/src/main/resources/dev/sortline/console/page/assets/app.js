// SPDX-License-Identifier: Apache-2.0
// Starts the page: the reader's theme, language and role, then the view that the address names.
import { getJson, remove, sentence, toSignIn } from './api.js';
import { byId, put, show } from './dom.js';
import { keepSetup } from './setup.js';
import { startTheme } from './theme.js';
import { onLanguage, say, startWords } from './words.js';
import * as line from './line.js';
import * as model from './model.js';
import * as report from './report.js';
import * as review from './review.js';
import * as trial from './try.js';

// A view starts once, is shown and hidden, and says itself anew in another language.
const VIEWS = { try: trial, line, report, review, model };
let current = null;
let ready = false;

function named() {
  const name = location.hash.slice(1);
  return Object.hasOwn(VIEWS, name) ? name : 'try';
}

function open(name, byReader) {
  if (current && current !== name && ready) VIEWS[current].hide();
  current = name;
  for (const view of Object.keys(VIEWS)) show(byId(view), view === name);
  for (const link of document.querySelectorAll('nav a')) {
    if (link.hash === '#' + name) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  title();
  if (ready) VIEWS[name].show();
  if (byReader) {
    scrollTo(0, 0);
    byId(name + '-title').focus({ preventScroll: true });
  }
}

const title = () => { document.title = say(current + '.title') + ' · Sortline'; };

async function load() {
  const box = byId('page-trouble');
  try {
    const session = await getJson('/api/session');
    if (session.role === 'anyone') {
      toSignIn();
      return;
    }
    show(byId('sign-out'), session.passwords);
    keepSetup(await getJson('/api/setup'), session);
    show(box, false);
  } catch (e) {
    put(box.querySelector('p'), sentence(e));
    show(box, true);
    return;
  }
  for (const view of Object.values(VIEWS)) view.start();
  ready = true;
  document.documentElement.dataset.ready = 'true';
  VIEWS[current].show();
}

startTheme(byId('theme'));
startWords(byId('language'));
onLanguage(() => {
  title();
  if (ready) Object.values(VIEWS).forEach((view) => view.reword());
});
byId('sign-out').addEventListener('click', async () => {
  try {
    await remove('/api/session');
  } finally {
    toSignIn();
  }
});
byId('page-again').addEventListener('click', load);
byId('skip').addEventListener('click', (event) => {
  // The address names the view: the skip link must leave it alone.
  event.preventDefault();
  byId(current + '-title').focus();
});
addEventListener('hashchange', () => open(named(), true));
open(named(), false);
load();
