import {openConversation} from "../lib/open-conversation.js";
import {pinsWith} from "../lib/pin-transfer.js";
import {placeNear} from "../lib/place.js";
import {getPart, post} from "../lib/post.js";
import {toast} from "../lib/toast.js";
import {isWritingElsewhere} from "../lib/writing-elsewhere.js";

const FIND_PAUSE_MS = 150;
const FRESH_MS = 20_000; // during a drag nothing may move: what was fetched this recently stays
const ROWS = ".tray-row, .tray-new";

// Recent conversations and people: to open one, to send a pin to, to drop a pin on, to plan a
// search with. By mouse, by touch, or all by keyboard.
class PinTray extends HTMLElement {
  #control = null; // what opened it, and gets the focus back
  #cargo = {}; // {pins} or {search}: what goes to whoever is chosen
  #fetched = 0;
  #finding = 0;

  connectedCallback() {
    const on = (name, run) => document.addEventListener(name, run);
    on("tray-open", ({detail}) => this.#toggle(detail.control, {}, "Conversations"));
    on("pin-send", (event) => {
      event.preventDefault();
      const {pins, control} = event.detail;
      this.#toggle(control, {pins}, "Send to…");
    });
    on("pin-drag-start", () => this.#rise());
    on("pin-drag-end", () => this.classList.contains("is-dragging") && this.#close());
    on("page-arrived", () => this.#close());
    // Before htmx, which listens on the link itself.
    document.addEventListener("click", (event) => this.#linked(event), true);
    on("pointerdown", (event) => {
      if (!this.hidden && !this.contains(event.target) && !this.#control?.contains(event.target)) this.#close();
    });
    on("keydown", (event) => this.#pressedAnywhere(event));
    this.addEventListener("keydown", (event) => this.#pressed(event));
    this.addEventListener("click", (event) => this.#clicked(event));
    this.addEventListener("input", () => this.#findSoon());
    this.addEventListener("pin-drop", (event) => this.#choose(event.target.closest(".tray-row"), event.detail));
    this.addEventListener("focusout", ({relatedTarget}) => {
      if (relatedTarget && !this.contains(relatedTarget)) this.#close({returns: false});
    });
  }

  get #body() { return this.querySelector("[data-tray-body]"); }
  get #field() { return this.querySelector("[data-tray-find]"); }

  // ------------------------------------------------------------ opening and closing

  async #toggle(control, cargo, title) {
    if (!this.hidden && this.#control === control) {
      this.#close();
      return;
    }
    this.#control = control;
    this.#cargo = cargo;
    this.querySelector("[data-tray-title]").textContent = title;
    control?.setAttribute("aria-busy", "true");
    const isThere = await this.#fetch();
    control?.removeAttribute("aria-busy");
    if (!isThere || this.#control !== control || isWritingElsewhere(this)) return; // too late
    this.#show();
    placeNear(this, cargo.pins || cargo.search ? control : null);
    // A finger would get a keyboard over half of the rows.
    const first = matchMedia("(pointer: coarse)").matches ? this.querySelector(ROWS) : this.#field;
    first.focus({preventScroll: true});
  }

  // While a pin is dragged: what is known at once, beside the open windows.
  async #rise() {
    this.#control = null;
    this.#cargo = {};
    this.querySelector("[data-tray-title]").textContent = "Drop it on someone";
    this.classList.add("is-dragging");
    placeNear(this, null);
    const isFresh = Date.now() - this.#fetched < FRESH_MS && !this.#field?.value;
    if (!isFresh) await this.#fetch();
    if (this.classList.contains("is-dragging")) this.#show();
  }

  #show() {
    this.hidden = false;
    this.#announce(true);
  }

  #close({returns = true} = {}) {
    if (this.hidden && !this.classList.contains("is-dragging")) return;
    const hadFocus = this.contains(document.activeElement);
    this.hidden = true;
    this.classList.remove("is-dragging");
    this.#announce(false);
    if (returns && hadFocus && this.#control?.isConnected) this.#control.focus({preventScroll: true});
    this.#control = null;
  }

  #announce(open) {
    document.dispatchEvent(new CustomEvent("tray-toggled", {detail: {open, control: this.#control}}));
  }

  // ------------------------------------------------------------ what is in it

  async #fetch() {
    try {
      this.#body.innerHTML = await getPart(this.#address(""));
    } catch (error) {
      toast(error.message);
      return false;
    }
    this.#fetched = Date.now();
    this.#completeNew();
    return true;
  }

  #findSoon() {
    clearTimeout(this.#finding);
    this.#finding = setTimeout(() => this.#find(), FIND_PAUSE_MS);
  }

  // Everything below the field changes; the field keeps its words and the keyboard. Answers whether
  // the rows are those of the words in it.
  async #find() {
    clearTimeout(this.#finding);
    const field = this.#field;
    const words = field.value.trim();
    const part = document.createElement("template");
    part.innerHTML = await getPart(this.#address(words)).catch(() => "");
    if (field !== this.#field || field.value.trim() !== words) return false;
    const fresh = part.content.querySelector("[data-tray-find]");
    if (!fresh) return false;
    while (field.nextSibling) field.nextSibling.remove();
    while (fresh.nextSibling) field.parentNode.append(fresh.nextSibling);
    this.#completeNew();
    return true;
  }

  #address(find) {
    return `/messages/tray/${find ? `?find=${encodeURIComponent(find)}` : ""}`;
  }

  // A new group starts with what was to be sent.
  #completeNew() {
    const {pins, search} = this.#cargo;
    const link = this.querySelector(".tray-new");
    link.search = pins ? `?${pins.map(({id}) => `pin=${id}`).join("&")}` : search ?? "";
    window.htmx?.process(link);
  }

  // ------------------------------------------------------------ choosing

  #clicked(event) {
    if (event.target.closest("[data-act=close]")) this.#close();
    const row = event.target.closest(".tray-row");
    if (row) this.#choose(row, this.#cargo);
  }

  // row: something that names a conversation or a person.
  async #choose(row, {pins = [], search, found}) {
    try {
      const id = Number(row.dataset.conversation) || await begin(row.dataset.person);
      this.#close({returns: false});
      this.#fetched = 0;
      openConversation({id, pins, search: search?.slice(1), found});
    } catch (error) {
      toast(error.message);
    }
  }

  // A search to plan with somebody, or somebody to talk to.
  #linked(event) {
    const link = event.target.closest("[data-plan], [data-talk-to]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (link.dataset.person) this.#choose(link, {});
    else this.#toggle(link, {search: new URL(link.href).search}, "Plan this with…");
  }

  // ------------------------------------------------------------ keys

  #pressed(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.#close();
      return;
    }
    if (event.key === "Enter" && event.target === this.#field && !event.isComposing) this.#chooseFirst();
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (!step) return;
    event.preventDefault();
    const stops = [this.#field, ...this.querySelectorAll(ROWS)];
    const next = stops.indexOf(document.activeElement) + step;
    stops[(next + stops.length) % stops.length].focus();
  }

  // The closest to what was typed, even while its answer is on the way.
  async #chooseFirst() {
    if (!this.#field.value.trim() || !(await this.#find())) return;
    const row = this.querySelector(".tray-row");
    if (row) this.#choose(row, this.#cargo);
  }

  // "s" on a card sends it.
  #pressedAnywhere(event) {
    if (event.key !== "s" || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const card = event.target.closest("pin-card");
    if (!card) return;
    event.preventDefault();
    this.#toggle(event.target, {pins: pinsWith(card)}, "Send to…");
  }
}

// The talk of two with this person: the one there is, or a new one.
async function begin(person) {
  const {conversation} = await post("/messages/new/", {people: person});
  return conversation;
}

customElements.define("pin-tray", PinTray);
