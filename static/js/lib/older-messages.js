// Older messages, fetched when their link comes into view; the reader keeps the place.

import {Refused, getPart} from "./post.js";

export class OlderMessages {
  #shown;
  #thread;
  #eye = new IntersectionObserver(([entry]) => entry.isIntersecting && this.load());

  // shown: the conversation's window, whose link [data-older] leads to the page before.
  constructor(shown, thread) {
    this.#shown = shown;
    this.#thread = thread;
    this.#watch();
  }

  get #link() { return this.#shown.querySelector("[data-older]"); }

  stop() {
    this.#eye.disconnect();
  }

  async load() {
    this.stop();
    const link = this.#link;
    if (!link) return;
    const page = document.createElement("template");
    try {
      page.innerHTML = await getPart(`${this.#shown.dataset.url}window/${new URL(link.href).search}`);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return; // the plain link remains, and works
    }
    const scroll = this.#shown.querySelector("[data-scroll]");
    const {scrollTop} = scroll;
    const items = [...page.content.querySelectorAll("[data-messages] > [data-message]")];
    this.#thread.putBefore(items);
    for (const item of items) window.htmx?.process(item);
    const next = page.content.querySelector("[data-older]");
    if (next) link.setAttribute("href", next.getAttribute("href"));
    else link.parentElement.remove();
    this.#thread.dress();
    scroll.scrollTop = scrollTop; // counted from the foot
    this.#watch();
  }

  #watch() {
    if (this.#link) this.#eye.observe(this.#link);
  }
}
