// SPDX-License-Identifier: Apache-2.0
// A belt drawn to scale, with its camera, its ejectors and the items where they are: an item moves with the belt from the time of its capture.
// The picture is a moment late (see LATE), so that what became of an item is known when it reaches its ejector.
import { fractionColour, fractionShort, inkOn } from './fractions.js';
import { colour } from './theme.js';
import { number, say } from './words.js';

/** Milliseconds that the picture is behind: an outcome takes a tick and a bit to get here. */
export const LATE = 700;

const HEIGHT = 132;
const TOP = 40;
const THICK = 40;
const FLASH = 260;
const FALL = 320;
const EDGE = 16;
const MOST = 400;

export class BeltPicture {
  #canvas;
  #pen;
  #belt;
  #plan;
  #items = new Map();
  #width = 0;
  #ratio = 0;
  #drawn = null;
  #colours = null;
  #length;
  #camera;

  constructor(canvas, belt, plan) {
    this.#canvas = canvas;
    this.#pen = canvas.getContext('2d');
    this.#belt = belt;
    this.#plan = plan;
    const cameras = belt.cameras.length ? belt.cameras.map((camera) => camera.distanceMetres) : [0];
    this.#camera = Math.min(...cameras);
    const last = Math.max(this.#camera, ...cameras, ...belt.ejectors.map((ejector) => ejector.distanceMetres));
    this.#length = Math.max((last - this.#camera) * 1.1, belt.speedMetresPerSecond);
    this.recolour();
    new ResizeObserver(() => this.#fit()).observe(canvas);
  }

  recolour() {
    this.#colours = { belt: colour('--belt'), seam: colour('--belt-seam'), ink: colour('--ink'), quiet: colour('--ink-quiet'), flash: colour('--flash'), ground: colour('--panel') };
  }

  /** Items that are new, or have a new outcome. */
  hear(items) {
    for (const item of items) {
      this.#items.set(item.item, { ...item, captured: Date.parse(item.capturedAt), fire: item.fireAt ? Date.parse(item.fireAt) : null });
    }
    for (const key of this.#items.keys()) {
      if (this.#items.size <= MOST) break;
      this.#items.delete(key);
    }
  }

  /** Drops what has left the belt; without it a page in the background would fill up. */
  forget(now) {
    for (const [key, item] of this.#items) if (this.#place(item, now) > this.#length + 1) this.#items.delete(key);
  }

  /** How the picture reads to who does not see it. */
  get words() {
    return say('belt.words', { metres: this.#length, speed: number(this.#belt.speedMetresPerSecond, 1), ejectors: this.#belt.ejectors.length });
  }

  #fit() {
    const ratio = devicePixelRatio || 1;
    const width = this.#canvas.clientWidth;
    if (width === this.#width && ratio === this.#ratio) return;
    this.#ratio = ratio;
    this.#width = width;
    // Setting its size empties the picture.
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(HEIGHT * ratio);
    if (this.#drawn !== null) this.draw(this.#drawn);
  }

  /** Metres from the first camera. */
  #place = (item, now) => ((now - item.captured) / 1000) * this.#belt.speedMetresPerSecond;
  #x = (metres) => EDGE + (metres / this.#length) * (this.#width - 2 * EDGE);

  /** The belt as it was at `now` (milliseconds by the console's clock). */
  draw(now) {
    if (!this.#width) this.#fit();
    if (!this.#width) return;
    this.#drawn = now;
    const pen = this.#pen;
    pen.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    pen.clearRect(0, 0, this.#width, HEIGHT);
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    this.#drawBelt(now);
    this.#drawStations();
    const lit = new Set();
    // The denser they lie, the smaller they are drawn.
    const radius = Math.max(4, Math.min(13, (this.#width / this.#length) * 0.16, (this.#width / this.#items.size) * 0.7));
    for (const item of this.#items.values()) {
      const metres = this.#place(item, now);
      if (metres >= 0 && metres <= this.#length + 0.2) this.#drawItem(item, metres, now, radius);
      if (item.outcome === 'fired' && item.fire !== null && now >= item.fire && now < item.fire + FLASH) lit.add(item.ejector);
    }
    for (const ejector of this.#belt.ejectors) this.#drawEjector(ejector, lit.has(ejector.number));
  }

  #drawBelt(now) {
    const pen = this.#pen;
    pen.fillStyle = this.#colours.belt;
    pen.beginPath();
    pen.roundRect(2, TOP, this.#width - 4, THICK, 8);
    pen.fill();
    // Seams every half metre: they show that it runs.
    pen.strokeStyle = this.#colours.seam;
    pen.lineWidth = 1;
    pen.beginPath();
    const run = ((now / 1000) * this.#belt.speedMetresPerSecond) % 0.5;
    for (let metres = run; metres < this.#length; metres += 0.5) {
      const x = Math.round(this.#x(metres)) + 0.5;
      pen.moveTo(x, TOP + 3);
      pen.lineTo(x, TOP + THICK - 3);
    }
    pen.stroke();
  }

  #drawStations() {
    const pen = this.#pen;
    pen.font = '12px system-ui, sans-serif';
    pen.fillStyle = this.#colours.quiet;
    const cameras = this.#belt.cameras.length ? this.#belt.cameras : [{ id: '', distanceMetres: this.#camera }];
    for (const camera of cameras) {
      const x = this.#x(camera.distanceMetres - this.#camera);
      pen.fillRect(x - 9, 12, 18, 12);
      pen.beginPath();
      pen.moveTo(x, 22);
      pen.lineTo(x + 6, 34);
      pen.lineTo(x - 6, 34);
      pen.fill();
    }
    // Metres below.
    const step = this.#length > 14 ? 2 : 1;
    for (let metres = 0; metres <= this.#length; metres += step) {
      const x = this.#x(metres);
      pen.fillRect(x, HEIGHT - 17, 1, 4);
      if (x < this.#width - 14) pen.fillText(metres === 0 ? '0 m' : number(metres), x, HEIGHT - 6);
    }
  }

  #drawEjector(ejector, lit) {
    const pen = this.#pen;
    const x = this.#x(ejector.distanceMetres - this.#camera);
    const fraction = this.#plan?.fractions.find((one) => one.lane === ejector.lane)?.id;
    const ground = fraction ? fractionColour(this.#plan, fraction) : this.#colours.quiet;
    pen.fillStyle = lit ? this.#colours.flash : this.#colours.ground;
    pen.strokeStyle = lit ? this.#colours.flash : this.#colours.quiet;
    pen.lineWidth = 2;
    pen.beginPath();
    pen.moveTo(x - 9, 8);
    pen.lineTo(x + 9, 8);
    pen.lineTo(x + 9, 24);
    pen.lineTo(x, TOP - 4);
    pen.lineTo(x - 9, 24);
    pen.closePath();
    pen.fill();
    pen.stroke();
    pen.fillStyle = lit ? '#000000' : this.#colours.ink;
    pen.font = '600 12px system-ui, sans-serif';
    pen.fillText(String(ejector.number), x, 17);
    if (lit) {
      pen.globalAlpha = 0.55;
      pen.fillStyle = this.#colours.flash;
      pen.fillRect(x - 5, TOP - 2, 10, THICK + 4);
      pen.globalAlpha = 1;
    }
    // The lane's mouth.
    pen.fillStyle = ground;
    pen.strokeStyle = this.#colours.quiet;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.roundRect(x - 13, TOP + THICK + 8, 26, 18, 4);
    pen.fill();
    pen.stroke();
    pen.fillStyle = fraction ? inkOn(ground) : this.#colours.ground;
    pen.fillText(fraction ? fractionShort(this.#plan, fraction) : ejector.lane.slice(0, 2), x, TOP + THICK + 18);
  }

  #drawItem(item, metres, now, radius) {
    const pen = this.#pen;
    const ejector = item.outcome === 'fired' ? this.#belt.ejectors.find((one) => one.number === item.ejector) : null;
    const fallen = ejector ? (now - item.fire - ejector.actuatorDelayMillis) / FALL : 0;
    if (fallen >= 1) return;
    const x = fallen > 0 ? this.#x(ejector.distanceMetres - this.#camera) : this.#x(metres);
    const y = TOP + THICK / 2 + Math.max(0, fallen) * (THICK / 2 + 14);
    const ground = item.fraction ? fractionColour(this.#plan, item.fraction) : this.#colours.ground;
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fillStyle = item.decision === 'SORT' ? ground : this.#colours.ground;
    pen.fill();
    // Who runs on is hollow with a mark in it: no colour is needed to tell.
    pen.strokeStyle = item.decision === 'SORT' ? this.#colours.ground : ground;
    pen.lineWidth = item.decision === 'SORT' ? 1.5 : 3;
    pen.stroke();
    if (radius < 8) return;
    pen.fillStyle = item.decision === 'SORT' ? inkOn(ground) : this.#colours.ink;
    pen.font = '600 11px system-ui, sans-serif';
    const marks = { LATE: '!', UNREADABLE: '×', AMBIGUOUS: '?', UNCERTAIN: '?' };
    pen.fillText(marks[item.decision] ?? fractionShort(this.#plan, item.fraction), x, y + 0.5);
  }
}
