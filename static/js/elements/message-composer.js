import {readDraft, writeDraft} from "../lib/drafts.js";
import {sayTyping} from "../lib/live-line.js";
import {send} from "../lib/outbox.js";
import {pinOf, readPin} from "../lib/pin-transfer.js";
import {getPart} from "../lib/post.js";
import {searchChip} from "../lib/search-chip.js";
import {toast} from "../lib/toast.js";

const MOST_PINS = 20;

// The box one writes in. Enter sends, Shift+Enter begins a line. Words and pins are kept as a
// draft until they are sent, and come back with the reason when the server refuses them.
class MessageComposer extends HTMLElement {
  #stop = null;

  connectedCallback() {
    this.#stop = new AbortController();
    const {signal} = this.#stop;
    this.#restore();
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.#send();
    }, {signal});
    this.#text.addEventListener("keydown", (event) => {
      // isComposing: Enter ends a word of an input method; 229 is how Safari says the same.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.#send();
    }, {signal});
    this.#text.addEventListener("input", () => {
      this.#keep();
      this.#grow();
      if (this.#text.value.trim()) sayTyping(this.#conversation);
    }, {signal});
    this.addEventListener("click", (event) => {
      if (event.target.closest("[data-act=detach]")) this.#detach(event.target.closest("[data-pin], [data-search]"));
    }, {signal});
    this.addEventListener("dragover", (event) => event.preventDefault(), {signal});
    this.addEventListener("drop", (event) => this.#receive(event, event.dataTransfer), {signal});
    this.addEventListener("paste", (event) => event.clipboardData.files.length && this.#receive(event, event.clipboardData), {signal});
    document.addEventListener("outbox-refused", (event) => {
      const {item} = event.detail;
      if (item.conversation === this.#conversation && this.#isEmpty && this.checkVisibility()) {
        event.preventDefault();
        this.giveBack(item);
      }
    }, {signal});
  }

  disconnectedCallback() {
    this.#stop.abort();
  }

  get #conversation() { return Number(this.dataset.conversation); }
  get #text() { return this.querySelector("[data-text]"); }
  get #shelf() { return this.querySelector("[data-attached]"); }
  get #chip() { return this.querySelector("[data-search]"); }
  get #search() { return this.#chip?.dataset.search ?? ""; }
  get #isEmpty() { return !this.#text.value.trim() && !this.#shelf.children.length && !this.#search; }
  get #pins() { return [...this.#shelf.children].map(pinOf); }

  focusText() {
    this.#text.focus({preventScroll: true});
  }

  // pin: as in pin-transfer.js.
  attach(pin) {
    if (this.#shelf.querySelector(`[data-pin="${pin.id}"]`)) return;
    if (this.#shelf.children.length >= MOST_PINS) {
      this.#say(`One message carries up to ${MOST_PINS} pins.`);
      return;
    }
    const item = this.querySelector("[data-pin-template]").content.cloneNode(true).firstElementChild;
    Object.assign(item.dataset, {pin: pin.id, title: pin.title, url: pin.url, picture: pin.picture});
    item.querySelector("[name=pin]").value = pin.id;
    item.querySelector(".composer-pin-title").textContent = pin.title;
    item.querySelector("[data-act=detach]").setAttribute("aria-label", `Take ${pin.title} away`);
    const image = item.querySelector("img");
    if (pin.picture) image.src = pin.picture;
    else image.hidden = true;
    this.#shelf.append(item);
    this.#shelf.hidden = false;
    this.#keep();
    this.#shelf.scrollLeft = this.#shelf.scrollWidth;
  }

  // search: a query string such as "q=pasta&g=lemon"; one message carries one.
  attachSearch(search) {
    this.#chip?.remove();
    this.#shelf.before(searchChip(search));
    this.#keep();
  }

  // A message that did not go: its words and pins stand here again, with the reason.
  giveBack({text, pins, search, error}) {
    if (search) this.attachSearch(search);
    this.#text.value = [text, this.#text.value].filter(Boolean).join("\n");
    for (const pin of pins) this.attach(pin);
    this.#keep();
    this.#grow();
    if (error) this.#say(error);
    this.focusText();
  }

  #send() {
    if (this.#isEmpty) return;
    const message = {conversation: this.#conversation, text: this.#text.value.trim(), pins: this.#pins, search: this.#search};
    this.#text.value = "";
    this.#chip?.remove();
    this.#shelf.replaceChildren();
    this.#shelf.hidden = true;
    this.#say("");
    this.#keep();
    this.#grow();
    send(message);
  }

  #detach(item) {
    const next = item.nextElementSibling ?? item.previousElementSibling;
    item.remove();
    this.#shelf.hidden = !this.#shelf.children.length;
    this.#say("");
    this.#keep();
    (next?.querySelector("[data-act=detach]") ?? this.#text).focus();
  }

  #keep() {
    writeDraft(this.#conversation, {text: this.#text.value, pins: this.#pins, search: this.#search});
  }

  #restore() {
    const draft = readDraft(this.#conversation);
    if (!this.#text.value) this.#text.value = draft.text;
    if (draft.search) this.attachSearch(draft.search);
    for (const pin of draft.pins) this.attach(pin);
    if (this.#text.value !== draft.text) this.#keep(); // typed before this script was awake
    this.#grow();
  }

  // From outside: a link to a pin becomes the pin, other links become words.
  async #receive(event, transfer) {
    const pin = readPin(transfer);
    const words = transfer.getData("text/uri-list") || transfer.getData("text/plain");
    const hasFiles = transfer.files.length > 0;
    event.preventDefault();
    if (pin) this.attach(pin.picture ? pin : await described(pin));
    else if (hasFiles) toast("Make a pin of your picture first, then send it.", {label: "Create a pin", url: "/create/"});
    else if (words) {
      const {value} = this.#text;
      this.#text.value = value && !/\s$/.test(value) ? `${value} ${words}` : value + words;
      this.#keep();
      this.#grow();
    }
    this.focusText();
  }

  #say(words) {
    const line = this.querySelector("[data-error]");
    line.textContent = words;
    line.hidden = !words;
  }

  // Where the style sheet cannot let the field grow with its words.
  #grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.#text.style.blockSize = "auto";
    this.#text.style.blockSize = `${this.#text.scrollHeight + 2}px`;
  }
}

// A pin of which only the address is known, with its title and picture.
async function described(pin) {
  const part = document.createElement("template");
  part.innerHTML = await getPart(`/pins/${pin.id}/card/`).catch(() => "");
  const card = part.content.querySelector("pin-card");
  return card ? pinOf(card) : pin;
}

customElements.define("message-composer", MessageComposer);
