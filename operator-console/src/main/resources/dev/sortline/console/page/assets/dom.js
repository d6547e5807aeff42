// SPDX-License-Identifier: Apache-2.0
// Builds and changes elements. Text goes in as text alone, so nothing that comes from outside can become markup.

/** An element: `on` holds handlers, `style` properties, `text` its text; other attributes as they are, left out when null or false. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'text') node.textContent = value;
    else if (name === 'on') for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    else if (name === 'style') for (const [property, to] of Object.entries(value)) node.style.setProperty(property, to);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

export const byId = (id) => document.getElementById(id);

/** Sets a text only where it differs: the browser then has nothing to lay out. */
export function put(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Shows or hides, only where that changes something. */
export function show(node, shown) {
  if (node.hidden === shown) node.hidden = !shown;
}

const widths = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute('tabindex');
  }
});

/** What may be wider than the page: a key reaches it where it has to be scrolled, and passes it by elsewhere. */
export function scroller(tag, attributes, ...children) {
  const node = el(tag, attributes, ...children);
  widths.observe(node);
  return node;
}

/** A table with a caption; a row begins with its heading, columns after the first `texts` hold figures. A cell is a text, or an element. */
export function table(caption, columns, rows, attributes = {}, texts = 1) {
  const cell = (value, i, heading) => el(heading ? 'th' : 'td', { scope: heading, class: i >= texts && 'number' }, value);
  return scroller('div', { class: 'scroll', role: 'group', 'aria-label': caption },
    el('table', attributes, el('caption', { text: caption }),
      el('thead', {}, el('tr', {}, columns.map((name, i) => cell(name, i, 'col')))),
      el('tbody', {}, rows.map((row) => el('tr', {}, row.map((value, i) => cell(value, i, i === 0 && 'row')))))));
}

/** Names and figures beside each other. */
export function figures(pairs, attributes = {}) {
  return el('dl', { class: 'figures', ...attributes }, pairs.map(([name, value, more]) =>
    el('div', {}, el('dt', { text: name }), el('dd', {}, value, more ? el('small', { text: more }) : null))));
}

let announced = 0;

/** Tells a screen reader something that is seen elsewhere. */
export function announce(text) {
  const node = byId('announcer');
  // The same sentence twice is told twice only when the text changes.
  if (node) node.textContent = text + (announced++ % 2 ? '\u00a0' : '');
}
