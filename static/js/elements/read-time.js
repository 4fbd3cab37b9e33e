import {ageWords, holds} from "../lib/ages.js";

const MINUTE_MS = 60_000;
const awake = new Set();

// When a price was read, kept true on a page that stays open; what got too old goes away with it.
class ReadTime extends HTMLElement {
  connectedCallback() {
    awake.add(this);
    this.tick();
  }

  disconnectedCallback() { awake.delete(this); }

  tick() {
    const time = this.querySelector("time");
    const read = new Date(time.dateTime);
    if (!holds(read)) return this.#letGo();
    time.title = read.toLocaleString(document.documentElement.lang, {dateStyle: "long", timeStyle: "short"});
    const words = ageWords(read);
    if (time.textContent !== words) time.textContent = words;
  }

  #letGo() {
    const line = this.parentElement;
    for (const fact of line.querySelectorAll(".is-price, .is-was, .is-stock, .is-cheaper, .is-back, .is-news")) fact.remove();
    this.remove();
  }
}

setInterval(() => awake.forEach((each) => each.tick()), MINUTE_MS);
customElements.define("read-time", ReadTime);
