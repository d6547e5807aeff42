// SPDX-License-Identifier: Apache-2.0
// Reviews: a person says what unsure items are, and what some of the sure ones are. Made for the keyboard: an answer goes out while the next
// picture is looked at; one that does not get through comes back.
import { getJson, putJson, remove, sentence } from './api.js';
import { announce, byId, el, put, show as reveal } from './dom.js';
import { fractionName, fractionOf, labelBars, swatch } from './fractions.js';
import { mayReview, planNamed, setup } from './setup.js';
import { clock, dayTime, interval, labelName, number, percent, say, sayOne } from './words.js';

const FETCHED = 20;
const REFILL_AT = 5;
const REFRESH_AFTER = 1500;
/** None of these is a key of the other answers. */
const LABEL_KEYS = [...'123456789qwertzp'];
const OTHER_KEYS = { m: 'SEVERAL_ITEMS', n: 'NOTHING', 0: 'NOTHING', s: 'skip', u: 'undo' };

let queue = [];
let place = 0;
let said = [];
let progress = { open: 0, said: 0, purity: null };
let trouble = null;
let loaded = false;
let refresh = null;
/** What is said goes out in the order in which it was said. */
let sending = Promise.resolve();

const key = (item) => item.line + '/' + item.item;
const path = (item) => '/api/reviews/' + encodeURIComponent(item.line) + '/' + encodeURIComponent(item.item);
const labels = () => setup().model.labels.filter((label) => label !== 'empty');

export function start() {
  addEventListener('keydown', pressed);
  reword();
}

export function show() {
  load();
}

export function hide() {
  clearTimeout(refresh);
}

export function reword() {
  reveal(byId('review-reason'), !mayReview());
  drawButtons();
  draw();
}

async function load() {
  clearTimeout(refresh);
  try {
    const found = await getJson('/api/reviews?limit=' + FETCHED);
    // What was said a moment ago may not have got there yet.
    const gone = new Set(said.slice(-FETCHED * 2).map(({ item }) => key(item)));
    const have = new Set(queue.map(key));
    queue.push(...found.items.filter((item) => !gone.has(key(item)) && !have.has(key(item))));
    progress = found;
    trouble = null;
    loaded = true;
  } catch (e) {
    trouble = e;
    // After a start the console reads the reviews first.
    if (e.retryAfter && !byId('review').hidden) refresh = setTimeout(load, e.retryAfter * 1000);
  }
  draw();
}

function refreshSoon() {
  clearTimeout(refresh);
  refresh = setTimeout(load, queue.length < REFILL_AT && progress.open > queue.length ? 0 : REFRESH_AFTER);
}

// ---- What a person says

function answerWith(what, label) {
  const item = queue[place];
  if (!item || !mayReview()) return;
  queue.splice(place, 1);
  place = Math.min(place, Math.max(0, queue.length - 1));
  said.push({ item, what, label });
  progress = { ...progress, open: Math.max(0, progress.open - 1), said: progress.said + 1 };
  trouble = null;
  announce(say('review.said', { what: label ? labelName(label) : say('review.' + what) }));
  draw();
  send(() => putJson(path(item), { said: what, label: label ?? null }), () => {
    said = said.filter((one) => one.item !== item);
    back(item);
  });
}

function undo() {
  const last = said.pop();
  if (!last || !mayReview()) return;
  back(last.item);
  announce(say('review.undone'));
  send(() => remove(path(last.item)), () => {
    queue = queue.filter((item) => item !== last.item);
    said.push(last);
    progress = { ...progress, open: Math.max(0, progress.open - 1), said: progress.said + 1 };
  });
}

function back(item) {
  queue.unshift(item);
  place = 0;
  progress = { ...progress, open: progress.open + 1, said: Math.max(0, progress.said - 1) };
  draw();
}

function send(request, failed) {
  sending = sending.then(request).then(refreshSoon, (e) => {
    failed();
    trouble = e;
    draw();
  });
}

function skip() {
  if (queue.length < 2) return;
  queue.push(...queue.splice(place, 1));
  place = Math.min(place, queue.length - 1);
  draw();
}

function move(by) {
  place = Math.max(0, Math.min(queue.length - 1, place + by));
  draw();
}

function pressed(event) {
  const typing = event.target.closest?.('input, select, textarea');
  if (byId('review').hidden || !loaded || typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const name = event.key.toLowerCase();
  const label = labels()[LABEL_KEYS.indexOf(name)];
  if (name === 'arrowright' || name === 'arrowleft') move(name === 'arrowright' ? 1 : -1);
  else if (OTHER_KEYS[name] === 'skip') skip();
  else if (OTHER_KEYS[name] === 'undo') undo();
  else if (OTHER_KEYS[name]) answerWith(OTHER_KEYS[name]);
  else if (label) answerWith('LABEL', label);
  else return;
  event.preventDefault();
}

// ---- What is shown

function answer(keys, name, attributes, act, lead) {
  return el('button', {
    type: 'button', 'aria-keyshortcuts': keys, disabled: !mayReview() && attributes['data-says'] !== 'skip', 'aria-describedby': mayReview() ? null : 'review-reason',
    title: mayReview() ? null : say('review.viewer'), ...attributes, on: { click: act },
  }, lead ?? null, el('span', { text: name }), el('kbd', { 'aria-hidden': 'true', text: keys.toUpperCase() }));
}

function drawButtons() {
  const plan = planNamed(queue[place]?.plan) ?? planNamed(setup().lines[0]?.plan);
  byId('review-labels').replaceChildren(...labels().map((label, i) =>
    answer(LABEL_KEYS[i] ?? '', labelName(label), { 'data-label': label }, () => answerWith('LABEL', label), swatch(plan, fractionOf(plan, label)))));
  byId('review-others').replaceChildren(
    answer('m', say('review.SEVERAL_ITEMS'), { 'data-says': 'SEVERAL_ITEMS' }, () => answerWith('SEVERAL_ITEMS')),
    answer('n', say('review.NOTHING'), { 'data-says': 'NOTHING' }, () => answerWith('NOTHING')),
    answer('s', say('review.skip'), { 'data-says': 'skip' }, skip),
    answer('u', say('review.undo'), { 'data-says': 'undo', id: 'review-undo' }, undo));
}

function draw() {
  const item = queue[place] ?? null;
  byId('review-trouble').replaceChildren(...(trouble ? [el('p', { class: 'trouble', text: sentence(trouble) })] : []));
  put(byId('review-progress'), loaded ? say('review.progress', { open: progress.open, said: progress.said }) : say('page.loading'));
  put(byId('review-purity'), progress.purity
    ? say('review.purity', { share: percent(progress.purity.value, 1), interval: interval(progress.purity), n: progress.purity.items }) : say('review.no-purity'));
  reveal(byId('review-empty'), loaded && !item);
  reveal(byId('review-card'), Boolean(item));
  reveal(byId('review-queue-title'), queue.length > 1);
  const undoes = byId('review-undo');
  if (undoes) undoes.disabled = !mayReview() || said.length === 0;
  drawQueue();
  if (item) drawItem(item);
  // The next picture is there before it is asked for.
  if (queue[place + 1]) new Image().src = queue[place + 1].image;
}

function drawItem(item) {
  const plan = planNamed(item.plan);
  const image = byId('review-image');
  if (image.getAttribute('src') !== item.image) image.src = item.image;
  image.alt = say('review.image', { line: item.line });
  put(byId('review-item'), say('review.item', { line: item.line, time: dayTime(item.decidedAt) }));
  put(byId('review-cause'), sayOne('review.cause.', item.unfamiliar ? 'unfamiliar' : item.cause, item.cause));
  byId('review-guess').replaceChildren(...(item.fraction
    ? [el('p', { text: say('review.guess', { fraction: fractionName(plan, item.fraction), confidence: percent(item.confidence) }) }), labelBars(plan, item.probabilities, percent)]
    : [el('p', { text: say('review.no-guess') })]),
  // The line's own sentence.
  ...(item.reason ? [el('p', { class: 'quiet', lang: 'en', text: item.reason })] : []));
}

function drawQueue() {
  byId('review-queue').replaceChildren(...(queue.length > 1 ? queue.slice(0, FETCHED).map((item, i) => {
    const name = say('review.open', { n: number(i + 1), line: item.line, time: clock(item.decidedAt) });
    return el('li', {}, el('button', { type: 'button', 'aria-label': name, 'aria-pressed': i === place ? 'true' : 'false', on: { click: () => { place = i; draw(); byId('review-queue').children[i]?.firstChild.focus(); } } },
      el('img', { src: item.image, alt: '', width: 72, height: 72, loading: 'lazy' })));
  }) : []));
}
