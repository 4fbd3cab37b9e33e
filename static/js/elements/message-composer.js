import {boardChip, boardIn} from "../lib/board-chip.js";
import {readDraft, writeDraft} from "../lib/drafts.js";
import {sayTyping} from "../lib/live-line.js";
import {send} from "../lib/outbox.js";
import {pinOf} from "../lib/pin-transfer.js";
import {post} from "../lib/post.js";
import {amendChip, isRemoved, quoteChip, quoteIn} from "../lib/quotes.js";
import {heedOutside} from "../lib/receiving.js";
import {searchChip} from "../lib/search-chip.js";
import {underWay} from "../lib/under-way.js";

const MOST_PINS = 20;

// The box one writes in. Enter sends, Shift+Enter begins a line. Words and pins are kept as a
// draft until they are sent, and come back with the reason when the server refuses them. While one
// says an earlier message in other words, the draft waits.
class MessageComposer extends HTMLElement {
  #stop = null;
  #bringing = null; // what is on its way from outside
  #amended = null; // {id, was, held}: the message, its words, and the draft's words meanwhile

  connectedCallback() {
    this.#stop = new AbortController();
    const {signal} = this.#stop;
    this.#restore();
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.#send();
      if (event.submitter === document.activeElement) this.focusText(); // one writes on
    }, {signal});
    // A finger on the button leaves the focus where it is, and with it a phone's keyboard.
    this.querySelector(".composer-send").addEventListener("mousedown", (event) => event.preventDefault(), {signal});
    this.#text.addEventListener("keydown", (event) => {
      if (event.key === "ArrowUp" || event.key === "Escape") this.#heedAmendKeys(event);
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
      const act = event.target.closest("[data-act]")?.dataset.act;
      if (act === "detach") this.#detach(event.target.closest("[data-pin], [data-search], [data-board]"));
      if (act === "give-up") this.#endAmend();
      if (act === "unquote") {
        event.preventDefault();
        this.#detach(event.target.closest("[data-quote]"));
      }
    }, {signal});
    document.addEventListener("message-removed", ({detail}) => this.#forget(detail.id), {signal});
    heedOutside(this, signal);
    if (underWay(this.#conversation).length) this.bringer();
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
  get #isEmpty() { return !this.#amended && !this.#text.value.trim() && !this.#shelf.children.length && !this.#search && !boardIn(this); }
  get shelf() { return this.#shelf; }
  get room() { return MOST_PINS - this.#shelf.children.length; }

  // Pins that wait to be sent; those brought from outside have an id like "o12" and their draft.
  get pins() {
    return [...this.#shelf.querySelectorAll("[data-pin]")].map((item) => {
      const {pin, draft} = item.dataset;
      return {...pinOf(item), id: Number(pin) || pin, draft};
    });
  }

  focusText() {
    this.#text.focus({preventScroll: true});
  }

  // pin: as in pin-transfer.js.
  attach(pin) {
    if (this.#shelf.querySelector(`[data-pin="${pin.id}"]`)) return;
    if (this.#shelf.children.length >= MOST_PINS) {
      this.say(`One message carries up to ${MOST_PINS} pins.`);
      return;
    }
    const item = this.querySelector("[data-pin-template]").content.cloneNode(true).firstElementChild;
    Object.assign(item.dataset, {pin: pin.id, title: pin.title, url: pin.url, picture: pin.picture});
    if (pin.draft) item.dataset.draft = pin.draft;
    item.querySelector("[name=pin]").value = pin.id;
    item.querySelector(".composer-pin-title").textContent = pin.title;
    item.querySelector("[data-act=detach]").setAttribute("aria-label", `Take ${pin.title} away`);
    const image = item.querySelector("img");
    Object.assign(image, pin.picture ? {src: pin.picture} : {hidden: true});
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

  // board: {id, name, picture}; one message carries one.
  attachBoard(board) {
    this.querySelector(".composer-board")?.remove();
    this.#shelf.before(boardChip(board));
    this.#keep();
  }

  // Pins that went elsewhere wait here no more. ids: as text.
  detach(ids) {
    for (const item of this.#shelf.querySelectorAll("[data-pin]")) if (ids.includes(item.dataset.pin)) item.remove();
    this.#shelf.hidden = !this.#shelf.children.length;
    this.#keep();
  }

  insert(words) {
    const {value} = this.#text;
    this.#text.value = value && !/\s$/.test(value) ? `${value} ${words}` : value + words;
    this.#keep();
    this.#grow();
  }

  cut(words) {
    this.#text.value = this.#text.value.replace(words, "").trim();
    this.#keep();
    this.#grow();
  }

  // quote: as in quotes.js.
  answer(quote) {
    this.#endAmend();
    this.querySelector("[data-quote]")?.remove();
    this.#shelf.before(quoteChip(quote));
    this.#keep();
    this.focusText();
  }

  // Say the message with this id in other words. was: its words; now: those begun already.
  amend({id, was, now = was, focus = true}) {
    this.#endAmend();
    this.#amended = {id, was, held: this.#text.value};
    this.classList.add("is-amending");
    this.#shelf.before(amendChip());
    this.#text.value = now;
    this.#keep();
    this.#grow();
    if (focus) this.focusText();
    this.#text.setSelectionRange(now.length, now.length);
  }

  // A message that did not go: its words and pins stand here again, with the reason.
  giveBack({text, pins, search, quote, board, error}) {
    this.#endAmend();
    if (quote && !isRemoved(quote.id)) this.answer(quote);
    if (search) this.attachSearch(search);
    if (board) this.attachBoard(board);
    this.#text.value = [text, this.#text.value].filter(Boolean).join("\n");
    for (const pin of pins) this.attach(pin);
    this.#keep();
    this.#grow();
    if (error) this.say(error);
    this.focusText();
  }

  #send() {
    if (this.#amended) {
      this.#saveAmended();
      return;
    }
    if (this.#isEmpty || this.#mustWait()) return;
    const message = {conversation: this.#conversation, text: this.#text.value.trim(), pins: this.pins, search: this.#search, quote: quoteIn(this), board: boardIn(this)};
    this.#text.value = "";
    for (const chip of this.querySelectorAll("[data-quote], .composer-board, .composer-offer")) chip.remove();
    this.#chip?.remove();
    this.#shelf.replaceChildren();
    this.#shelf.hidden = true;
    this.say("");
    this.#keep();
    this.#grow();
    send(message);
  }

  // What is still on its way is waited for, then the message goes by itself.
  #mustWait() {
    if (this.#bringing?.hasFailed) this.say("Something could not be added. Try it again, or take it away.");
    else if (this.#bringing?.isBusy) {
      this.#bringing.whenReady(() => this.#send());
      this.say("This will be sent as soon as everything is here.");
    }
    return Boolean(this.#bringing?.hasFailed || this.#bringing?.isBusy);
  }

  #detach(item) {
    const next = item.nextElementSibling ?? item.previousElementSibling;
    item.remove();
    if (item.dataset.draft) post(`/messages/brought/${item.dataset.draft}/away/`).catch(() => {}); // the sweep does it else
    this.#shelf.hidden = !this.#shelf.children.length;
    this.say("");
    this.#keep();
    (next?.querySelector("[data-act=detach]") ?? this.#text).focus();
  }

  #heedAmendKeys(event) {
    if (event.key === "Escape" && (this.#amended || quoteIn(this))) {
      event.stopPropagation();
      if (this.#amended) this.#endAmend();
      else this.#detach(this.querySelector("[data-quote]"));
    } else if (event.key === "ArrowUp" && this.#isEmpty && !quoteIn(this) && !event.isComposing) {
      event.preventDefault();
      import("../lib/amending.js").then(({amendLast}) => amendLast(this.closest("conversation-window")));
    }
  }

  async #saveAmended() {
    const amended = this.#amended;
    const text = this.#text.value.trim();
    const {saveAmended} = await import("../lib/amending.js");
    const error = await saveAmended(this.#conversation, amended, text);
    if (error) this.say(error);
    else if (this.#amended === amended) this.#endAmend();
  }

  // A message was taken back: nobody answers it or edits it any more.
  #forget(id) {
    if (quoteIn(this)?.id === id) this.querySelector("[data-quote]").remove();
    if (this.#amended?.id === id) this.#endAmend();
    this.#keep();
  }

  #endAmend() {
    if (!this.#amended) return;
    this.#text.value = this.#amended.held;
    this.#amended = null;
    this.classList.remove("is-amending");
    this.querySelector(".is-amend").remove();
    this.say("");
    this.#keep();
    this.#grow();
    this.focusText();
  }

  #keep() {
    const {id, was, held} = this.#amended ?? {};
    const words = this.#text.value;
    const amend = this.#amended ? {id, was, now: words} : null;
    writeDraft(this.#conversation, {text: amend ? held : words, pins: this.pins, search: this.#search, quote: quoteIn(this), board: boardIn(this), amend});
  }

  #restore() {
    const draft = readDraft(this.#conversation);
    this.#text.value ||= draft.text;
    if (draft.search) this.attachSearch(draft.search);
    if (draft.board) this.attachBoard(draft.board);
    if (draft.quote && !quoteIn(this) && !isRemoved(draft.quote.id)) this.#shelf.before(quoteChip(draft.quote));
    for (const pin of draft.pins) this.attach(pin);
    if (draft.amend) this.amend({...draft.amend, focus: false});
    else this.#keep(); // with what was typed before this script was awake
    this.#grow();
  }

  // What brings things here from outside, see bringing.js.
  async bringer() {
    const {bringerFor} = await import("../lib/bringing.js");
    this.#bringing = bringerFor(this, this.#conversation);
    return this.#bringing;
  }

  say(words) {
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

customElements.define("message-composer", MessageComposer);
