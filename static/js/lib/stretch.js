// The stretch of a conversation that a window shows: its end, or a piece of the past around some
// place. Reading on loads more at both ends; at the newest message the window is live again.

import {offerEnd} from "./new-line.js";
import {Refused, getPart} from "./post.js";

export class Stretch {
  #shown;
  #thread;
  #place;
  #loaded;
  #opened; // the number at which it was opened
  #beyond = new Set(); // places of others' messages said since, further on than what is shown
  #loading = false;
  #eye = new IntersectionObserver((entries) => {
    for (const {isIntersecting, target} of entries) if (isIntersecting) this.load(target);
  });

  // loaded(number): more is shown, as it was at that number of the conversation.
  constructor(shown, thread, place, loaded) {
    this.#shown = shown;
    this.#thread = thread;
    this.#place = place;
    this.#loaded = loaded;
    this.#opened = Number(shown.dataset.number);
    this.#goToPlace();
    this.#watch();
    this.#offer();
  }

  // Whether there is something newer than what is shown.
  get isPast() { return Boolean(this.#link("newer")); }

  // Whether a message of this place stands in the stretch, or joins it at its end.
  holds(place) {
    return (place >= this.#thread.oldest || !this.#link("older")) && (place <= this.#thread.newest || !this.isPast);
  }

  // Whether what was read before (up to this number) goes on without a gap in what is shown.
  follows(read) {
    return this.#thread.oldest <= read + 1 || !this.#link("older");
  }

  // Something happened beyond what is shown.
  note(messages) {
    for (const {place, html} of messages) {
      const sender = /data-sender="(\d+)"/.exec(html)?.[1];
      if (place > this.#opened && sender && sender !== this.#shown.dataset.viewer) this.#beyond.add(place);
    }
    this.#offer();
  }

  stop() {
    this.#eye.disconnect();
  }

  // link: [data-older] or [data-newer].
  async load(link) {
    const isOlder = link.hasAttribute("data-older");
    const page = await this.#fetch(new URL(link.href).search);
    if (!page) return; // the plain link remains, and works
    const items = itemsOf(page);
    if (isOlder) this.#place.holdFromEnd(() => this.#thread.putBefore(items));
    else this.#place.hold(() => this.#thread.putAfter(items), {sticks: false});
    this.#carry(page, isOlder ? "older" : "newer");
    this.#arrived(page, items);
  }

  // The end of the conversation in place of what is shown.
  async toNewest() {
    await this.#turnTo("?newest=1", () => this.#place.toEnd());
  }

  // The piece of the past around a place in place of what is shown.
  async toPlace(place) {
    return this.#turnTo(`?at=${place}`, () => {
      const message = this.#shown.querySelector(`[data-messages] > [data-place="${place}"]`);
      if (message) this.#place.toElement(message, "center");
    });
  }

  // goThere: before its ends are watched, which may bring more.
  async #turnTo(search, goThere) {
    const page = await this.#fetch(search);
    if (!page) return false;
    const items = itemsOf(page);
    this.#thread.replaceAll(items);
    this.#carry(page, "older");
    this.#carry(page, "newer");
    goThere();
    this.#arrived(page, items);
    return true;
  }

  #link(name) {
    return this.#shown.querySelector(`[data-${name}]`);
  }

  async #fetch(search) {
    if (this.#loading) return null;
    this.#loading = true;
    this.stop();
    const page = document.createElement("template");
    try {
      page.innerHTML = await getPart(`${this.#shown.dataset.url}window/${search}`);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return null;
    } finally {
      this.#loading = false;
    }
    return this.#shown.isConnected ? page.content : null;
  }

  // The way on at one end as the page has it.
  #carry(page, name) {
    const fresh = page.querySelector(`[data-${name}]`)?.closest("p");
    const old = this.#link(name)?.closest("p");
    const hadFocus = old?.contains(document.activeElement);
    if (old && fresh) old.replaceWith(fresh);
    else if (old) old.remove();
    else if (fresh) this.#shown.querySelector("[data-messages]")[name === "older" ? "before" : "after"](fresh);
    if (hadFocus) (this.#link(name) ?? this.#shown.querySelector("[data-scroll]")).focus({preventScroll: true});
  }

  #arrived(page, items) {
    for (const item of items) window.htmx?.process(item);
    for (const place of this.#beyond) if (this.holds(place)) this.#beyond.delete(place);
    this.#place.hold(() => this.#thread.dress(), {sticks: false});
    this.#offer();
    this.#watch();
    this.#loaded(Number(page.querySelector("conversation-window").dataset.number));
  }

  #watch() {
    for (const name of ["older", "newer"]) if (this.#link(name)) this.#eye.observe(this.#link(name));
  }

  // The message that was asked for in the middle, or the first unread one near the top.
  #goToPlace() {
    const mark = this.#shown.querySelector(".message-at");
    const message = mark?.nextElementSibling;
    mark?.remove();
    if (message) {
      message.classList.add("is-at");
      message.tabIndex = -1; // the keyboard is there too (navigation.js), unless somebody writes already
      if (document.activeElement.matches("body, h1")) message.focus({preventScroll: true});
      this.#place.toElement(message, "center");
    } else if (this.isPast) {
      const line = this.#shown.querySelector(".message-new");
      if (line) this.#place.toElement(line, "start");
    }
  }

  #offer() {
    const count = this.#beyond.size;
    if (this.isPast) offerEnd(this.#shown.querySelector("[data-scroll]"), count ? `Newest messages · ${count} new` : "Newest messages");
    else if (this.#place.isAtEnd) offerEnd(this.#shown.querySelector("[data-scroll]"), "");
  }
}

function itemsOf(page) {
  return [...page.querySelectorAll("[data-messages] > [data-message]")];
}
