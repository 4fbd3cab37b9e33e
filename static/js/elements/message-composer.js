import {boardChip, boardIn} from "../lib/board-chip.js";
import {readDraft, writeDraft} from "../lib/drafts.js";
import {grow} from "../lib/growing.js";
import {sayTyping} from "../lib/live-line.js";
import {send} from "../lib/outbox.js";
import {pinChip} from "../lib/pin-chip.js";
import {post} from "../lib/post.js";
import {amendChip, isRemoved, quoteChip, quoteIn} from "../lib/quotes.js";
import {heedOutside} from "../lib/receiving.js";
import {searchChip} from "../lib/search-chip.js";
import {underWay} from "../lib/under-way.js";
import {cutWords, takeUnsaid, unsaidIn} from "../lib/unsaid.js";
import {isWritingElsewhere} from "../lib/writing-elsewhere.js";

const MOST_PINS = 20;

// The box one writes in. Enter sends, Shift+Enter begins a line. Words and pins are kept as a
// draft until they are sent, and come back with the reason when the server refuses them. While one
// says an earlier message in other words, the draft waits.
class MessageComposer extends HTMLElement {
  #stop = null;
  #bringing = null; // what is on its way from outside
  #script = null; // of that, while it comes
  #amended = null; // {id, was, held}: the message, its words, and the draft's words meanwhile
  #isFollowing = false; // the draft is shown, not written

  connectedCallback() {
    if (this.#stop) this.#follow(); // on a page that was left: the draft went on without it
    else this.#restore();
    this.#stop = new AbortController();
    const {signal} = this.#stop;
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.#enter();
      if (event.submitter === document.activeElement) this.focusText(); // one writes on
    }, {signal});
    // A finger on the button leaves the focus where it is, and with it a phone's keyboard.
    this.querySelector(".composer-send").addEventListener("mousedown", (event) => event.preventDefault(), {signal});
    this.#text.addEventListener("keydown", (event) => {
      if (event.key === "ArrowUp" || event.key === "Escape") this.#heedAmendKeys(event);
      // isComposing: Enter ends a word of an input method; 229 is how Safari says the same.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      this.#enter();
    }, {signal});
    this.#text.addEventListener("input", () => {
      this.#keep();
      grow(this.#text);
      if (this.#text.value.trim()) sayTyping(this.#conversation);
    }, {signal});
    this.addEventListener("click", (event) => {
      const act = event.target.closest("[data-act]")?.dataset.act;
      if (act === "give-up") this.#endAmend();
      if (act !== "detach" && act !== "unquote") return;
      event.preventDefault();
      this.#detach(event.target.closest("[data-pin], [data-search], [data-board], [data-quote]"));
    }, {signal});
    document.addEventListener("message-removed", ({detail}) => this.#forget(detail.id), {signal});
    heedOutside(this, signal);
    this.#heedElsewhere(signal);
    document.addEventListener("outbox-refused", (event) => {
      const {item} = event.detail;
      if (item.conversation === this.#conversation && this.#isEmpty && this.checkVisibility() && !document.hidden) {
        event.preventDefault();
        this.giveBack(item);
      }
    }, {signal});
  }

  disconnectedCallback() { this.#stop.abort(); }

  // The same conversation in another tab, on the page while this window waits in the dock, or there
  // while this page was left: what is written or brought there stands here too.
  #heedElsewhere(signal) {
    document.addEventListener("draft-changed", ({detail}) => {
      if (detail.conversation === this.#conversation && detail.by !== this) this.#follow();
    }, {signal});
    const fetchBrought = () => underWay(this.#conversation).length && this.checkVisibility() && this.bringer();
    document.addEventListener("page-arrived", fetchBrought, {signal});
    fetchBrought();
  }

  get #conversation() { return Number(this.dataset.conversation); }
  get #text() { return this.querySelector("[data-text]"); }
  get #isEmpty() {
    const {text, pins, search, board} = unsaidIn(this);
    return !this.#amended && !text.trim() && !pins.length && !search && !board && !this.shelf.children.length;
  }

  get shelf() { return this.querySelector("[data-attached]"); }
  get room() { return MOST_PINS - this.shelf.children.length; }

  // always: even from under somebody who writes elsewhere.
  focusText({always = false} = {}) {
    if (always || !isWritingElsewhere(this)) this.#text.focus({preventScroll: true});
  }

  // pin: as in pin-transfer.js.
  attach(pin) {
    if (this.shelf.querySelector(`[data-pin="${pin.id}"]`)) return;
    if (this.shelf.children.length >= MOST_PINS) {
      this.say(`One message carries up to ${MOST_PINS} pins.`);
      return;
    }
    this.shelf.append(pinChip(this, pin));
    this.shelf.hidden = false;
    this.#keep();
    this.shelf.scrollLeft = this.shelf.scrollWidth;
  }

  // search: a query string such as "q=pasta&g=lemon". board: {id, name, picture}. One of each.
  attachSearch(search) { this.#put("[data-search]", searchChip(search)); }
  attachBoard(board) { this.#put(".composer-board", boardChip(board)); }

  #put(selector, chip) {
    this.querySelector(selector)?.remove();
    this.shelf.before(chip);
    this.#keep();
  }

  // Pins that went elsewhere wait here no more. ids: as text.
  detach(ids) {
    for (const item of this.shelf.querySelectorAll("[data-pin]")) if (ids.includes(item.dataset.pin)) item.remove();
    this.shelf.hidden = !this.shelf.children.length;
    this.#keep();
  }

  insert(words) {
    this.#write(this.#text.value.replace(/\S$/, "$& ") + words);
  }

  // They became something else.
  cut(words) {
    cutWords(this.#text, words);
    this.#keep();
    grow(this.#text);
  }

  #write(words) {
    this.#text.value = words;
    this.#keep();
    grow(this.#text);
  }

  // quote: as in quotes.js.
  answer(quote) {
    this.#endAmend();
    this.#put("[data-quote]", quoteChip(quote));
    this.focusText();
  }

  // Say the message with this id in other words. was: its words; now: those begun already.
  amend({id, was, now = was, focus = true}) {
    this.#endAmend();
    this.#amended = {id, was, held: this.#text.value};
    this.classList.add("is-amending");
    this.#put(".is-amend", amendChip());
    this.#write(now);
    if (focus) this.focusText();
    this.#text.setSelectionRange(now.length, now.length);
  }

  // A message that did not go: its words and pins stand here again, with the reason.
  giveBack({text, pins, search, quote, board, error}) {
    this.#endAmend();
    const words = [text, this.#text.value].filter(Boolean).join("\n");
    this.#show({text: words, pins, search, quote, board});
    this.#keep();
    if (error) this.say(error);
    this.focusText();
  }

  #enter() {
    if (this.#amended) this.#saveAmended();
    else this.send();
  }

  send() {
    if (this.#amended || this.#isEmpty || this.#mustWait()) return;
    const unsaid = takeUnsaid(this);
    this.say("");
    this.#keep();
    grow(this.#text);
    send({conversation: this.#conversation, ...unsaid, text: unsaid.text.trim()});
  }

  // What is still on its way is waited for, then the message goes by itself.
  #mustWait() {
    const {hasFailed, isBusy} = this.#bringing ?? {};
    if (this.#script) this.#script.then(() => setTimeout(() => this.send())); // after what asked for it
    else if (hasFailed) this.say("Something could not be added. Try it again, or take it away.");
    else if (isBusy) this.#bringing.sendWhenReady();
    return Boolean(this.#script || hasFailed || isBusy);
  }

  #detach(item) {
    const next = item.nextElementSibling ?? item.previousElementSibling;
    item.remove();
    if (item.dataset.draft) post(`/messages/brought/${item.dataset.draft}/away/`).catch(() => {}); // the sweep does it else
    this.shelf.hidden = !this.shelf.children.length;
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
    const module = await import("../lib/amending.js").catch(() => null);
    const error = module ? await module.saveAmended(this.#conversation, amended, text) : "No connection. Try again.";
    if (error) this.say(error);
    else if (this.#amended === amended) this.#endAmend();
  }

  // A message was taken back: nobody answers it or edits it any more.
  #forget(id) {
    if (this.#amended?.id === id) this.#endAmend();
    if (quoteIn(this)?.id !== id) return;
    this.querySelector("[data-quote]").remove();
    this.#keep();
  }

  #endAmend() {
    if (!this.#amended) return;
    const {held} = this.#amended;
    this.#unmarkAmend();
    this.say("");
    this.#write(held);
    this.focusText();
  }

  #unmarkAmend() {
    this.#amended = null;
    this.classList.remove("is-amending");
    this.querySelector(".is-amend").remove();
  }

  #keep() {
    if (this.#isFollowing) return;
    const {id, was, held} = this.#amended ?? {};
    const unsaid = unsaidIn(this);
    const amend = this.#amended ? {id, was, now: unsaid.text} : null;
    writeDraft(this.#conversation, {...unsaid, text: amend ? held : unsaid.text, amend}, this);
  }

  #restore() {
    const draft = readDraft(this.#conversation);
    this.#show({...draft, text: this.#text.value || draft.text});
    this.#keep(); // with what was typed before this script was awake
  }

  #follow() {
    const isWriting = document.hasFocus() && this.#text === document.activeElement;
    if (isWriting && this.#amended) return;
    const {text} = takeUnsaid(this);
    if (this.#amended) this.#unmarkAmend();
    const draft = readDraft(this.#conversation);
    this.#show(isWriting ? {...draft, text, amend: null} : draft);
  }

  #show({text, pins, search, quote, board, amend}) {
    this.#isFollowing = true;
    this.#text.value = text;
    if (search) this.attachSearch(search);
    if (board) this.attachBoard(board);
    if (quote && !quoteIn(this) && !isRemoved(quote.id)) this.shelf.before(quoteChip(quote));
    for (const pin of pins) this.attach(pin);
    if (amend) this.amend({...amend, focus: false});
    grow(this.#text);
    this.#isFollowing = false;
  }

  // What brings things here from outside, see bringing.js; null when its script does not come.
  async bringer() {
    this.#script ??= import("../lib/bringing.js").catch(() => this.say("No connection. Please add it again."));
    const module = await this.#script;
    this.#script = null;
    return this.#bringing = module?.bringerFor(this, this.#conversation) ?? null;
  }

  say(words) {
    Object.assign(this.querySelector("[data-error]"), {textContent: words, hidden: !words});
  }
}

customElements.define("message-composer", MessageComposer);
