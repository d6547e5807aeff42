// SPDX-License-Identifier: Apache-2.0
// The shift's report: what each line sorted, how surely and how fast, hour by hour; made to be printed as well.
import { getJson, sentence } from './api.js';
import { byId, el, figures, put, show as reveal, table } from './dom.js';
import { chip, fractionColour, fractionName } from './fractions.js';
import { plot, stacked } from './plot.js';
import { lineNamed, planNamed, setup } from './setup.js';
import { dayOf, latestShift, momentOf, spanOf } from './spans.js';
import { colour } from './theme.js';
import { dayTime, duration, fixed, interval, language, millis, number, percent, say, sayOne, time } from './words.js';

const MOST_DAYS = 8;
const PLOT_HEIGHT = 220;
let report = null;
let trouble = null;
let asking = null;

export function start() {
  const now = new Date();
  const latest = latestShift(setup().shifts, now);
  for (const input of byId('report-form').elements.span) {
    input.checked = input.value === (latest ? 'shift' : 'times');
    input.addEventListener('change', drawFields);
  }
  reveal(byId('report-by-shift-label'), Boolean(latest));
  byId('report-day').value = latest?.day ?? dayOf(now);
  byId('report-day').max = dayOf(now);
  byId('report-from').value = momentOf(new Date(now - 8 * 3600_000));
  byId('report-to').value = momentOf(now);
  byId('report-form').addEventListener('submit', (event) => {
    event.preventDefault();
    load();
  });
  byId('report-print').addEventListener('click', () => print());
  // On paper nobody can open them.
  addEventListener('beforeprint', () => document.querySelectorAll('#report details').forEach((details) => { details.open = true; }));
  reword();
  byId('report-shift').value = latest?.shift.name ?? '';
  drawFields();
}

export function show() {
  if (!report && !asking) load();
}

export function hide() {}

export function reword() {
  const kept = { shift: byId('report-shift').value, line: byId('report-line').value };
  byId('report-shift').replaceChildren(...setup().shifts.map((shift) =>
    el('option', { value: shift.name, text: say('report.shift-option', { name: shift.name, from: shift.from, to: shift.to }) })));
  byId('report-line').replaceChildren(el('option', { value: '', text: say('report.all-lines') }),
    ...setup().lines.map((line) => el('option', { value: line.id, text: line.id })));
  if (kept.shift) byId('report-shift').value = kept.shift;
  byId('report-line').value = kept.line;
  draw();
}

const byShift = () => byId('report-form').elements.span.value === 'shift';

function drawFields() {
  reveal(byId('report-shift-fields'), byShift());
  reveal(byId('report-times-fields'), !byShift());
}

function chosen() {
  if (byShift()) {
    const shift = setup().shifts.find((one) => one.name === byId('report-shift').value);
    return shift && byId('report-day').value ? spanOf(shift, byId('report-day').value) : null;
  }
  const [from, to] = ['report-from', 'report-to'].map((id) => new Date(byId(id).value));
  return Number.isNaN(+from) || Number.isNaN(+to) ? null : { from, to };
}

function query(span) {
  const line = byId('report-line').value;
  return new URLSearchParams({ from: span.from.toISOString(), to: span.to.toISOString(), ...(line ? { line } : {}) });
}

/** What is wrong with a span, as the key of a sentence; null when it can be asked for. */
function objection(span) {
  if (!span) return 'report.choose';
  if (span.to <= span.from) return 'report.backwards';
  return span.to - span.from > MOST_DAYS * 86_400_000 ? 'report.too-long' : null;
}

async function load() {
  const span = chosen();
  const wrong = objection(span);
  trouble = wrong ? { key: wrong } : null;
  if (!wrong) {
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    put(byId('report-span'), say('page.loading'));
    try {
      report = { ...(await getJson('/api/report?' + query(span), { signal: mine.signal })), query: query(span) };
    } catch (e) {
      if (e.name === 'AbortError') return;
      if (e.code === 'too-many' && e.retryAfter) {
        // The report before this one is still being read.
        setTimeout(() => { if (asking === mine) load(); }, e.retryAfter * 1000);
        return;
      }
      trouble = { e };
    }
    asking = null;
  }
  draw();
}

function draw() {
  byId('report-trouble').replaceChildren(...(trouble ? [el('p', { class: 'trouble', text: trouble.key ? say(trouble.key) : sentence(trouble.e) })] : []));
  reveal(byId('report-links'), Boolean(report));
  if (!report) {
    put(byId('report-span'), asking ? say('page.loading') : '');
    return;
  }
  put(byId('report-span'), say('report.spans', { from: dayTime(report.from), to: dayTime(report.to) }));
  byId('report-csv').href = '/api/report.csv?' + report.query;
  byId('report-json').href = '/api/report?' + report.query;
  const lines = report.lines.filter((line) => line.items > 0);
  byId('report-lines').replaceChildren(...[
    report.complete ? null : el('p', { class: 'banner', 'data-testid': 'report-incomplete', text: say('report.incomplete') }),
    lines.length ? null : el('p', { class: 'empty-state', 'data-testid': 'report-empty', text: say('report.empty') }),
    ...lines.map(lineReport),
  ].filter(Boolean));
}

function lineReport(line) {
  const plan = planNamed(lineNamed(line.line)?.plan);
  const title = 'report-line-' + line.line;
  return el('section', { class: 'panel report-line', 'aria-labelledby': title, 'data-line': line.line, 'data-testid': 'report-line-panel' },
    el('h2', { id: title, text: line.line }),
    figures([
      [say('report.items'), number(line.items)],
      [say('report.confidence'), percent(line.meanConfidence, 1)],
      [say('report.unsure'), percent(line.unsureShare, 1)],
      [say('report.late'), percent(line.lateShare, 1)],
      [say('report.unreadable'), percent(line.unreadableShare, 1)],
      [say('report.latency'), millis(line.latencyMillis?.p50), line.latencyMillis ? say('report.p99', { ms: millis(line.latencyMillis.p99) }) : null],
      [say('report.downtime'), duration(line.downtimeSeconds), say('report.stops', { n: line.stops.length })],
    ]),
    el('div', { class: 'tables' }, fractionTable(line, plan), laneTable(line), decisionTable(line)),
    line.hours.length ? hourPlots(line, plan) : null,
    line.hours.length ? hourTable(line, plan) : null,
    line.stops.length ? stopTable(line) : null);
}

const fractionTable = (line, plan) => table(say('report.fractions'),
  [say('report.fraction'), say('report.items'), say('report.share')],
  line.fractions.map((row) => [chip(plan, row.fraction), number(row.items), percent(row.share, 1)]));

const decisionTable = (line) => table(say('report.decisions'), [say('report.decision'), say('report.items')],
  Object.entries(line.decisions).map(([decision, n]) => [sayOne('decision.', decision, decision), number(n)]));

function laneTable(line) {
  const share = (value) => (value ? el('span', { title: interval(value) }, percent(value.value, 1), el('small', { text: `${fixed(value.low * 100)}–${percent(value.high, 1)}` })) : say('report.unknown'));
  const known = line.lanes.some((lane) => lane.truthKnown > 0);
  return table(say('report.lanes'),
    [say('report.lane'), say('report.items'), say('report.share'), ...(known ? [say('report.purity'), say('report.recovery')] : [])],
    line.lanes.map((lane) => [lane.lane, number(lane.items), percent(lane.share, 1), ...(known ? [share(lane.purity), share(lane.recovery)] : [])]));
}

const stopTable = (line) => table(say('report.stop-list'), [say('report.from'), say('report.to'), say('report.lasted')],
  line.stops.map((stop) => [dayTime(stop.from), dayTime(stop.to), duration((Date.parse(stop.to) - Date.parse(stop.from)) / 1000)]), {}, 2);

function hourTable(line, plan) {
  const ids = line.fractions.map((row) => row.fraction);
  const hourName = Date.parse(report.to) - Date.parse(report.from) > 86_400_000 ? dayTime : time;
  return el('details', {}, el('summary', { text: say('report.hours') }), table(say('report.hours'),
    [say('report.hour'), say('report.items'), ...ids.map((id) => fractionName(plan, id)), say('report.unsure'), say('report.late'), say('report.unreadable'), say('report.confidence')],
    line.hours.map((hour) => [hourName(hour.hour), number(hour.items), ...ids.map((id) => number(hour.fractions[id] ?? 0)),
      number(hour.unsure), number(hour.late), number(hour.unreadable), percent(hour.meanConfidence, 1)])));
}

function hourPlots(line, plan) {
  const hours = line.hours.map((hour) => Date.parse(hour.hour) / 1000);
  // Half an hour at both ends, so that the outer bars are whole.
  const range = () => [hours[0] - 1800, hours.at(-1) + 1800];
  const x = (axis) => ({ ...axis, values: (u, ticks) => ticks.map((tick) => time(tick * 1000)), space: 64, incrs: [3600, 7200, 10_800, 21_600, 43_200, 86_400] });
  const legend = { show: true, live: false };
  const ids = line.fractions.map((row) => row.fraction);
  const items = (uPlot, axis) => {
    const sums = stacked(ids.map((id) => line.hours.map((hour) => hour.fractions[id] ?? 0)));
    const bars = uPlot.paths.bars({ size: [0.7, 60] });
    // The tallest first, so that each lower one covers its part.
    const order = ids.map((_, i) => i).reverse();
    return {
      options: {
        legend, scales: { x: { time: true, range }, y: { range: (u, low, high) => [0, Math.max(1, high * 1.05)] } },
        axes: [x(axis), { ...axis, size: 56, values: (u, ticks) => ticks.map((tick) => number(tick)) }],
        series: [{ label: say('report.hour') }, ...order.map((i) => ({ label: fractionName(plan, ids[i]), fill: fractionColour(plan, ids[i]), stroke: colour('--panel'), width: 1, paths: bars, points: { show: false } }))],
      },
      data: [hours, ...order.map((i) => sums[i])],
    };
  };
  const shares = (uPlot, axis) => ({
    options: {
      legend, scales: { x: { time: true, range }, y: { range: [0, 1] } },
      axes: [x(axis), { ...axis, size: 56, values: (u, ticks) => ticks.map((tick) => percent(tick)) }],
      series: [{ label: say('report.hour') },
        { label: say('report.confidence'), stroke: colour('--accent'), width: 2, points: { show: true, size: 6 } },
        { label: say('report.unsure'), stroke: colour('--warn-line'), width: 2, dash: [6, 4], points: { show: true, size: 6 } },
        { label: say('report.late'), stroke: colour('--bad-line'), width: 2, dash: [2, 3], points: { show: true, size: 6 } }],
    },
    data: [hours, line.hours.map((hour) => hour.meanConfidence), ...['unsure', 'late'].map((name) => line.hours.map((hour) => (hour.items ? hour[name] / hour.items : null)))],
  });
  return el('div', { class: 'plots', lang: language() },
    el('figure', {}, el('figcaption', { text: say('report.plot-items') }), plot(say('report.plot-items'), PLOT_HEIGHT, items)),
    el('figure', {}, el('figcaption', { text: say('report.plot-shares') }), plot(say('report.plot-shares'), PLOT_HEIGHT, shares)));
}
