// SPDX-License-Identifier: Apache-2.0
// The device's camera: single shots, or one after another at a chosen rate, never more than one on its way.
import { Trouble } from './api.js';
import { shot } from './picture.js';

export class Camera {
  #video;
  #take;
  #stream = null;
  #running = false;

  /** `take` gets each picture and is waited for. */
  constructor(video, take) {
    this.#video = video;
    this.#take = take;
  }

  get running() {
    return this.#running;
  }

  async open() {
    // Browsers hand out a camera over HTTPS and on this machine alone.
    if (!navigator.mediaDevices?.getUserMedia) throw new Trouble('camera-insecure');
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } }, audio: false });
    } catch (e) {
      throw new Trouble({ NotAllowedError: 'camera-refused', NotFoundError: 'camera-missing' }[e.name] ?? 'camera-busy');
    }
    this.#video.srcObject = this.#stream;
    await this.#video.play();
  }

  async shoot() {
    if (this.#video.videoWidth) await this.#take(await shot(this.#video));
  }

  /** One picture every so many seconds; a slow answer makes it slower. */
  async run(seconds) {
    this.#running = true;
    while (this.#running) {
      const next = performance.now() + seconds * 1000;
      await this.shoot();
      const wait = next - performance.now();
      await new Promise((done) => { setTimeout(done, Math.max(0, wait)); });
    }
  }

  rest() {
    this.#running = false;
  }

  close() {
    this.rest();
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = null;
    this.#video.srcObject = null;
  }
}
