// SPDX-License-Identifier: Apache-2.0
// The console's clock as seen from here: what it says comes late by the network, so the least late of the last messages counts.

const KEPT = 50;

export class ServerClock {
  #offsets = [];

  /** A message has just come that was sent `at` (milliseconds). */
  hear(at) {
    this.#offsets.push(at - performance.now());
    if (this.#offsets.length > KEPT) this.#offsets.shift();
  }

  /** Milliseconds since 1970 there; null before any message. */
  now() {
    return this.#offsets.length ? Math.max(...this.#offsets) + performance.now() : null;
  }
}
