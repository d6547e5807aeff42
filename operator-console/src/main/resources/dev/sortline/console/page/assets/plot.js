// SPDX-License-Identifier: Apache-2.0
// Plots by uPlot, which is loaded only once something is to be plotted. They follow the theme, the width and the language.
import { el } from './dom.js';
import { colour, onTheme } from './theme.js';

/** What fits on a sheet, A4 or Letter. */
const PAPER_WIDTH = 650;
const PLACE = '/webjars/uplot/dist/';
let library = null;
const plots = new Set();

function load() {
  library ??= new Promise((done, failed) => {
    document.head.append(el('link', { rel: 'stylesheet', href: PLACE + 'uPlot.min.css' }));
    document.head.append(el('script', { src: PLACE + 'uPlot.iife.min.js', on: { load: () => done(globalThis.uPlot), error: failed } }));
  });
  // What did not load may load the next time.
  library.catch(() => { library = null; });
  return library;
}

const observer = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    const plot = [...plots].find((one) => one.box === target);
    if (plot?.drawn && Math.round(contentRect.width) !== plot.drawn.width) plot.drawn.setSize({ width: Math.round(contentRect.width), height: plot.height });
  }
});

onTheme(() => {
  for (const plot of plots) {
    if (plot.box.isConnected) draw(plot);
    else plots.delete(plot);
  }
});

function draw(plot) {
  if (!plot.library) return;
  plot.drawn?.destroy();
  const axis = { stroke: colour('--ink-quiet'), grid: { stroke: colour('--rule'), width: 1 }, ticks: { stroke: colour('--rule'), width: 1 }, font: '12px system-ui, sans-serif' };
  const width = document.documentElement.dataset.printing ? PAPER_WIDTH : Math.max(200, plot.box.clientWidth);
  const { options, data } = plot.make(plot.library, axis);
  plot.drawn = new plot.library({ ...options, width, height: plot.height, cursor: { drag: { x: false, y: false }, ...options.cursor } }, data, plot.box);
}

/**
 * A box of fixed height in which a plot appears. `words` says what it shows, to whoever does not see it (a table must have the figures);
 * `make(uPlot, axis)` gives `{options, data}`.
 */
export function plot(words, height, make) {
  const box = el('div', { class: 'plot', role: 'img', 'aria-label': words, style: { 'min-height': height + 40 + 'px' } });
  const one = { box, height, make, library: null, drawn: null };
  plots.add(one);
  load().then((found) => {
    one.library = found;
    draw(one);
    observer.observe(box);
  }).catch(() => { /* the figures stand in the table */ });
  return box;
}

/** Bars one upon the other: each series becomes the sum of itself and those below it. */
export function stacked(series) {
  const sums = series[0]?.map(() => 0) ?? [];
  return series.map((values) => values.map((value, i) => (sums[i] += value)));
}
