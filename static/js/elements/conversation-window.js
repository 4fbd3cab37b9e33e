import "./message-composer.js";
import {changeMembers, refreshHead} from "../lib/members.js";
import {markNew, offerEnd} from "../lib/new-line.js";
import {decide, giveVerdict} from "../lib/verdicts.js";
import {ReadMark} from "../lib/read-mark.js";
import {ScrollPlace} from "../lib/scroll-place.js";
import {showGone, showSignedOut} from "../lib/ended-thread.js";
import {takeOut, tryAgain, unsent} from "../lib/outbox.js";
import {Thread} from "../lib/thread.js";
import {TypingLine} from "../lib/typing-line.js";
import {unsentMessage} from "../lib/unsent-message.js";
import {visit} from "../lib/visit.js";
import {heedLongPress} from "../lib/long-press.js";
import {isAct, runAct} from "../lib/window-acts.js";

const NEAR_PX = 60; // this close to the end counts as reading the end
const READ_PAUSE_MS = 300;
const RETRY_MS = 3_000;

// One conversation: applies what happens in the order of its numbers, asks for what it missed,
// keeps its place while one reads above, and says what was read.
class ConversationWindow extends HTMLElement {
  #thread = null;
  #known = 0; // the number up to which everything is shown
  #read = 0;
  #asking = false;
  #askAgain = false;
  #atEnd = true;
  #typing = null;
  #timers = {};
  #stop = null;
  #older = null;
  #isLeaving = false;
  #isSignedOut = false;

  connectedCallback() {
    this.id_ = Number(this.dataset.conversation);
    this.#known = Math.max(this.#known, Number(this.dataset.number));
    this.#read = Math.max(this.#read, Number(this.dataset.read));
    this.#thread = new Thread(this.#list, this.dataset.viewer);
    this.#typing = new TypingLine(this.querySelector("[data-typing]"));
    this.#stop = new AbortController();
    document.addEventListener("signed-out", () => this.#signOut(), {signal: this.#stop.signal});
    if (this.querySelector("[data-newer]")) { // a page of the past, shown without the present
      this.#thread.dress();
      return;
    }
    this.#listen();
    this.#thread.dress();
    markNew(this.#list, this.#read, this.dataset.viewer);
    this.#showUnsent();
    this.#older = new OlderMessages(this, this.#thread);
    this.#catchUp();
  }

  disconnectedCallback() {
    this.#stop?.abort();
    this.#older?.stop();
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
  }

  get #list() { return this.querySelector("[data-messages]"); }
  get #scroll() { return this.querySelector("[data-scroll]"); }
  get #isOver() { return this.#isLeaving || this.#isSignedOut; }
  get #composer() { return this.querySelector("message-composer"); }

  // Pins and a search put into the composer from elsewhere.
  take(pins, {focus = true, search = ""} = {}) {
    for (const pin of pins) this.#composer?.attach(pin);
    if (search) this.#composer?.attachSearch(search);
    if (focus) this.#composer?.focusText();
  }

  #listen() {
    const {signal} = this.#stop;
    const hear = (name, run) => document.addEventListener(name, (event) => {
      if (!event.detail?.conversation || event.detail.conversation === this.id_) run(event);
    }, {signal});
    hear("live:message.posted", ({detail}) => this.#posted(detail));
    hear("live:message.changed", ({detail}) => this.#changed(detail));
    hear("live:conversation.changed", ({detail}) => detail.number > this.#known && this.#catchUp());
    hear("live:typing.shown", ({detail}) => this.#typing.show(detail));
    hear("live:membership.changed", () => this.#refreshHead());
    hear("live:ask", () => this.#catchUp());
    hear("outbox", () => this.#showUnsent());
    hear("outbox-sent", ({detail}) => this.#posted({...detail, after: detail.number - 1}));
    hear("visibilitychange", () => this.#readSoon());
    addEventListener("focus", () => this.#readSoon(), {signal});
    this.#scroll.addEventListener("scroll", () => this.#scrolled(), {signal, passive: true});
    this.addEventListener("submit", (event) => this.#submitted(event), {signal, capture: true});
    this.addEventListener("click", (event) => this.#clicked(event), {signal});
    heedLongPress(this, signal);
    this.addEventListener("pin-drop", (event) => this.take([event.detail.pin]), {signal});
    this.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.querySelector("details[open]")) this.#announce("window-fold");
    }, {signal});
  }

  // ------------------------------------------------------------ what happens, in order

  #posted({number, after, html}) {
    if (number <= this.#known) return;
    if (after !== this.#known) {
      this.#catchUp();
      return;
    }
    this.#known = number;
    this.#show([html]);
  }

  // A change of one message; one that touches several comes without them (conversation.changed).
  #changed({number, place, html}) {
    if (number <= this.#known) return;
    if (number > this.#known + 1) {
      this.#catchUp();
      return;
    }
    this.#known = number;
    if (place >= this.#thread.oldest) this.#show([html]);
  }

  async #catchUp() {
    if (this.#isOver) return;
    if (this.#asking) {
      this.#askAgain = true;
      return;
    }
    this.#asking = true;
    try {
      do {
        this.#askAgain = false;
        const page = await getJson(`${this.dataset.url}changes/?after=${this.#known}`);
        if (!this.isConnected) return;
        const isWhole = !this.querySelector("[data-older]");
        this.#show(page.messages.filter(({place}) => isWhole || place >= this.#thread.oldest).map(({html}) => html));
        this.#known = Math.max(this.#known, page.number);
        this.#read = Math.max(this.#read, page.read);
        if (page.more) this.#askAgain = true;
      } while (this.#askAgain);
      this.#readSoon();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status === 404) this.#close();
      else if (error.isPassing) this.#later("retry", () => this.#catchUp(), RETRY_MS);
    } finally {
      this.#asking = false;
    }
  }

  #show(htmls) {
    if (!htmls.length || this.#isOver) return;
    const top = this.#top();
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
    this.#stayAt(top);
    if (!this.#atEnd && others) offerEnd(this.#scroll, true);
    this.#readSoon();
  }

  // ------------------------------------------------------------ unsent

  #showUnsent() {
    for (const old of this.#list.querySelectorAll(".is-unsent")) old.remove();
    const items = unsent(this.id_);
    if (items.length) this.querySelector("[data-empty]")?.remove();
    const waits = this.#isSignedOut ? "Waits until you sign in" : undefined;
    this.#list.append(...items.map((item) => unsentMessage(item, waits)));
    if (items.length) this.#toEnd();
  }

  // ------------------------------------------------------------ place and reading

  #scrolled() {
    this.#atEnd = -this.#scroll.scrollTop < NEAR_PX;
    if (this.#atEnd) {
      offerEnd(this.#scroll, false);
      this.#readSoon();
    }
  }

  #toEnd() {
    this.#scroll.scrollTop = 0;
    this.#atEnd = true;
  }

  // The style sheet runs the messages from their foot: 0 is the newest, and stays so by itself.
  #top() {
    const {scrollTop, scrollHeight, clientHeight} = this.#scroll;
    return scrollHeight - clientHeight + scrollTop;
  }

  #stayAt(top) {
    const {scrollHeight, clientHeight} = this.#scroll;
    this.#scroll.scrollTop = this.#atEnd ? 0 : top - (scrollHeight - clientHeight);
  }

  #readSoon() {
    if (this.#known > this.#read) this.#later("read", () => this.#sayRead(), READ_PAUSE_MS);
  }

  async #sayRead() {
    if (this.#isOver || document.hidden || !document.hasFocus() || !this.#atEnd || !this.checkVisibility()) return;
    const number = this.#known;
    this.#read = number;
    await post(`${this.dataset.url}read/`, {number}).catch(() => { this.#read = Math.min(this.#read, number - 1); });
  }

  // ------------------------------------------------------------ pressing things

  #clicked(event) {
    const control = event.target.closest("[data-act], [data-older]");
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
    if (control?.hasAttribute("data-older")) {
      event.preventDefault();
      event.stopPropagation();
      this.#older.load();
    }
  }

  #submitted(event) {
    const {submitter: button, target: form} = event;
    if (form.closest("message-composer")) return;
    event.preventDefault();
    event.stopPropagation();
    if (isAct(form)) runAct(this, form);
    else if (button?.dataset.verdict) giveVerdict(button, this.dataset.viewer);
    else if (button?.dataset.act) decide(button);
    else this.#changeMembers(form, button);
  }

  async #changeMembers(form, button) {
    this.#isLeaving = form.action.endsWith("/leave/"); // then nothing of it is asked for any more
    const isDone = await changeMembers(form, button);
    if (this.#isLeaving && isDone) this.#announce("window-close");
    this.#isLeaving = this.#isLeaving && isDone;
  }

  // ------------------------------------------------------------ who is here

  async #refreshHead() {
    if (this.#isOver) return;
    if (!await refreshHead(this)) this.#close();
  }

  #signOut() {
    if (this.#isSignedOut) return;
    this.#isSignedOut = true;
    this.#older?.stop();
    showSignedOut(this);
    this.#showUnsent();
  }

  // No longer a member: nothing of the conversation stays, what was written and not sent does.
  #close() {
    if (this.#isLeaving || this.classList.contains("is-closed")) return;
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

  #later(what, run, pause) {
    clearTimeout(this.#timers[what]);
    this.#timers[what] = setTimeout(run, pause);
  }
}

customElements.define("conversation-window", ConversationWindow);
