// Says up to which number everything was read, a moment after it was seen.

import {post} from "./post.js";

const PAUSE_MS = 300;

export class ReadMark {
  #shown;
  #reached;
  #timer = 0;
  #seen = 0;
  number;

  // shown: the conversation's window. reached: the number up to which everything was in view, 0
  // while one reads elsewhere.
  constructor(shown, number, reached) {
    this.#shown = shown;
    this.#reached = reached;
    this.number = number;
  }

  // Another tab or device read as far.
  raise(number) {
    this.number = Math.max(this.number, number);
  }

  // Asked at once, told after a pause: by then the reader may be further on.
  soon() {
    if (document.hidden || !document.hasFocus() || !this.#shown.checkVisibility()) return;
    this.#seen = Math.max(this.#seen, this.#reached());
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#say(), PAUSE_MS);
  }

  stop() {
    clearTimeout(this.#timer);
  }

  async #say() {
    const before = this.number;
    const number = this.#seen;
    if (number <= before) return;
    this.number = number;
    await post(`${this.#shown.dataset.url}read/`, {number}).catch(() => {
      this.number = this.#seen = Math.min(this.number, before);
    });
  }
}
