// SPDX-License-Identifier: Apache-2.0
// What the console told at the start of its lines, plans and models, and what the reader may do. Read-only.
let kept = null;
let rights = null;

export function keepSetup(setup, session) {
  kept = setup;
  rights = session;
}

export const setup = () => kept;
export const mayReview = () => rights.canReview;
export const planNamed = (name) => kept.plans.find((plan) => plan.name === name) ?? null;
export const lineNamed = (id) => kept.lines.find((line) => line.id === id) ?? null;
/** The lines that sort; what is tried on the trial line is on its own page. */
export const sortingLines = () => kept.lines.filter((line) => !line.trial);
