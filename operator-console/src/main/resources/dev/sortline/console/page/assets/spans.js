// SPDX-License-Identifier: Apache-2.0
// Which time a shift of a day takes: by the clock on the wall, over midnight where it ends before it begins.

const two = (n) => String(n).padStart(2, '0');

/** `2026-03-01`, as a date field has it. */
export const dayOf = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
/** `2026-03-01T06:00`, as a field of date and time has it. */
export const momentOf = (date) => `${dayOf(date)}T${two(date.getHours())}:${two(date.getMinutes())}`;

/** From and to of a shift that begins on that day. */
export function spanOf(shift, day) {
  const from = new Date(`${day}T${shift.from}`);
  const to = new Date(`${day}T${shift.to}`);
  if (to <= from) to.setDate(to.getDate() + 1);
  return { from, to };
}

/** The shift that runs at `now`, else the last that has begun: `{shift, day}`. */
export function latestShift(shifts, now) {
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  return [now, yesterday].flatMap((date) => shifts.map((shift) => ({ shift, day: dayOf(date) })))
    .filter(({ shift, day }) => spanOf(shift, day).from <= now)
    .sort((a, b) => spanOf(b.shift, b.day).from - spanOf(a.shift, a.day).from)[0] ?? null;
}
