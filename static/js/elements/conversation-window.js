import "./message-composer.js";
import {CatchUp} from "../lib/catch-up.js";
import {addMembers, refreshHead} from "../lib/members.js";
import {markNew, offerEnd} from "../lib/new-line.js";
import {decide, giveVerdict} from "../lib/verdicts.js";
import {ReadMark} from "../lib/read-mark.js";
import {receiveBrought} from "../lib/receiving.js";
import {ScrollPlace} from "../lib/scroll-place.js";
import {showGone, showSignedOut} from "../lib/ended-thread.js";
import {takeOut, tryAgain, unsent} from "../lib/outbox.js";
import {Stretch} from "../lib/stretch.js";
import {Thread} from "../lib/thread.js";
import {TypingLine} from "../lib/typing-line.js";
import {unsentMessage} from "../lib/unsent-message.js";
import {visit} from "../lib/visit.js";
import {heedLongPress} from "../lib/long-press.js";
import {isAct, runAct} from "../lib/window-acts.js";

// One conversation: applies what happens in the order of its numbers, asks for what it missed,
// keeps its place while one reads above, and says what was read.
class ConversationWindow extends HTMLElement {
  #thread = null;
  #line = null; // what happens here, in order
  #typing = null;
  #stop = null;
  #place = null;
  #read = null;
  #stretch = null; // which part of the conversation is shown
  #isSignedOut = false;

  connectedCallback() {
    this.id_ = Number(this.dataset.conversation);
    this.#line = new CatchUp(this.dataset.url, Math.max(this.#line?.known ?? 0, Number(this.dataset.number)), {
      take: (messages) => this.#take(messages),
      forget: (place) => this.#thread.forget(place),
      read: (number) => this.#read.raise(number),
      done: () => this.#read.soon(),
      gone: () => this.#close(),
      isOver: () => this.#isOver || !this.isConnected,
    });
    this.#place = new ScrollPlace(this.#scroll);
    const read = Math.max(this.#read?.number ?? 0, Number(this.dataset.read));
    this.#read = new ReadMark(this, read, () => this.#reached);
    this.#thread = new Thread(this.#list, this.dataset.viewer);
    this.#typing = new TypingLine(this.querySelector("[data-typing]"));
    this.#stop = new AbortController();
    document.addEventListener("signed-out", () => this.#signOut(), {signal: this.#stop.signal});
    this.#listen();
    this.#thread.dress();
    markNew(this.#list, read, this.dataset.viewer);
    this.#stretch = new Stretch(this, this.#thread, this.#place, (number) => this.#loaded(number));
    this.#showUnsent({stays: this.#stretch.isPast || Boolean(this.querySelector(".is-at"))});
    this.#line.ask();
  }

  disconnectedCallback() {
    this.#stop?.abort();
    this.#stretch?.stop();
    this.#read?.stop();
    this.#line?.stop();
  }

  get #list() { return this.querySelector("[data-messages]"); }
  get #scroll() { return this.querySelector("[data-scroll]"); }
  get #isOver() { return this.#isSignedOut; }
  get #composer() { return this.querySelector("message-composer"); }

  // Up to where everything was read by somebody who looks at what is shown now.
  get #reached() {
    if (this.#isOver || !this.#place.isAtEnd) return 0;
    if (!this.#stretch.isPast) return this.#line.known;
    return this.#stretch.follows(this.#read.number) ? this.#thread.newest : 0;
  }

  // Pins and a search put into the composer from elsewhere.
  take(pins, {focus = true, search = ""} = {}) {
    for (const pin of pins) this.#composer?.attach(pin);
    if (search) this.#composer?.attachSearch(search);
    if (this.#composer) receiveBrought(this.#composer);
    if (focus) this.#composer?.focusText();
  }

  // To the piece of the past around a place. Answers whether it is there.
  toPlace(place) {
    return this.#stretch.toPlace(place);
  }

  #listen() {
    const {signal} = this.#stop;
    const hear = (name, run) => document.addEventListener(name, (event) => {
      if (!event.detail?.conversation || event.detail.conversation === this.id_) run(event);
    }, {signal});
    hear("live:message.posted", ({detail}) => this.#line.posted(detail));
    hear("live:message.changed", ({detail}) => this.#line.changed(detail));
    hear("live:conversation.changed", ({detail}) => this.#line.changedSeveral(detail));
    hear("live:typing.shown", ({detail}) => this.#typing.show(detail));
    hear("live:membership.changed", () => this.#refreshHead());
    hear("live:ask", () => this.#line.ask());
    hear("outbox", () => this.#showUnsent());
    hear("outbox-sent", ({detail}) => this.#line.posted({...detail, after: detail.number - 1}));
    hear("visibilitychange", () => this.#read.soon());
    addEventListener("focus", () => this.#read.soon(), {signal});
    this.#scroll.addEventListener("scroll", () => this.#scrolled(), {signal, passive: true});
    this.addEventListener("submit", (event) => this.#submitted(event), {signal, capture: true});
    this.addEventListener("click", (event) => this.#clicked(event), {signal});
    heedLongPress(this, signal);
    this.addEventListener("pin-drop", (event) => this.take(event.detail.pins), {signal});
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing && !this.querySelector("details[open]")) this.#announce("window-fold");
    }, {signal});
  }

  // ------------------------------------------------------------ what happens, in order

  // More of the conversation is shown, as of a number; what changed there since is asked for.
  #loaded(number) {
    for (const {id} of unsent(this.id_)) if (this.#list.querySelector(`[data-message][data-client="${id}"]`)) takeOut(id);
    if (!this.#stretch.isPast) this.#showUnsent({stays: true});
    this.#line.askFrom(number);
  }

  // While a piece of the past is shown, the present is not mixed in.
  #take(messages) {
    const shown = messages.filter(({place}) => this.#stretch.holds(place)).map(({html}) => html);
    if (shown.length) this.#place.hold(() => this.#show(shown));
    if (this.#stretch.isPast) this.#stretch.note(messages.filter(({place}) => !this.#stretch.holds(place)));
  }

  #show(htmls) {
    if (this.#isOver) return;
    let others = false;
    for (const html of htmls) {
      const {newest} = this.#thread;
      const message = this.#thread.put(html);
      if (!message) continue;
      if (message.dataset.client) takeOut(message.dataset.client);
      this.#typing?.hide(Number(message.dataset.sender));
      if (Number(message.dataset.place) > newest && message.dataset.sender !== this.dataset.viewer) others = true;
    }
    this.#thread.dress();
    if (!this.#place.isAtEnd && others) offerEnd(this.#scroll, "New messages");
    this.#read.soon();
  }

  // ------------------------------------------------------------ unsent

  // stays: without going to the end, where they stand.
  #showUnsent({stays = false} = {}) {
    const old = [...this.#list.querySelectorAll(".is-unsent")];
    const items = unsent(this.id_);
    const isNew = items.some(({id}) => !old.some(({dataset}) => dataset.client === id));
    for (const one of old) one.remove();
    if (items.length) this.querySelector("[data-empty]")?.remove();
    const waits = this.#isSignedOut ? "Waits until you sign in" : undefined;
    this.#list.append(...items.map((item) => unsentMessage(item, waits)));
    if (isNew && !stays) this.#toEnd(); // what one says belongs to the present
  }

  // ------------------------------------------------------------ place and reading

  #scrolled() {
    this.#place.look();
    if (!this.#place.isAtEnd) return;
    if (!this.#stretch.isPast) offerEnd(this.#scroll, "");
    this.#read.soon();
  }

  #toEnd() {
    if (this.#stretch.isPast) this.#stretch.toNewest();
    else this.#place.toEnd();
  }

  // ------------------------------------------------------------ pressing things

  #clicked(event) {
    const control = event.target.closest("[data-act], [data-older], [data-newer], [data-newest]");
    const {act} = control?.dataset ?? {};
    if (isAct(control)) {
      event.preventDefault();
      event.stopPropagation();
      runAct(this, control);
    }
    if (act === "end") this.#toEnd();
    if (act === "fold") this.#announce("window-fold");
    if (act === "close") this.#announce("window-close");
    if (act === "again") tryAgain(control.closest("[data-client]").dataset.client);
    if (act === "take-back") {
      const item = takeOut(control.closest("[data-client]").dataset.client);
      if (item) this.#composer?.giveBack(item);
    }
    if (control?.matches("[data-older], [data-newer], [data-newest]")) {
      event.preventDefault();
      event.stopPropagation();
      if (control.matches("[data-newest]")) this.#toEnd();
      else this.#stretch.load(control);
    }
  }

  #submitted(event) {
    const {submitter: button, target: form} = event;
    if (form.closest("message-composer") || form.method === "get") return;
    event.preventDefault();
    event.stopPropagation();
    if (isAct(form)) runAct(this, form);
    else if (button?.dataset.verdict) giveVerdict(button, this.dataset.viewer);
    else if (button?.dataset.act) decide(button);
    else addMembers(form);
  }

  // ------------------------------------------------------------ who is here

  async #refreshHead() {
    if (this.#isOver) return;
    if (!await refreshHead(this)) this.#close();
  }

  #signOut() {
    if (this.#isSignedOut) return;
    this.#isSignedOut = true;
    this.#stretch?.stop();
    showSignedOut(this);
    this.#showUnsent();
  }

  // No longer a member: nothing of the conversation stays, what was written and not sent does.
  #close() {
    if (this.classList.contains("is-closed")) return;
    this.classList.add("is-closed");
    this.#stop.abort();
    showGone(this);
    this.addEventListener("click", (event) => {
      if (event.target.closest("[data-act=close], [data-act=fold]")) this.#announce("window-close");
    });
    this.#announce("window-closed");
  }

  #announce(name) {
    const detail = {conversation: this.id_};
    const event = new CustomEvent(name, {bubbles: true, cancelable: true, detail});
    if (this.dispatchEvent(event) && name === "window-close" && this.classList.contains("is-page")) visit("/messages/");
  }
}

customElements.define("conversation-window", ConversationWindow);
