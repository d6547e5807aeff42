// SPDX-License-Identifier: Apache-2.0
// The stream of what happens on the lines: opened while it is looked at, opened again where it breaks.
import { getJson, toSignIn } from './api.js';

const AGAIN_AFTER = 5000;

export class LiveStream {
  #source = null;
  #again = null;
  #heard;
  #told;

  /** `heard` gets each state and whether it is a whole one; `told` gets `connecting`, `live`, `lost`, `refused` or `closed`. */
  constructor(heard, told) {
    this.#heard = heard;
    this.#told = told;
  }

  open() {
    this.close();
    this.#told('connecting');
    const source = new EventSource('/api/live');
    this.#source = source;
    const hear = (event) => {
      this.#told('live');
      this.#heard(JSON.parse(event.data), event.type === 'hello');
    };
    source.addEventListener('hello', hear);
    source.addEventListener('tick', hear);
    source.addEventListener('error', () => this.#broken(source));
  }

  close() {
    clearTimeout(this.#again);
    this.#source?.close();
    this.#source = null;
    this.#told('closed');
  }

  #broken(source) {
    if (source !== this.#source) return;
    if (source.readyState === EventSource.CONNECTING) {
      this.#told('lost');
      return;
    }
    // It was refused: the browser gives up, and does not say why.
    this.#told('refused');
    this.#again = setTimeout(() => this.open(), AGAIN_AFTER);
    getJson('/api/session').then((session) => { if (session.role === 'anyone') toSignIn(); }).catch(() => { /* away: tried again */ });
  }
}
