// SPDX-License-Identifier: Apache-2.0
// One line's card: newest frame, last items, figures, lanes, belt and health. Elements are made once and only changed where they differ.
import { BeltPicture } from './belt.js';
import { announce, el, put, show as reveal } from './dom.js';
import { fractionName, fractionColour, fractionShort, inkOn } from './fractions.js';
import { clock, fixed, labelName, millis, number, percent, say, sayOne } from './words.js';

const STRIP = 8;
/** Milliseconds between pictures of a strip: faster nobody can look, and each is a request. */
const STRIP_EVERY = 1000;
const FRAME_EVERY = 400;
/** An outcome that says that the ejector did its part, or was not asked to. */
const QUIET_OUTCOMES = new Set(['fired', 'residual', 'dry_run', 'duplicate']);

/** An image that asks for the next picture only when it has the last. */
class Picture {
  node;
  #next = null;
  #busy = false;
  #at = 0;
  #every;

  constructor(every, attributes) {
    this.node = el('img', attributes);
    this.#every = every;
    for (const event of ['load', 'error']) {
      this.node.addEventListener(event, () => {
        this.#busy = false;
        this.node.classList.toggle('broken', event === 'error');
      });
    }
  }

  show(url) {
    this.#next = url;
    const now = performance.now();
    if (!url || this.#busy || now - this.#at < this.#every || this.node.getAttribute('src') === url) return;
    this.#busy = true;
    this.#at = now;
    this.node.src = url;
  }
}

export class LineCard {
  node;
  #line;
  #plan;
  #last = null;
  #items = [];
  #stripAt = -STRIP_EVERY;
  #seen = true;
  #parts = {};
  #slots = [];
  #belt = null;
  #lanes = new Map();
  #health = new Map();

  constructor(line, plan) {
    this.#line = line;
    this.#plan = plan;
    const title = 'line-card-' + line.id;
    const part = (name, tag, attributes, ...children) => (this.#parts[name] = el(tag, { 'data-testid': 'line-' + name, ...attributes }, ...children));
    this.#parts.picture = new Picture(FRAME_EVERY, { class: 'frame', width: 320, height: 240, alt: '', 'data-testid': 'line-frame' });
    const canvas = el('canvas', { class: 'belt', role: 'img', 'data-testid': 'line-belt' });
    this.#belt = new BeltPicture(canvas, line.belt, plan);
    this.#parts.canvas = canvas;
    for (let i = 0; i < STRIP; i++) this.#slots.push(this.#slot());
    this.node = el('section', { class: 'panel line-card', 'aria-labelledby': title, 'data-line': line.id, 'data-testid': 'line-card' },
      el('div', { class: 'line-top' }, el('h2', { id: title, text: line.id }), part('rate', 'p', { class: 'rate' }), part('mode', 'p', { class: 'mode' })),
      el('div', { class: 'line-now' }, this.#parts.picture.node,
        el('div', {}, part('label', 'p', { class: 'label-now' }), part('label-more', 'p', { class: 'quiet' }))),
      el('div', { class: 'line-belt' }, canvas, el('ul', { class: 'strip', 'data-testid': 'line-strip' }, this.#slots.map((slot) => slot.node))),
      el('dl', { class: 'figures' }, ['seen', 'unsure', 'late', 'p50', 'p99'].map((name) =>
        el('div', {}, part(name + '-name', 'dt'), part(name, 'dd', { text: '–' })))),
      el('div', { class: 'line-lanes' }, part('lanes', 'table', {}, part('lanes-caption', 'caption'),
        el('thead', {}, el('tr', {}, ['lane', 'ejector', 'items', 'minute'].map((name) => part('col-' + name, 'th', { scope: 'col', class: name === 'lane' ? null : 'number' })))),
        part('lane-rows', 'tbody'))),
      part('health', 'ul', { class: 'health' }));
    for (const ejector of line.belt.ejectors) this.#lane(ejector.lane, ejector.number);
    this.#lane(line.belt.residualLane, null);
    new IntersectionObserver((entries) => { this.#seen = entries.at(-1).isIntersecting; }).observe(this.node);
  }

  #slot() {
    const picture = new Picture(0, { width: 72, height: 54, alt: '' });
    const name = el('span', { class: 'slot-name' });
    const tag = el('span', { class: 'swatch', 'aria-hidden': 'true' });
    const more = el('small');
    return { node: el('li', { class: 'slot', hidden: true }, picture.node, el('span', { class: 'chip' }, tag, name), more), picture, tag, name, more };
  }

  #lane(lane, ejector) {
    const id = this.#plan?.fractions.find((one) => one.lane === lane)?.id;
    const ground = id ? fractionColour(this.#plan, id) : null;
    const tag = el('span', { class: 'swatch', 'aria-hidden': 'true', style: ground ? { background: ground, color: inkOn(ground) } : {} });
    const row = { id, tag, items: el('td', { class: 'number', text: '0' }), minute: el('td', { class: 'number', text: '–' }) };
    this.#lanes.set(lane, row);
    this.#parts['lane-rows'].append(el('tr', { 'data-lane': lane }, el('th', { scope: 'row' }, el('span', { class: 'chip' }, tag, el('span', { text: lane }))),
      el('td', { class: 'number', text: ejector === null ? '–' : String(ejector) }), row.items, row.minute));
    this.#nameLane(row);
    return row;
  }

  #nameLane = (row) => put(row.tag, row.id ? fractionShort(this.#plan, row.id) : '');

  recolour() {
    this.#belt.recolour();
  }

  reword() {
    for (const name of ['seen', 'unsure', 'late', 'p50', 'p99']) put(this.#parts[name + '-name'], say('line.' + name));
    for (const name of ['lane', 'ejector', 'items', 'minute']) put(this.#parts['col-' + name], say('line.col-' + name));
    put(this.#parts['lanes-caption'], say('line.lanes'));
    this.#parts.canvas.setAttribute('aria-label', this.#belt.words);
    for (const row of this.#lanes.values()) this.#nameLane(row);
    this.#stripAt = -STRIP_EVERY;
    if (this.#last) this.#draw();
    else {
      put(this.#parts.label, say('line.waiting'));
      put(this.#parts.mode, '');
    }
  }

  /** A tick, or all that is known; `shownAt` is what the belt shows, by the console's clock. */
  hear(line, whole, shownAt) {
    this.#last = line;
    this.#belt.hear(line.items);
    this.#belt.forget(shownAt);
    const known = whole ? [] : this.#items;
    const byId = new Map(known.map((item) => [item.item, item]));
    for (const item of line.items) byId.set(item.item, item);
    this.#items = [...byId.values()].slice(-60);
    // All of it once, seen or not: what comes into view later must not push the rest about.
    if (whole || (this.#seen && !document.hidden)) this.#draw();
  }

  drawBelt(now) {
    if (this.#seen) this.#belt.draw(now);
  }

  #draw() {
    const line = this.#last;
    const parts = this.#parts;
    put(parts.rate, say('line.rate', { n: fixed(line.itemsPerSecond, 1) }));
    put(parts.mode, sayOne('line.ejectors.', line.ejectors, line.ejectors));
    parts.mode.dataset.state = line.ejectors;
    this.#drawNow();
    put(parts.seen, number(line.framesSeen));
    put(parts.unsure, percent(line.unsureShare, 1));
    put(parts.late, percent(line.lateShare, 1));
    put(parts.p50, millis(line.latencyMillis?.p50));
    put(parts.p99, millis(line.latencyMillis?.p99));
    for (const { lane, items, perMinute } of line.lanes) {
      const row = this.#lanes.get(lane) ?? this.#lane(lane, null);
      put(row.items, number(items));
      put(row.minute, number(perMinute));
    }
    this.#drawStrip();
    this.#drawHealth();
  }

  #itemName = (item) => (item.fraction ? fractionName(this.#plan, item.fraction) : item.label ? labelName(item.label) : say('decision.' + item.decision));

  #drawNow() {
    const { frame } = this.#last;
    const { label, picture, 'label-more': more } = this.#parts;
    if (!frame) {
      put(label, say('line.waiting'));
      put(more, say('line.waiting-more'));
      return;
    }
    picture.show(frame.thumb);
    const item = frame.item ? this.#items.findLast((one) => one.item === frame.item) : null;
    put(label, item ? this.#itemName(item) : say('line.undecided'));
    const where = say('line.frame', { camera: frame.camera, time: clock(frame.capturedAt) });
    put(more, item ? this.#itemMore(item) + ' · ' + where : where);
  }

  #itemMore(item) {
    if (item.decision !== 'SORT') return sayOne('decision.', item.decision, item.decision);
    const sure = percent(item.confidence);
    return item.outcome && !QUIET_OUTCOMES.has(item.outcome) ? sure + ' · ' + sayOne('outcome.', item.outcome, item.outcome) : sure;
  }

  #drawStrip() {
    const now = performance.now();
    if (now - this.#stripAt < STRIP_EVERY) return;
    this.#stripAt = now;
    const newest = this.#items.slice(-STRIP).reverse();
    this.#slots.forEach((slot, i) => {
      const item = newest[i];
      reveal(slot.node, Boolean(item));
      if (!item) return;
      slot.picture.show(item.thumb);
      const ground = item.fraction ? fractionColour(this.#plan, item.fraction) : '#8a8f99';
      slot.tag.style.background = ground;
      slot.tag.style.color = inkOn(ground);
      put(slot.tag, item.fraction ? fractionShort(this.#plan, item.fraction) : '×');
      put(slot.name, this.#itemName(item));
      put(slot.more, this.#itemMore(item));
      slot.node.classList.toggle('doubt', item.decision !== 'SORT');
    });
  }

  // ---- Health in words; what turns bad is announced once

  #drawHealth() {
    const { classifier, cameras, ejectors } = this.#last;
    const values = { instance: classifier.instance ?? '–', model: classifier.model ? classifier.model.name + ' ' + classifier.model.version : '–', plan: classifier.plan ?? '–' };
    this.#tell('classifier', classifier.state === 'alive' ? 'good' : 'bad', say('classifier.' + classifier.state, values));
    for (const camera of cameras) {
      const troubles = camera.troubles.map((trouble) => sayOne('camera.trouble.', trouble, trouble));
      const age = camera.lastFrameAgeMillis === null || camera.lastFrameAgeMillis === undefined ? '–' : fixed(camera.lastFrameAgeMillis / 1000, 1);
      this.#tell('camera ' + camera.id, troubles.length ? 'bad' : 'good',
        troubles.length ? say('camera.troubled', { camera: camera.id, troubles: troubles.join(', ') }) : say('camera.good', { camera: camera.id, age }));
    }
    if (!cameras.length) this.#tell('camera', 'warn', say('camera.none'));
    else this.#untell('camera');
    this.#tell('ejectors', { fire: 'good', none: 'good', 'dry-run': 'warn' }[ejectors] ?? 'bad', sayOne('line.plc.', ejectors, ejectors));
  }

  #tell(subject, rank, words) {
    let row = this.#health.get(subject);
    if (!row) {
      row = { node: el('li', { 'data-subject': subject }), rank: 'good' };
      this.#health.set(subject, row);
      this.#parts.health.append(row.node);
    }
    put(row.node, words);
    if (row.rank !== 'bad' && rank === 'bad') announce(this.#line.id + ': ' + words);
    row.rank = rank;
    if (row.node.className !== rank) row.node.className = rank;
  }

  #untell(subject) {
    this.#health.get(subject)?.node.remove();
    this.#health.delete(subject);
  }
}
