// SPDX-License-Identifier: Apache-2.0
// Light or dark: as the device says, or as the reader chose. What draws on a canvas asks here for its colours and hears when they change.
import { choices } from './kept.js';

const listeners = [];
const dark = matchMedia('(prefers-color-scheme: dark)');

export const onTheme = (listener) => listeners.push(listener);

/** A colour of the style sheet, as `--ink`. */
export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function apply(theme) {
  document.documentElement.dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
  listeners.forEach((listener) => listener());
}

export function startTheme(select) {
  select.value = choices.get('theme') ?? 'system';
  select.addEventListener('change', () => {
    choices.set('theme', select.value);
    apply(select.value);
  });
  dark.addEventListener('change', () => apply(select.value));
  // Plots are pictures of the theme: on paper they must be light.
  addEventListener('beforeprint', () => {
    document.documentElement.dataset.printing = 'true';
    apply('light');
  });
  addEventListener('afterprint', () => {
    delete document.documentElement.dataset.printing;
    apply(select.value);
  });
}
