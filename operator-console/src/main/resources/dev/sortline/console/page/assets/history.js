// SPDX-License-Identifier: Apache-2.0
// The answers of this session: bounded, and kept over a reload without their pictures. Each can be judged by any plan, without asking again.
import { session } from './kept.js';

const MOST = 200;

export class History {
  #entries = [];

  constructor() {
    try {
      this.#entries = JSON.parse(session.get('tried') ?? '[]').filter((entry) => entry?.answer?.probabilities);
    } catch {
      this.#entries = [];
    }
  }

  /** The newest first. */
  get entries() {
    return this.#entries;
  }

  /** An entry: `{key, name, at, answer, picture, thumb}`; the last two are object URLs, which it frees when the entry goes. */
  add(entry) {
    this.#entries.unshift(entry);
    for (const old of this.#entries.splice(MOST)) free(old);
    this.keep();
  }

  /** After an entry has changed, too. */
  keep() {
    for (let n = this.#entries.length; n > 0; n = Math.floor(n / 2)) {
      const bare = this.#entries.slice(0, n).map(({ key, name, at, answer }) => ({ key, name, at, answer }));
      if (session.set('tried', JSON.stringify(bare))) return;
    }
  }

  clear() {
    this.#entries.forEach(free);
    this.#entries = [];
    session.drop('tried');
  }
}

function free(entry) {
  for (const url of [entry.picture, entry.thumb]) if (url) URL.revokeObjectURL(url);
}

export const judgementBy = (answer, plan) => (plan ? answer?.judgements.find((judgement) => judgement.plan === plan.name) ?? null : null);

/** Everything that can be counted of answers by one plan. */
export function sums(entries, plan) {
  const seen = entries.filter((entry) => entry.answer.seen === 'item');
  const judged = seen.map((entry) => judgementBy(entry.answer, plan)).filter(Boolean);
  const fractions = new Map();
  for (const judgement of judged) {
    const id = judgement.decision === 'SORT' ? judgement.fraction : null;
    fractions.set(id, (fractions.get(id) ?? 0) + 1);
  }
  const compared = entries.filter((entry) => entry.answer.shadow);
  return {
    count: entries.length,
    empty: entries.length - seen.length,
    judged: judged.length,
    confidence: judged.length ? judged.reduce((sum, judgement) => sum + judgement.confidence, 0) / judged.length : null,
    unsure: judged.length ? judged.filter((judgement) => judgement.decision !== 'SORT').length / judged.length : null,
    fractions,
    compared: compared.length,
    agree: compared.filter(({ answer }) => topLabel(answer.probabilities) === topLabel(answer.shadow.probabilities)).length,
  };
}

export const topLabel = (probabilities) => Object.entries(probabilities).reduce((best, next) => (next[1] > best[1] ? next : best), ['', -1])[0];
