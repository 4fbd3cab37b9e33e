// The list of messages in one window: every message once, in the order of its place, dressed for
// the one who looks (what is mine, what belongs together, days and times where they are).

import {askMarks, paintMarks} from "./marks.js";
import {fillCovers} from "./covers.js";
import {focusFirst, waysTo} from "./kept-focus.js";
import {paintReactions} from "./reactions.js";
import {clockOf, dayOf, dayWords} from "./times.js";
import {paintVerdicts} from "./verdicts.js";

const TOGETHER_MS = 10 * 60_000; // what follows within ten minutes needs no second name and face

export class Thread {
  #list;
  #viewer;

  constructor(list, viewer) {
    this.#list = list;
    this.#viewer = viewer;
  }

  get #messages() {
    return [...this.#list.querySelectorAll(":scope > [data-message]")];
  }

  get oldest() {
    return Number(this.#messages[0]?.dataset.place ?? 0);
  }

  get newest() {
    return Number(this.#messages.at(-1)?.dataset.place ?? 0);
  }

  // Puts a message where it belongs, or its newer form in place of the older one. Answers its
  // element, or null when what is shown is newer already.
  put(html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const fresh = holder.content.querySelector("[data-message]");
    const shown = this.#list.querySelector(`:scope > [data-message="${fresh.dataset.message}"]`);
    if (shown && Number(shown.dataset.number) > Number(fresh.dataset.number)) return null;
    if (shown) replace(shown, fresh);
    else this.#insert(fresh);
    window.htmx?.process(fresh);
    if (fresh.matches(".is-removed")) {
      const detail = {id: Number(fresh.dataset.message)};
      document.dispatchEvent(new CustomEvent("message-removed", {detail}));
    }
    return fresh;
  }

  // html: the <li>s of an older page.
  putBefore(items) {
    this.#list.prepend(...items);
  }

  // The <li>s of a newer page; what is unsent stays below.
  putAfter(items) {
    const unsent = this.#list.querySelector(".is-unsent");
    if (unsent) unsent.before(...items);
    else this.#list.append(...items);
  }

  // Drops what stands at this place or before it.
  forget(place) {
    for (const message of this.#messages) if (Number(message.dataset.place) <= place) message.remove();
  }

  replaceAll(items) {
    this.#list.replaceChildren(...items);
  }

  #insert(fresh) {
    this.#list.querySelector("[data-empty]")?.remove();
    const place = Number(fresh.dataset.place);
    const before = this.#messages.findLast((message) => Number(message.dataset.place) < place);
    const after = before ? before.nextElementSibling : this.#messages[0] ?? this.#list.querySelector(".is-unsent");
    this.#list.insertBefore(fresh, after);
  }

  dress() {
    let last = null;
    for (const message of this.#messages) {
      this.#nameDay(message, last);
      const {sender, time} = message.dataset;
      message.classList.toggle("is-mine", sender === this.#viewer);
      const follows = last && sender && last.dataset.sender === sender && message.previousElementSibling === last
        && new Date(time) - new Date(last.dataset.time) < TOGETHER_MS;
      message.classList.toggle("is-same", Boolean(follows));
      const clock = message.querySelector(".message-time");
      if (clock && clock.textContent !== clockOf(time)) clock.textContent = clockOf(time); // or a reader says it again
      last = message;
    }
    paintVerdicts(this.#list, this.#viewer);
    paintReactions(this.#list, this.#viewer);
    if (this.#list.querySelector("[data-poll]")) this.#paintPolls();
    paintMarks(this.#list);
    askMarks(this.#list);
    fillCovers(this.#list);
  }

  async #paintPolls() {
    const {paintPolls} = await import("./polls.js");
    paintPolls(this.#list, this.#viewer);
  }

  // A line with the day above the first message of each day.
  #nameDay(message, last) {
    const {time} = message.dataset;
    let above = message.previousElementSibling;
    const isFirstNew = above?.matches(".message-new");
    if (isFirstNew) above = above.previousElementSibling;
    const line = above?.matches(".message-day") ? above : null;
    const day = time ? dayOf(time) : "";
    if (!time || (last?.dataset.day ?? "") === day) {
      message.dataset.day = day || (last?.dataset.day ?? "");
      line?.remove();
      return;
    }
    message.dataset.day = day;
    const words = dayWords(time);
    if (line) {
      if (line.textContent !== words) line.textContent = words;
      return;
    }
    const made = document.createElement("li");
    made.className = "message-day";
    made.textContent = words;
    (isFirstNew ? message.previousElementSibling : message).before(made);
  }
}

// The keyboard stays where it was, and a reason half written in the message is kept.
function replace(shown, fresh) {
  const ways = shown.contains(document.activeElement) ? waysTo(document.activeElement) : null;
  const reasons = [...shown.querySelectorAll(".verdicts-decide[open] textarea")].map((box) => [box.name, box.value]);
  for (const open of shown.querySelectorAll(".pin-fold[open]")) {
    fresh.querySelector(`.pin-fold[data-shared="${open.dataset.shared}"]`)?.setAttribute("open", "");
  }
  shown.replaceWith(fresh);
  for (const [name, value] of reasons) {
    const box = fresh.querySelector(`textarea[name="${name}"]`);
    if (!box) continue;
    box.value = value;
    box.closest("details").open = true;
  }
  if (!ways || focusFirst(fresh, [...ways, ".message-more"])) return;
  fresh.tabIndex = -1;
  fresh.focus({preventScroll: true});
}
