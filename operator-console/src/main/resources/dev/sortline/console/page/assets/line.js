// SPDX-License-Identifier: Apache-2.0
// The page that shows the lines as they run. The stream's state is kept, and drawn only as often as an eye can follow: figures once a tick,
// pictures twice a second, belts with the screen.
import { LATE } from './belt.js';
import { announce, byId, el, put, show as reveal } from './dom.js';
import { fractionName } from './fractions.js';
import { LineCard } from './line-card.js';
import { LiveStream } from './live.js';
import { ServerClock } from './server-clock.js';
import { lineNamed, planNamed, setup, sortingLines } from './setup.js';
import { onTheme } from './theme.js';
import { clock, listed, percent, say, sayOne } from './words.js';

const still = matchMedia('(prefers-reduced-motion: reduce)');
const cards = new Map();
const banners = new Map();
let serverClock = new ServerClock();
let stream = null;
let state = 'closed';
let pausedAt = null;
let viewed = false;
let frame = null;
let gateways = [];

export function start() {
  stream = new LiveStream(hear, (now) => { state = now; drawState(); });
  const lines = sortingLines().length ? sortingLines() : setup().lines;
  for (const line of lines) {
    const card = new LineCard(line, planNamed(line.plan));
    cards.set(line.id, card);
    byId('line-cards').append(card.node);
  }
  if (!lines.length) byId('line-cards').append(el('p', { class: 'empty-state', 'data-word': 'line.none' }));
  byId('line-pause').addEventListener('click', () => {
    pausedAt = pausedAt === null ? Date.now() : null;
    if (pausedAt === null) stream.open();
    else stream.close();
    stir();
    drawState();
  });
  document.addEventListener('visibilitychange', stir);
  still.addEventListener('change', stir);
  onTheme(() => {
    for (const card of cards.values()) card.recolour();
    drawBelts();
  });
  reword();
}

export function show() {
  viewed = true;
  if (pausedAt === null) stream.open();
  stir();
}

export function hide() {
  viewed = false;
  stream.close();
  stir();
}

export function reword() {
  drawState();
  for (const card of cards.values()) card.reword();
  for (const [key, banner] of banners) put(banner.node, bannerWords(key.split('\n')[0], banner.band));
  drawGateways();
}

function hear(now, whole) {
  if (whole) serverClock = new ServerClock();
  serverClock.hear(Date.parse(now.at));
  reveal(byId('line-kafka'), now.kafka === 'away');
  for (const line of now.lines) cards.get(line.id)?.hear(line, whole, serverClock.now() - LATE);
  gateways = now.gateways;
  drawGateways();
  drawBanners(now.lines);
  if (still.matches) drawBelts();
}

// ---- Belts move with the screen, and only while they are seen

function stir() {
  const moving = viewed && pausedAt === null && !document.hidden && !still.matches;
  if (moving && frame === null) frame = requestAnimationFrame(step);
  if (!moving && frame !== null) {
    cancelAnimationFrame(frame);
    frame = null;
  }
}

function step() {
  drawBelts();
  frame = requestAnimationFrame(step);
}

function drawBelts() {
  const now = serverClock.now();
  if (now === null || pausedAt !== null) return;
  for (const card of cards.values()) card.drawBelt(now - LATE);
}

// ---- Around the cards

function drawState() {
  const paused = pausedAt !== null;
  const node = byId('line-connection');
  node.dataset.state = paused ? 'paused' : state;
  put(node, say('line.state.' + (paused ? 'paused' : state)));
  const button = byId('line-pause');
  button.setAttribute('aria-pressed', String(paused));
  put(button, say(paused ? 'line.resume' : 'line.pause'));
  reveal(byId('line-paused'), paused);
  if (paused) put(byId('line-paused').firstElementChild, say('line.paused', { time: clock(pausedAt) }));
  byId('line').classList.toggle('stale', paused || state === 'lost' || state === 'refused');
}

function bannerWords(line, band) {
  const fraction = fractionName(planNamed(lineNamed(line)?.plan), band.fraction);
  const values = { line, fraction, now: percent(band.now), least: percent(band.least), most: percent(band.most) };
  return sayOne('band.', band.kind, '') ? say('band.' + band.kind, values) : say('band.other', values);
}

function drawBanners(lines) {
  const seen = new Set();
  for (const line of lines) {
    for (const band of line.bands) {
      const key = [line.id, band.kind, band.fraction].join('\n');
      seen.add(key);
      const words = bannerWords(line.id, band);
      let banner = banners.get(key);
      if (!banner) {
        banner = { node: el('li', { class: 'banner', 'data-testid': 'line-banner' }) };
        banners.set(key, banner);
        byId('line-banners').append(banner.node);
        announce(words);
      }
      banner.band = band;
      put(banner.node, words);
    }
  }
  for (const [key, { node }] of banners) {
    if (seen.has(key)) continue;
    node.remove();
    banners.delete(key);
  }
}

function gatewayWords(gateway) {
  if (gateway.state !== 'alive') return say('gateway.silent', { instance: gateway.instance });
  const lines = gateway.lines.length ? listed(gateway.lines) : say('gateway.no-lines');
  return say(gateway.dryRun ? 'gateway.dry-run' : gateway.obstacles.length ? 'gateway.blocked' : 'gateway.fires', { instance: gateway.instance, lines });
}

let drawnGateways = '';

function drawGateways() {
  const now = JSON.stringify(gateways) + document.documentElement.lang;
  if (now === drawnGateways) return;
  drawnGateways = now;
  const rank = (gateway) => (gateway.state !== 'alive' || gateway.obstacles.length ? 'bad' : gateway.dryRun || gateway.warnings.length ? 'warn' : 'good');
  byId('line-gateways').replaceChildren(...gateways.length
    ? gateways.map((gateway) => el('li', { class: rank(gateway) }, gatewayWords(gateway),
      // The gateway's own sentences.
      [...gateway.obstacles, ...gateway.warnings].map((text) => el('small', { lang: 'en', text }))))
    : [el('li', { class: 'warn', text: say('gateway.none') })]);
}
