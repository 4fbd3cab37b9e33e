import {focusFirst, waysTo} from "../lib/kept-focus.js";
import {askMarks, paintMarks} from "../lib/marks.js";
import {getPart} from "../lib/post.js";
import {shortTime} from "../lib/times.js";
import {decide, giveVerdict, paintVerdicts} from "../lib/verdicts.js";
import {visit} from "../lib/visit.js";

const TOGETHER_MS = 250; // changes that come this close are shown at once

// The shelf and pins side by side: verdicts show at once, and what others say arrives by itself.
class PinShelf extends HTMLElement {
  #stop = null;
  #timer = 0;

  connectedCallback() {
    if (this.#stop) this.#refreshSoon(); // on a page that was left: meanwhile it was not told
    this.#stop = new AbortController();
    const {signal} = this.#stop;
    const refresh = ({detail}) => {
      if (!detail?.conversation || String(detail.conversation) === this.dataset.conversation) this.#refreshSoon();
    };
    for (const name of ["message.posted", "message.changed", "conversation.changed", "membership.changed", "ask"]) {
      document.addEventListener(`live:${name}`, refresh, {signal});
    }
    // Who sits here now has to say who they are, and a guest whose time is over is told so.
    document.addEventListener("signed-out", () => {
      this.replaceChildren();
      location.reload();
    }, {signal});
    this.addEventListener("submit", (event) => this.#submitted(event), {signal, capture: true});
    this.#dress();
  }

  disconnectedCallback() {
    this.#stop.abort();
    clearTimeout(this.#timer);
  }

  get #body() { return this.querySelector("[data-shelf-body]"); }

  #dress() {
    for (const time of this.querySelectorAll("time[data-short]")) time.textContent = shortTime(time.dateTime);
    paintVerdicts(this, this.dataset.viewer);
    paintMarks(this);
    askMarks(this);
    this.#tellNext();
  }

  // A shelf where nearly everything is the same says so; ideas are behind the button anyway.
  async #tellNext() {
    const line = this.querySelector("[data-next]");
    if (!line || line.dataset.told) return;
    line.dataset.told = "1";
    const response = await fetch(line.dataset.next, {headers: {Accept: "application/json"}, credentials: "same-origin"}).catch(() => null);
    const {text} = response?.ok ? await response.json() : {};
    if (!text) return;
    line.querySelector("span").textContent = text;
    line.hidden = false;
  }

  #submitted(event) {
    const {submitter: button} = event;
    const isOurs = button?.dataset.verdict || ["decide", "reopen"].includes(button?.dataset.act);
    if (!isOurs) return;
    event.preventDefault();
    event.stopPropagation();
    if (button.dataset.verdict) giveVerdict(button, this.dataset.viewer);
    else decide(button).then(() => this.#refreshSoon());
  }

  #refreshSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#refresh(), TOGETHER_MS);
  }

  // The same address once more. Nothing is taken from under somebody's hands: while a reason is
  // written or a pin is carried it waits.
  async #refresh() {
    if (this.querySelector("textarea:focus") || document.documentElement.hasAttribute("data-dragging")) {
      this.#refreshSoon();
      return;
    }
    const html = await getPart(location.href).catch(({status}) => status === 404 && visit("/messages/"));
    if (!html || !this.isConnected) return;
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-shelf-body]");
    if (!fresh) return;
    for (const box of this.querySelectorAll(".shelf-pick :checked")) {
      fresh.querySelector(`.shelf-pick [value="${box.value}"]`)?.setAttribute("checked", "");
    }
    if (this.querySelector(".shelf-folded[open]")) fresh.querySelector(".shelf-folded")?.setAttribute("open", "");
    const ways = this.#body.contains(document.activeElement) ? waysTo(document.activeElement) : null;
    this.#body.replaceChildren(...fresh.childNodes);
    window.htmx?.process(this.#body);
    this.#dress();
    if (ways) focusFirst(this, [...ways, "h1"]);
  }
}

customElements.define("pin-shelf", PinShelf);
