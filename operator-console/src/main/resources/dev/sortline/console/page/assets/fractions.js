// SPDX-License-Identifier: Apache-2.0
// A fraction's name, colour and short form. Colours keep apart for colour-blind people (after Okabe and Ito); the short form says the same
// without colour.
import { el } from './dom.js';
import { labelName, language } from './words.js';

const COLOURS = {
  glass: '#56b4e9', metal: '#b4bac4', plastic: '#e69f00', paper: '#f0e442', cardboard: '#a05a1c', residue: '#666a78', trash: '#666a78',
  organic: '#009e73', biological: '#009e73', inorganic: '#0072b2', battery: '#d55e00', clothes: '#cc79a7', shoes: '#6a51a3', 'e-waste': '#2f4b9a', medical: '#b8336a',
  'brown-glass': '#7a4a21', 'green-glass': '#2f7d4f', 'white-glass': '#a9d6f0', 'glass-bottle': '#56b4e9', 'plastic-bottle': '#e69f00',
  can: '#b4bac4', other: '#666a78', empty: '#ffffff',
};
const SPARE = ['#0072b2', '#d55e00', '#cc79a7', '#009e73', '#f0e442', '#56b4e9', '#e69f00', '#6a51a3', '#8a8f99', '#a05a1c'];

const find = (plan, id) => plan?.fractions.find((fraction) => fraction.id === id);

export function fractionColour(plan, id) {
  if (COLOURS[id]) return COLOURS[id];
  const place = plan?.fractions.findIndex((fraction) => fraction.id === id) ?? -1;
  return place < 0 ? '#8a8f99' : SPARE[place % SPARE.length];
}

/** Black or white, whichever is read more easily on a colour. */
export function inkOn(colour) {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = parseInt(colour.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? '#000000' : '#ffffff';
}

export const fractionName = (plan, id) => find(plan, id)?.name?.[language()] ?? labelName(id);
export const fractionAdvice = (plan, id) => find(plan, id)?.advice?.[language()] ?? '';

/** Which fraction a label belongs to; an empty belt is none. */
export function fractionOf(plan, label) {
  if (label === 'empty' || !plan) return label;
  return plan.fractions.find((fraction) => fraction.labels.includes(label))?.id ?? plan.fallback;
}

const shorts = new WeakMap();

/** Two letters that tell a fraction from the others of its plan. */
export function fractionShort(plan, id) {
  if (!plan) return id.slice(0, 2);
  const known = shorts.get(plan) ?? new Map();
  shorts.set(plan, known);
  if (!known.has(language())) known.set(language(), shortForms(plan));
  return known.get(language()).get(id) ?? fractionName(plan, id).slice(0, 2);
}

function shortForms(plan) {
  const taken = new Set();
  return new Map(plan.fractions.map(({ id }) => {
    const letters = [...fractionName(plan, id).replace(/[^\p{L}\p{N}]/gu, '')];
    const first = letters[0]?.toUpperCase() ?? '?';
    const short = letters.slice(1).map((letter) => first + letter.toLowerCase()).find((pair) => !taken.has(pair)) ?? first;
    taken.add(short);
    return [id, short];
  }));
}

/** The coloured square of a fraction with its short form. */
export function swatch(plan, id) {
  const ground = fractionColour(plan, id);
  return el('span', { class: 'swatch', 'aria-hidden': 'true', style: { background: ground, color: inkOn(ground) }, text: id === 'empty' ? '–' : fractionShort(plan, id) });
}

/** The square and the name. */
export const chip = (plan, id) => el('span', { class: 'chip' }, swatch(plan, id), el('span', { text: fractionName(plan, id) }));

/** Every label's probability as a bar, labels of a fraction together, the likeliest first. */
export function labelBars(plan, probabilities, percent) {
  const sums = new Map();
  for (const [label, p] of Object.entries(probabilities)) {
    const id = fractionOf(plan, label);
    sums.set(id, (sums.get(id) ?? 0) + p);
  }
  const order = Object.entries(probabilities)
    .sort(([a, p], [b, q]) => sums.get(fractionOf(plan, b)) - sums.get(fractionOf(plan, a)) || q - p);
  return el('ul', { class: 'bars' }, order.map(([label, p]) => {
    const id = fractionOf(plan, label);
    return el('li', { 'data-label': label }, swatch(plan, id), el('span', { class: 'bar-name', text: labelName(label) }),
      el('span', { class: 'bar', 'aria-hidden': 'true' }, el('span', { style: { width: (p * 100).toFixed(1) + '%', background: fractionColour(plan, id) } })),
      el('span', { class: 'bar-figure', text: percent(p, 1) }));
  }));
}
