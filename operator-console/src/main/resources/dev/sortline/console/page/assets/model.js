// SPDX-License-Identifier: Apache-2.0
// The model's page: what it can, by its evaluations; how it does now; how the second model compares; its card.
import { getJson, getText, sentence } from './api.js';
import { byId, el, figures, put, scroller, show as reveal, table } from './dom.js';
import { plot } from './plot.js';
import { setup } from './setup.js';
import { colour } from './theme.js';
import { dayTime, fixed, interval, labelName, listed, number, percent, say } from './words.js';

/** What a card may be made of; the server writes no more than this. */
const CARD_TAGS = new Set(['P', 'UL', 'OL', 'LI', 'TABLE', 'THEAD', 'TBODY', 'TR', 'TH', 'TD', 'CODE', 'PRE', 'EM', 'STRONG', 'BLOCKQUOTE', 'HR', 'BR', 'A', 'DEL']);
let found = null;
let card = null;
let agreement = null;
let trouble = null;
let evaluation = 0;

export function start() {
  byId('model-evaluation').addEventListener('change', (event) => {
    evaluation = Number(event.target.value);
    drawEvaluation();
  });
  reword();
}

export async function show() {
  trouble = null;
  const parts = await Promise.allSettled([
    getJson('/api/model').then((model) => { found = model; }),
    card ? null : getText('/api/model/card').then((html) => { card = html; }),
    setup().shadow ? getJson('/api/agreement').then((agrees) => { agreement = agrees; }) : null,
  ]);
  trouble = parts.find((part) => part.status === 'rejected')?.reason ?? null;
  reword();
}

export function hide() {}

export function reword() {
  byId('model-trouble').replaceChildren(...(trouble ? [el('p', { class: 'trouble', text: sentence(trouble) })] : []));
  if (!found) {
    put(byId('model-name'), trouble ? '' : say('page.loading'));
    return;
  }
  const { model, evaluations } = found;
  put(byId('model-name'), say('model.name', { name: model.name ?? '–', version: model.version ?? '', size: model.inputSize ?? '–', labels: listed(model.labels.map(labelName)) }));
  reveal(byId('model-choice'), evaluations.length > 0);
  evaluation = Math.min(evaluation, Math.max(0, evaluations.length - 1));
  byId('model-evaluation').replaceChildren(...evaluations.map((one, i) => el('option', { value: i, selected: i === evaluation, text: one.data })));
  drawEvaluation();
  drawDrift();
  drawAgreement();
  if (card !== null) byId('model-card').replaceChildren(...cardNodes());
}

// ---- One evaluation

function drawEvaluation() {
  const one = found.evaluations[evaluation];
  const box = byId('model-evaluations');
  if (!one) {
    box.replaceChildren(el('p', { class: 'empty-state', text: say('model.no-evaluation') }));
    return;
  }
  box.replaceChildren(
    el('section', { class: 'panel', 'aria-labelledby': 'model-figures-title' }, el('h2', { id: 'model-figures-title', text: say('model.figures') }),
      figures([
        [say('model.accuracy'), percent(one.accuracy.value, 1), interval(one.accuracy)],
        [say('model.ece'), one.ece === null ? '–' : fixed(one.ece, 3), say('model.ece-more')],
        [say('model.pictures'), number(one.pictures)],
      ]),
      el('div', { class: 'tables' }, perLabel(one), reliabilityTable(one))),
    el('section', { class: 'panel', 'aria-labelledby': 'model-confusion-title' }, el('h2', { id: 'model-confusion-title', text: say('model.confusion') }),
      el('p', { class: 'quiet', text: say('model.confusion-more') }), confusion(one)),
    el('section', { class: 'panel', 'aria-labelledby': 'model-reliability-title' }, el('h2', { id: 'model-reliability-title', text: say('model.reliability') }),
      el('p', { class: 'quiet', text: say('model.reliability-more') }), reliability(one)));
}

const perLabel = (one) => table(say('model.per-label'),
  [say('model.label'), ...['precision', 'recall', 'f1', 'pictures'].map((name) => say('model.' + name))],
  one.perLabel.map((row) => [labelName(row.label), ...['precision', 'recall', 'f1'].map((name) => (row[name] === null ? '–' : percent(row[name], 1))), number(row.pictures)]),
  { 'data-testid': 'model-per-label' });

const reliabilityTable = (one) => table(say('model.reliability'),
  [say('model.bin'), ...['says', 'is', 'pictures'].map((name) => say('model.' + name))],
  one.reliability.filter((bin) => bin.pictures > 0).map((bin) => [`${percent(bin.from)} – ${percent(bin.to)}`, percent(bin.confidence, 1), percent(bin.accuracy, 1), number(bin.pictures)]));

function confusion({ confusion: { labels, rows } }) {
  const cells = rows.map((row, i) => {
    const sum = row.reduce((a, b) => a + b, 0);
    return [labelName(labels[i]), ...row.map((n, j) => {
      const share = sum ? n / sum : 0;
      // Never so strong that the figure in it could not be read.
      const ground = `color-mix(in srgb, var(${i === j ? '--good-line' : '--bad-line'}) ${Math.round(Math.sqrt(share) * 38)}%, transparent)`;
      return el('span', { class: 'shade', style: { background: ground }, title: percent(share, 1), text: n ? number(n) : '·' });
    })];
  });
  return table(say('model.confusion'), [say('model.truth'), ...labels.map(labelName)], cells,
    { class: 'confusion', 'data-testid': 'model-confusion' });
}

function reliability(one) {
  const bins = one.reliability.filter((bin) => bin.pictures > 0);
  const make = (uPlot, axis) => {
    const axes = [0, 1].map((i) => ({ ...axis, size: i ? 56 : 40, label: say(i ? 'model.is' : 'model.says'), labelSize: 20, labelFont: '12px system-ui, sans-serif', values: (u, ticks) => ticks.map((tick) => percent(tick)) }));
    const xs = [0, ...bins.map((bin) => bin.confidence), 1];
    return {
      options: {
        legend: { show: true, live: false }, scales: { x: { time: false, range: [0, 1] }, y: { range: [0, 1] } }, axes,
        series: [{ label: say('model.says') },
          { label: say('model.ideal'), stroke: colour('--ink-quiet'), width: 1, dash: [4, 4], points: { show: false } },
          { label: say('model.is'), stroke: colour('--accent'), width: 2, points: { show: true, size: 9, fill: colour('--accent') } }],
      },
      data: [xs, xs, [null, ...bins.map((bin) => bin.accuracy), null]],
    };
  };
  return el('div', { class: 'square' }, plot(say('model.reliability'), 320, make));
}

// ---- Now, and the second model

function drawDrift() {
  const { drift } = found;
  if (!drift || !drift.items) {
    byId('model-drift').replaceChildren(el('p', { class: 'quiet', text: say('model.no-drift') }));
    return;
  }
  const expected = (share) => (share === null || share === undefined ? say('report.unknown') : percent(share, 1));
  byId('model-drift').replaceChildren(
    el('p', { text: say('model.drift-since', { time: dayTime(drift.since), n: drift.items }) }),
    figures([[say('report.confidence'), percent(drift.confidence.now, 1), say('model.expected', { share: expected(drift.confidence.expected) })]]),
    table(say('model.drift-labels'), [say('model.label'), say('model.now'), say('model.usual')],
      drift.labels.map((row) => [labelName(row.label), percent(row.now, 1), expected(row.expected)]), { 'data-testid': 'model-drift-table' }));
}

function drawAgreement() {
  reveal(byId('model-agreement-panel'), Boolean(setup().shadow));
  const { shadow } = setup();
  if (!shadow) return;
  const name = say('model.shadow', { name: shadow.name, version: shadow.version });
  if (!agreement?.compared) {
    byId('model-agreement').replaceChildren(el('p', { class: 'quiet', text: name + ' ' + say('model.no-agreement') }));
    return;
  }
  const rows = agreement.byLabel.filter((row) => row.label !== row.shadow).sort((a, b) => b.count - a.count).slice(0, 12);
  byId('model-agreement').replaceChildren(...[
    el('p', { text: name + ' ' + say('model.agrees', { share: percent(agreement.agree / agreement.compared, 1), n: agreement.compared }) }),
    rows.length ? table(say('model.disagreements'), [say('model.first'), say('model.second'), say('model.pictures')],
      rows.map((row) => [labelName(row.label), labelName(row.shadow), number(row.count)]), {}, 2) : null,
  ].filter(Boolean));
}

// ---- The card

/** The card's text below this page's headings; what is no plain text formatting is left out. */
function cardNodes() {
  return copied(new DOMParser().parseFromString(card, 'text/html').body);
}

function copied(parent) {
  return [...parent.childNodes].flatMap((node) => {
    if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.data)];
    if (node.nodeType !== Node.ELEMENT_NODE || ['SCRIPT', 'STYLE', 'TEMPLATE'].includes(node.tagName)) return [];
    const heading = /^H([1-6])$/.exec(node.tagName);
    if (heading) return [el('h' + Math.min(6, Number(heading[1]) + 2), {}, copied(node))];
    if (node.tagName === 'TABLE') return [scroller('div', { class: 'scroll', role: 'group', 'aria-label': say('model.card') }, el('table', {}, copied(node)))];
    if (node.tagName === 'A') return [link(node)];
    if (node.tagName === 'PRE') return [scroller('pre', {}, copied(node))];
    return CARD_TAGS.has(node.tagName) ? [el(node.tagName.toLowerCase(), {}, copied(node))] : copied(node);
  });
}

function link(node) {
  const to = node.getAttribute('href') ?? '';
  return /^https?:\/\//.test(to) ? el('a', { href: to, rel: 'noopener noreferrer', target: '_blank' }, copied(node)) : el('span', {}, copied(node));
}
