// SPDX-License-Identifier: Apache-2.0
// The sign-in page: one password, then back to where the reader was.
import { getJson, postJson, sentence } from './api.js';
import { byId, put } from './dom.js';
import { startTheme } from './theme.js';
import { onLanguage, say, startWords } from './words.js';

let trouble = null;
const onwards = () => location.replace('/' + location.hash);
const retitle = () => {
  document.title = say('sign-in.title') + ' · Sortline';
  put(byId('trouble'), trouble ? sentence(trouble) : '');
};

startTheme(byId('theme'));
startWords(byId('language'));
onLanguage(retitle);
retitle();

byId('sign-in').addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = event.target.querySelector('button');
  const password = byId('password');
  trouble = null;
  retitle();
  button.disabled = true;
  try {
    await postJson('/api/session', { password: password.value });
    onwards();
  } catch (e) {
    trouble = e;
    retitle();
    password.setAttribute('aria-invalid', 'true');
    password.select();
  } finally {
    button.disabled = false;
  }
});

getJson('/api/session').then((session) => {
  if (!session.passwords) onwards();
}).catch(() => { /* told when the reader signs in */ });
