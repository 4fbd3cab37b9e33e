import {keepCalm} from "../lib/calm.js";
import {leaveMenu} from "../lib/menus.js";
import {openConversation} from "../lib/open-conversation.js";
import {getPart} from "../lib/post.js";
import {shortTime} from "../lib/times.js";

const TOGETHER_MS = 300;

// The list of conversations keeps itself true: order, last line, what is unread, what is muted.
class ConversationList extends HTMLElement {
  #timer = 0;
  #stop = null;
  #html = "";
  #asked = 0; // only the last answer is shown

  connectedCallback() {
    if (this.#stop) this.#soon(); // on a page that was left: meanwhile it was not told
    this.#stop = new AbortController();
    this.#tellTimes();
    const {signal} = this.#stop;
    for (const name of ["message.posted", "message.changed", "conversation.read", "membership.changed", "ask"]) {
      document.addEventListener(`live:${name}`, () => this.#soon(), {signal});
    }
    this.addEventListener("pin-drop", ({target, detail}) => {
      openConversation({id: Number(target.closest("[data-conversation]").dataset.conversation), ...detail});
    }, {signal});
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#calm(event.submitter);
    }, {signal});
  }

  disconnectedCallback() {
    this.#stop.abort();
    clearTimeout(this.#timer);
  }

  async #calm(button) {
    const row = button.closest("[data-conversation]");
    leaveMenu(button);
    const {undo, done} = button.dataset;
    await keepCalm(Number(row.dataset.conversation), button.getAttribute("formaction"), {undo, done});
  }

  #tellTimes() {
    for (const time of this.querySelectorAll(".row-time")) time.textContent = shortTime(time.dateTime);
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#refresh(), TOGETHER_MS);
  }

  async #refresh() {
    const turn = ++this.#asked;
    const page = new DOMParser().parseFromString(await getPart(this.dataset.url).catch(() => ""), "text/html");
    const fresh = page.querySelector("conversation-list");
    if (!fresh || turn !== this.#asked) return;
    this.#tellTimes(); // what was said today is of yesterday by tomorrow
    const html = ["[data-ways]", "[data-rows]"].map((part) => fresh.querySelector(part)?.innerHTML).join("");
    if (html === this.#html) return;
    // Somebody is choosing, or carries a pin to a row: after that.
    if (this.querySelector("details[open]") || document.documentElement.hasAttribute("data-dragging")) {
      this.#soon();
      return;
    }
    this.#html = html;
    const focused = this.#focused();
    for (const part of ["[data-ways]", "[data-rows]"]) {
      const made = fresh.querySelector(part);
      if (!made) continue;
      this.querySelector(part)?.replaceWith(made);
      window.htmx?.process(made);
    }
    this.#tellTimes();
    if (focused) this.#focusRow(focused);
  }

  // Which row holds the keyboard, if one does, and whether its menu does.
  #focused() {
    const row = document.activeElement.closest(".conversation-row");
    if (!row || !this.contains(row)) return null;
    return {id: row.dataset.conversation, at: [...row.parentElement.children].indexOf(row), way: document.activeElement.matches("summary") ? "summary" : "a"};
  }

  // The same row, or the one that stands in its place now.
  #focusRow({id, at, way}) {
    const rows = [...this.querySelectorAll(".conversation-row")];
    const row = rows.find(({dataset}) => dataset.conversation === id) ?? rows[at] ?? rows.at(-1);
    (row?.querySelector(way) ?? this.querySelector("[data-ways] a"))?.focus({preventScroll: true});
  }
}

customElements.define("conversation-list", ConversationList);
