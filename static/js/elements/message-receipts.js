import {getJson} from "../lib/post.js";

const TOGETHER_MS = 400;

// The small face of each person who lets it be seen, under the last message they have read. The
// messages are never redrawn for it: the faces are painted again whenever the list changes.
class MessageReceipts extends HTMLElement {
  #people = new Map(); // person -> {name, face: element, number}
  #eye = new MutationObserver((changes) => changes.some(isOfMessages) && this.#paintSoon());
  #stop = null;
  #frame = 0;
  #timer = 0;

  connectedCallback() {
    for (const one of this.querySelectorAll(".receipt")) {
      const {person, name, number} = one.dataset;
      this.#people.set(person, {name, face: one.querySelector(".face"), number: Number(number)});
    }
    this.replaceChildren();
    this.#stop = new AbortController();
    const {signal} = this.#stop;
    const hear = (type, run) => document.addEventListener(`live:${type}`, ({detail}) => {
      if (!detail?.conversation || detail.conversation === this.#conversation) run(detail);
    }, {signal});
    hear("message.read", (detail) => this.#read(detail));
    hear("membership.changed", () => this.#askSoon());
    hear("ask", () => this.#askSoon());
    this.#eye.observe(this.#list, {childList: true});
    this.#paint();
  }

  disconnectedCallback() {
    this.#stop.abort();
    this.#eye.disconnect();
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
  }

  get #window() { return this.closest("conversation-window"); }
  get #list() { return this.#window.querySelector("[data-messages]"); }
  get #conversation() { return Number(this.#window.dataset.conversation); }

  #read({person, number}) {
    const known = this.#people.get(String(person));
    if (!known) {
      this.#askSoon();
      return;
    }
    if (number <= known.number) return;
    known.number = number;
    this.#paint();
  }

  #askSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), TOGETHER_MS);
  }

  async #ask() {
    const answer = await getJson(this.dataset.url).catch(() => null);
    if (!answer || !this.isConnected) return;
    this.#people = new Map(answer.receipts.map(({person_id: person, name, face, number}) =>
      [String(person), {name, face: faceOf(name, face), number}]));
    this.#paint();
  }

  #paintSoon() {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint() {
    const messages = [...this.#list.querySelectorAll(":scope > [data-message]")];
    const seen = new Map(); // message -> who has read it last
    for (const [person, known] of this.#people) {
      const last = messages.findLast((message) => Number(message.dataset.place) <= known.number);
      if (!last || last.dataset.sender === person) continue; // that they know their own words says nothing
      seen.set(last, [...seen.get(last) ?? [], known]);
    }
    for (const old of this.#list.querySelectorAll(".message-seen")) {
      if (!seen.has(old.parentElement)) old.remove();
    }
    for (const [message, people] of seen) show(message, people);
  }
}

function show(message, people) {
  const words = `Seen by ${people.map(({name}) => name).join(", ")}`;
  const shown = message.querySelector(":scope > .message-seen");
  if (shown?.title === words) return;
  const line = document.createElement("span");
  line.className = "message-seen";
  line.title = words;
  const said = document.createElement("span");
  said.className = "visually-hidden";
  said.textContent = words;
  line.append(...people.map(({face}) => face.cloneNode(true)), said);
  if (shown) shown.replaceWith(line);
  else message.append(line);
}

// What comes and goes in the list itself; not the faces, which stand inside the messages.
function isOfMessages({addedNodes, removedNodes}) {
  return [...addedNodes, ...removedNodes].some((node) => node.dataset?.message);
}

function faceOf(name, src) {
  const face = document.createElement(src ? "img" : "span");
  face.className = src ? "face" : "face is-letter";
  if (src) Object.assign(face, {src, alt: ""});
  else face.textContent = name.slice(0, 1).toUpperCase();
  return face;
}

customElements.define("message-receipts", MessageReceipts);
