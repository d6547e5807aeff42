// SPDX-License-Identifier: Apache-2.0
// The page on which anybody tries the model: pictures in by every way there is, the answer in words, the session's history.
import { getJson, postBytes, sentence, Trouble } from './api.js';
import { Camera } from './camera.js';
import { byId, el, figures, put, show as reveal } from './dom.js';
import { csv, save } from './export.js';
import { chip, fractionAdvice, fractionName, labelBars, swatch } from './fractions.js';
import { History, judgementBy, sums, topLabel } from './history.js';
import { choices, session } from './kept.js';
import { asJpeg, sendable, thumbnail } from './picture.js';
import { planNamed, setup } from './setup.js';
import { clock, labelName, listed, millis, number, percent, say } from './words.js';

const RATES = [0.5, 1, 2, 5];
let history = null;
let plan = null;
let shown = null;
let waiting = [];
let asked = 0;
let busy = false;
let troubles = [];
let camera = null;
let agreement = null;

/** Tells this browser's pictures from others'. */
function cameraId() {
  let id = session.get('camera');
  if (!id) {
    id = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    session.set('camera', id);
  }
  return id;
}

export function start() {
  history = new History();
  shown = history.entries[0] ?? null;
  const fitting = setup().plans.filter((one) => one.fits);
  plan = fitting.find((one) => one.name === choices.get('plan')) ?? fitting[0] ?? null;
  camera = new Camera(byId('try-video'), (blob) => take(new File([blob], say('try.camera-name'), { type: 'image/jpeg' })));
  intake();
  cameraButtons();
  byId('try-plan').addEventListener('change', (event) => {
    plan = planNamed(event.target.value);
    choices.set('plan', plan.name);
    draw();
  });
  byId('try-csv').addEventListener('click', saveCsv);
  byId('try-json').addEventListener('click', saveJson);
  byId('try-clear').addEventListener('click', () => {
    history.clear();
    shown = null;
    draw();
  });
  reword();
}

export function show() {
  if (setup().shadow) getJson('/api/agreement').then((found) => { agreement = found; drawFigures(); }).catch(() => { /* shown when it comes */ });
}

export function hide() {
  closeCamera();
}

export function reword() {
  const possible = Boolean(setup().trialLine);
  reveal(byId('try-none'), !possible);
  reveal(byId('try-drop'), possible);
  byId('try-plan').replaceChildren(...setup().plans.map((one) =>
    el('option', { value: one.name, disabled: !one.fits, selected: one === plan, text: one.fits ? one.name : say('try.misfit-option', { plan: one.name }) })));
  byId('try-misfits').replaceChildren(...setup().plans.filter((one) => !one.fits).map((one) =>
    el('li', { text: say('try.misfit', { plan: one.name, labels: listed(one.missing.map(labelName)), n: one.missing.length }) })));
  byId('try-rate').replaceChildren(...RATES.map((rate) => el('option', { value: rate, selected: rate === 1, text: say('try.seconds', { n: number(rate, 1), count: rate }) })));
  put(byId('try-run'), say(camera.running ? 'try.stop' : 'try.start'));
  put(byId('try-camera-open'), say('try.camera'));
  draw();
}

// ---- Pictures in

function intake() {
  for (const id of ['try-files', 'try-capture']) {
    byId(id).addEventListener('change', (event) => {
      takeAll(event.target.files);
      // The same file may be chosen again.
      event.target.value = '';
    });
  }
  const area = byId('try');
  const drop = byId('try-drop');
  const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');
  area.addEventListener('dragover', (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    drop.classList.add('over-it');
  });
  area.addEventListener('dragleave', (event) => {
    if (!area.contains(event.relatedTarget)) drop.classList.remove('over-it');
  });
  area.addEventListener('drop', (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    drop.classList.remove('over-it');
    takeAll(event.dataTransfer.files);
  });
  addEventListener('paste', (event) => {
    if (byId('try').hidden || !event.clipboardData?.files.length) return;
    event.preventDefault();
    takeAll(event.clipboardData.files);
  });
}

function takeAll(files) {
  if (!setup().trialLine || !files.length) return;
  troubles = [];
  waiting.push(...files);
  asked += files.length;
  if (!busy) work();
}

/** One after another: the line is asked for one picture at a time. */
async function work() {
  busy = true;
  while (waiting.length) {
    put(byId('try-progress'), say('try.progress', { i: asked - waiting.length + 1, n: asked }));
    await take(waiting.shift());
  }
  busy = false;
  asked = 0;
  put(byId('try-progress'), '');
}

/** Where many try at once, each waits for the next's turn as long as the console says. */
async function patiently(request) {
  for (let left = 5; ; left--) {
    try {
      return await request();
    } catch (e) {
      if (e.code !== 'too-many' || !e.retryAfter || e.retryAfter > 10 || left === 0) throw e;
      await new Promise((done) => { setTimeout(done, e.retryAfter * 1000); });
    }
  }
}

async function ask(file) {
  const most = setup().maxUploadBytes;
  const path = '/api/trials?camera=' + cameraId();
  const first = await sendable(file, most);
  try {
    return { answer: await patiently(() => postBytes(path, first.blob, first.type)), blob: first.blob };
  } catch (e) {
    // Too many pixels, though few bytes: smaller it may pass.
    if (!(e instanceof Trouble) || e.code !== 'too-large' || first.blob !== file) throw e;
    const second = await asJpeg(file, most);
    return { answer: await patiently(() => postBytes(path, second.blob, second.type)), blob: second.blob };
  }
}

async function take(file) {
  try {
    const { answer, blob } = await ask(file);
    const thumb = await thumbnail(blob);
    const entry = {
      key: answer.id, name: file.name || say('try.pasted'), at: new Date().toISOString(), answer,
      picture: URL.createObjectURL(blob), thumb: thumb ? URL.createObjectURL(thumb) : null,
    };
    history.add(entry);
    shown = entry;
    draw();
    if (setup().shadow && !answer.shadow) laterShadow(entry);
  } catch (e) {
    troubles.push({ name: file.name, trouble: e });
    if (troubles.length > 5) troubles.shift();
    if (e.code === 'too-many' || e.code === 'not-signed-in') {
      waiting = [];
      stopRun();
    }
    drawTroubles();
  }
}

/** The second model had no time: asked for once more, a second later. */
function laterShadow(entry) {
  setTimeout(async () => {
    try {
      entry.answer.shadow = await getJson('/api/trials/' + encodeURIComponent(entry.answer.id) + '/shadow');
      history.keep();
      draw();
    } catch { /* then there is none */ }
  }, 1000);
}

// ---- The device's camera

function cameraButtons() {
  byId('try-camera-open').addEventListener('click', async () => {
    troubles = [];
    try {
      await camera.open();
      reveal(byId('try-camera'), true);
      byId('try-camera-open').setAttribute('aria-expanded', 'true');
      byId('try-shoot').focus();
    } catch (e) {
      troubles.push({ trouble: e });
    }
    drawTroubles();
  });
  byId('try-shoot').addEventListener('click', async (event) => {
    if (busy || camera.running) return;
    event.target.disabled = true;
    await camera.shoot();
    event.target.disabled = false;
    event.target.focus();
  });
  byId('try-run').addEventListener('click', async () => {
    if (camera.running) {
      stopRun();
      return;
    }
    troubles = [];
    drawTroubles();
    setRun(true);
    await camera.run(Number(byId('try-rate').value));
  });
  byId('try-camera-close').addEventListener('click', () => {
    closeCamera();
    byId('try-camera-open').focus();
  });
}

function setRun(on) {
  byId('try-run').setAttribute('aria-pressed', String(on));
  put(byId('try-run'), say(on ? 'try.stop' : 'try.start'));
  byId('try-shoot').disabled = on;
}

function stopRun() {
  camera.rest();
  setRun(false);
}

function closeCamera() {
  camera.close();
  setRun(false);
  reveal(byId('try-camera'), false);
  byId('try-camera-open').setAttribute('aria-expanded', 'false');
}

// ---- What is shown

function draw() {
  drawTroubles();
  byId('try-answer').replaceChildren(...answerOf(shown));
  drawFigures();
  drawList();
}

function drawTroubles() {
  byId('try-troubles').replaceChildren(...troubles.map(({ name, trouble }) =>
    el('p', { class: 'trouble', 'data-code': trouble.code ?? 'failed', text: (name ? name + ': ' : '') + sentence(trouble) })));
}

/** How sure an answer is, in words. */
function sureness(judgement) {
  const fraction = fractionName(plan, judgement.fraction);
  const values = { fraction, confidence: percent(judgement.confidence), rival: judgement.rival ? fractionName(plan, judgement.rival) : '' };
  // A plan may ask for little, as of what runs on in any case.
  if (judgement.decision === 'SORT') return say(judgement.confidence < 0.5 ? 'try.enough' : 'try.sure', values);
  if (judgement.unfamiliar) return say('try.unfamiliar', values);
  if (judgement.decision === 'AMBIGUOUS' && judgement.rival) return say('try.between', values);
  const least = plan.fractions.find((one) => one.id === judgement.fraction)?.leastConfidence ?? 0;
  return say('try.unsure', { ...values, least: percent(least) });
}

function verdict(answer, heading) {
  if (answer.seen === 'empty') return [el(heading, { 'data-testid': 'answer-fraction', text: say('try.nothing') }), el('p', { class: 'quiet', text: say('try.nothing-more') })];
  const judgement = judgementBy(answer, plan);
  if (!judgement) return [el(heading, { text: labelName(topLabel(answer.probabilities)) }), el('p', { class: 'quiet', text: say('try.no-plan') })];
  const sure = judgement.decision === 'SORT';
  return [
    el(heading, { class: 'verdict', 'data-testid': 'answer-fraction', 'data-fraction': judgement.fraction, 'data-decision': judgement.decision }, chip(plan, judgement.fraction)),
    el('p', { class: sure ? 'sure' : 'unsure', 'data-testid': 'answer-sureness', text: sureness(judgement) }),
    el('p', { 'data-testid': 'answer-lane', text: say(sure ? 'try.lane' : 'try.residual', { lane: judgement.lane }) }),
  ];
}

function answerOf(entry) {
  if (!entry && !setup().trialLine) return [];
  if (!entry) return [el('p', { class: 'empty-state', text: say('try.first') })];
  const { answer } = entry;
  const judgement = judgementBy(answer, plan);
  const advice = judgement ? fractionAdvice(plan, judgement.fraction) : '';
  const picture = entry.picture
    ? el('img', { src: entry.picture, alt: say('try.picture', { name: entry.name }), 'data-testid': 'answer-picture' })
    : el('p', { class: 'quiet', text: say('try.no-picture') });
  const one = el('section', { class: 'model-answer', 'data-testid': 'answer-model', 'aria-label': modelName(answer.model) },
    answer.shadow ? el('p', { class: 'quiet', text: modelName(answer.model) }) : null, labelBars(plan, answer.probabilities, percent));
  const other = answer.shadow
    ? el('section', { class: 'model-answer', 'data-testid': 'answer-shadow', 'aria-label': modelName(answer.shadow.model) },
      el('p', { class: 'quiet', text: modelName(answer.shadow.model) }), labelBars(plan, answer.shadow.probabilities, percent), verdict(answer.shadow, 'h3'))
    : null;
  const agree = answer.shadow && topLabel(answer.probabilities) === topLabel(answer.shadow.probabilities);
  return [
    el('div', { class: 'answer-head' }, el('div', { class: 'picture' }, picture),
      el('div', {}, verdict(answer, 'h2'),
        advice ? el('p', { class: 'advice', 'data-testid': 'answer-advice', text: advice }) : null,
        answer.shadow ? el('p', { 'data-testid': 'answer-agree', text: say(agree ? 'try.agree' : 'try.disagree') }) : null)),
    el('div', { class: other ? 'models' : '' }, one, other),
    el('p', { class: 'quiet', text: say('try.took', { ms: millis(answer.micros.total / 1000), name: entry.name }) }),
  ];
}

const modelName = (model) => model.name + ' ' + model.version;

function drawFigures() {
  const { count, empty, judged, confidence, unsure, fractions, compared, agree } = sums(history.entries, plan);
  const pairs = [
    [say('try.count'), number(count), empty ? say('try.empty-ones', { n: empty }) : null],
    [say('try.mean'), percent(confidence)],
    [say('try.unsure-share'), percent(unsure)],
  ];
  if (setup().shadow) {
    pairs.push([say('try.agreement'), compared ? percent(agree / compared) : '–',
      agreement?.compared ? say('try.agreement-lines', { share: percent(agreement.agree / agreement.compared), n: agreement.compared }) : null]);
  }
  const split = [...fractions].sort(([, a], [, b]) => b - a).map(([id, n]) =>
    el('li', {}, id ? chip(plan, id) : el('span', { class: 'chip' }, el('span', { class: 'swatch hollow', 'aria-hidden': 'true', text: '?' }), el('span', { text: say('try.unsure-ones') })),
      el('span', { class: 'bar', 'aria-hidden': 'true' }, el('span', { style: { width: (n / judged) * 100 + '%' } })), el('span', { class: 'bar-figure', text: number(n) })));
  byId('try-figures').replaceChildren(figures(pairs), el('ul', { class: 'bars split' }, split));
}

function drawList() {
  const { entries } = history;
  reveal(byId('try-history-empty'), entries.length === 0);
  for (const id of ['try-csv', 'try-json', 'try-clear']) byId(id).disabled = entries.length === 0;
  byId('try-list').replaceChildren(...entries.map((entry) => {
    const judgement = judgementBy(entry.answer, plan);
    const id = entry.answer.seen === 'empty' ? 'empty' : judgement?.fraction;
    const name = id ? fractionName(plan, id) : labelName(topLabel(entry.answer.probabilities));
    const doubt = judgement && judgement.decision !== 'SORT';
    const more = say(doubt ? 'try.entry-unsure' : 'try.entry', { time: clock(entry.at), name: entry.name });
    return el('li', {}, el('button', {
      type: 'button', title: name + ', ' + more, 'aria-pressed': entry === shown ? 'true' : 'false',
      on: { click: () => { shown = entry; draw(); byId('try-list').children[history.entries.indexOf(entry)]?.firstChild.focus(); } },
    }, entry.thumb ? el('img', { src: entry.thumb, alt: '', width: 72, height: 72 }) : el('span', { class: 'no-thumb', 'aria-hidden': 'true' }),
    el('span', { class: 'chip' }, swatch(plan, id ?? ''), el('span', { text: doubt ? name + ' ?' : name })), el('span', { class: 'unseen', text: ', ' + more })));
  }));
}

// ---- Out of the browser

const fileName = (ending) => 'sortline-' + new Date().toISOString().slice(0, 19).replaceAll(':', '-') + '.' + ending;

function saveCsv() {
  const labels = setup().model.labels;
  const head = ['at', 'file', 'model', 'version', 'plan', 'seen', 'fraction', 'label', 'lane', 'decision', 'confidence', 'gap', 'familiarity', 'rival', ...labels];
  const rows = history.entries.map(({ at, name, answer }) => {
    const judgement = judgementBy(answer, plan) ?? {};
    return [at, name, answer.model.name, answer.model.version, plan?.name, answer.seen, judgement.fraction, judgement.label ?? topLabel(answer.probabilities),
      judgement.lane, judgement.decision, judgement.confidence, judgement.gap, answer.familiarity, judgement.rival, ...labels.map((label) => answer.probabilities[label])];
  });
  save(fileName('csv'), 'text/csv;charset=utf-8', csv([head, ...rows]));
}

function saveJson() {
  save(fileName('json'), 'application/json', JSON.stringify(history.entries.map(({ at, name, answer }) => ({ at, file: name, ...answer })), null, 2));
}
