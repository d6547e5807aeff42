// SPDX-License-Identifier: Apache-2.0
// The page's words in the reader's language, and numbers and times as the reader writes them.
import { choices } from './kept.js';

const LANGUAGES = {};
const listeners = [];
let formats = new Map();

export const language = () => (document.documentElement.lang === 'id' ? 'id' : 'en');

/** Only the reader's language is loaded. */
const learn = async (name) => { LANGUAGES[name] ??= (await import(`./words-${name}.js`)).words; };

/** The reader's own way of writing in that language, such as en-GB. */
const locale = () => (navigator.languages ?? []).find((tag) => tag.slice(0, 2) === language()) ?? (language() === 'id' ? 'id-ID' : 'en-GB');

function format(kind, options) {
  const key = kind.name + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new kind(locale(), options));
  return formats.get(key);
}

/** The words of a key. `{name}` stands for a value, `{name:one|many}` for the form that goes with a number. */
export function say(key, values = {}) {
  const text = LANGUAGES[language()][key] ?? key;
  return text.replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (whole, name, one, many) => {
    const value = values[name];
    if (one !== undefined) return format(Intl.PluralRules, {}).select(Number(value)) === 'one' ? one : many;
    return typeof value === 'number' ? number(value) : value ?? '';
  });
}

/** The words for one of many, such as an error's code, or else what stands for the unknown ones. */
export const sayOne = (prefix, word, otherwise) => (Object.hasOwn(LANGUAGES[language()], prefix + word) ? say(prefix + word) : otherwise);

export const number = (value, digits = 0) => format(Intl.NumberFormat, { maximumFractionDigits: digits }).format(value);
/** With as many digits always, so that columns and figures that change do not jump. */
export const fixed = (value, digits = 1) =>
  format(Intl.NumberFormat, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
export const percent = (share, digits = 0) =>
  share === null || share === undefined ? '–'
    : format(Intl.NumberFormat, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(share);
const at = (when, options) => format(Intl.DateTimeFormat, options).format(new Date(when));
export const time = (when) => at(when, { hour: '2-digit', minute: '2-digit' });
export const clock = (when) => at(when, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
export const dayTime = (when) => at(when, { dateStyle: 'medium', timeStyle: 'short' });
export const listed = (texts, type = 'conjunction') => format(Intl.ListFormat, { type }).format(texts);
export const millis = (value) => (value === null || value === undefined ? '–' : say('unit.millis', { n: Math.round(value) }));

/** As long as it is easily said: 45 s, 12 min, 1 h 5 min. */
export function duration(seconds) {
  if (seconds < 90) return say('unit.seconds', { n: Math.round(seconds) });
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return say('unit.minutes', { n: minutes });
  return say('unit.hours', { h: Math.floor(minutes / 60), m: minutes % 60 });
}

/** A label in the reader's language; one that nobody foresaw as it is. */
export const labelName = (label) => sayOne('label.', label, label);

/** `low – high`, a 95 % interval, in words. */
export const interval = (share) => say('figure.interval', { low: percent(share.low, 1), high: percent(share.high, 1) });

export const onLanguage = (listener) => listeners.push(listener);

/** Puts the words into what stands in the page's HTML. */
export function translate(root = document) {
  for (const node of root.querySelectorAll('[data-word]')) node.textContent = say(node.dataset.word);
  for (const node of root.querySelectorAll('[data-word-label]')) node.setAttribute('aria-label', say(node.dataset.wordLabel));
}

export function startWords(select) {
  select.value = language();
  select.addEventListener('change', async () => {
    await learn(select.value);
    choices.set('language', select.value);
    document.documentElement.lang = select.value;
    formats = new Map();
    translate();
    listeners.forEach((listener) => listener());
  });
  translate();
}

await learn(language());
