import {Refused, getPart} from "../lib/post.js";
import {icon} from "../lib/icon.js";
import {openConversation} from "../lib/open-conversation.js";
import {keep, recall} from "../lib/store.js";
import {toast} from "../lib/toast.js";
import {unreadIn} from "../lib/unread.js";
import {visit} from "../lib/visit.js";

const SPACE_PX = [0, 1040, 1400]; // from which width there is room for 1, 2, 3 windows
const WINDOW_PX = 372;
const SIDE_PX = 84; // the faces and the edge beside the windows

// The open conversations at the corner of every page, remembered for this person: windows side by
// side, and faces for those folded away.
class ConversationDock extends HTMLElement {
  #folded = []; // {id, title, faces: [{src, letter}]}, longest folded first
  #awaited = new Set(); // open when one was here last, not shown yet

  connectedCallback() {
    this.#launcher.hidden = false;
    this.#launcher.addEventListener("click", () => this.#announce("tray-open", {control: this.#launcher}));
    document.addEventListener("conversation-open", (event) => {
      if (!this.#isShown || !this.#besidePage) return;
      event.preventDefault();
      this.#open(event.detail);
    });
    this.addEventListener("window-fold", ({detail}) => this.#fold(detail.conversation));
    document.addEventListener("window-close", ({detail}) => this.#close(detail.conversation));
    document.addEventListener("submit", ({target: {dataset}}) => dataset.leaves && this.#close(Number(dataset.leaves)));
    this.addEventListener("window-closed", () => this.#remember());
    this.#faces.addEventListener("click", (event) => this.#pressFace(event));
    this.#faces.addEventListener("pin-drop", ({target, detail}) =>
      openConversation({id: Number(target.closest("[data-conversation]").dataset.conversation), ...detail}));
    document.addEventListener("pin-drag-end", () => this.#paintFaces());
    document.addEventListener("unread-counted", () => this.#paintFaces());
    document.addEventListener("page-arrived", () => this.#makeWay());
    document.addEventListener("tray-toggled", ({detail}) =>
      this.#launcher.setAttribute("aria-expanded", String(detail.open && detail.control === this.#launcher)));
    addEventListener("resize", () => {
      this.#fit();
      this.#makeWay();
    });
    this.#restore();
  }

  get #launcher() { return this.querySelector(".dock-launcher"); }
  get #windows() { return this.querySelector("[data-windows]"); }
  get #faces() { return this.querySelector("[data-folded]"); }
  get #isShown() { return this.checkVisibility(); }
  get #room() { return SPACE_PX.filter((px) => innerWidth >= px).length; }

  // A conversation that fills the page is not lain over: how many windows fit beside it.
  get #besidePage() {
    const page = document.querySelector("#page conversation-window");
    if (!page) return SPACE_PX.length;
    return Math.max(0, Math.floor((innerWidth - page.getBoundingClientRect().right - SIDE_PX) / WINDOW_PX));
  }

  #windowOf(id) {
    return this.#windows.querySelector(`[data-conversation="${id}"]`);
  }

  async #restore() {
    const {open = [], folded = []} = recall("dock") ?? {};
    this.#folded = folded;
    this.#paintFaces();
    this.#awaited = new Set(open);
    if (!this.#isShown) return;
    for (const id of open) await this.#open({id, focus: false});
  }

  async #open({id, focus}) {
    if (!this.#windowOf(id)) {
      let html;
      try {
        html = await getPart(`/messages/${id}/window/`);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (focus) toast(error.status === 404 ? "You are no longer part of this conversation." : error.message);
        if (error.status === 404) this.#forget(id);
        return;
      }
      if (this.#windowOf(id)) return;
      this.#forget(id);
      this.#windows.insertAdjacentHTML("beforeend", html);
      window.htmx?.process(this.#windowOf(id));
    }
    this.#fit(id);
    this.#makeWay(id);
    this.#remember();
    if (!focus) return;
    await customElements.whenDefined("conversation-window");
    this.#windowOf(id)?.take([], {focus});
  }

  // The longest open windows make room for the new one.
  #fit(kept = 0) {
    const open = [...this.#windows.children];
    const others = open.filter((one) => Number(one.dataset.conversation) !== kept);
    for (const one of others.slice(0, Math.max(0, open.length - this.#room))) this.#fold(Number(one.dataset.conversation));
  }

  #fold(id) {
    const shown = this.#windowOf(id);
    if (!shown) return;
    const hadFocus = shown.contains(document.activeElement);
    this.#folded.push(foldedFrom(shown));
    shown.remove();
    this.#paintFaces();
    this.#remember();
    if (hadFocus) this.#faces.lastElementChild?.querySelector("button").focus();
  }

  #close(id) {
    const shown = this.#windowOf(id);
    const hadFocus = shown?.contains(document.activeElement);
    shown?.remove();
    this.#forget(id);
    if (hadFocus) this.#launcher.focus();
  }

  #forget(id) {
    this.#awaited.delete(id);
    this.#folded = this.#folded.filter((one) => one.id !== id);
    this.#paintFaces();
    this.#remember();
  }

  #pressFace(event) {
    const button = event.target.closest("button");
    const id = Number(button?.closest("[data-conversation]").dataset.conversation);
    if (button?.dataset.act === "unfold") this.#besidePage ? this.#open({id, focus: true}) : visit(`/messages/${id}/`);
    if (button?.dataset.act === "away") this.#close(id);
  }

  // Not while something is carried to one of them.
  #paintFaces() {
    if (document.documentElement.hasAttribute("data-dragging")) return;
    const {dataset} = document.activeElement;
    const focused = document.activeElement.closest(".dock-face")?.dataset.conversation;
    const aside = [...this.#windows.querySelectorAll(":scope > .is-aside")].map(foldedFrom);
    const page = Number(document.querySelector("#page conversation-window")?.dataset.conversation);
    const shown = [...this.#folded, ...aside].filter(({id}) => id !== page);
    this.#faces.replaceChildren(...shown.map((one) => faceOf(one, unreadIn(one.id))));
    if (focused) this.#faces.querySelector(`[data-conversation="${focused}"] [data-act="${dataset.act}"]`)?.focus();
  }

  // The conversation that fills the page is not shown a second time in the corner, and what would
  // lie over it waits as a face, with its place and draft, until one goes elsewhere.
  #makeWay(kept = 0) {
    const page = document.querySelector("#page conversation-window")?.dataset.conversation;
    const last = this.#windowOf(kept);
    let room = this.#besidePage;
    for (const one of [...this.#windows.children].sort((a, b) => (a === last) - (b === last)).reverse()) {
      const isPage = one.dataset.conversation === page;
      const isAside = !isPage && room-- <= 0;
      one.classList.toggle("is-aside", isAside);
      one.hidden = isPage || isAside;
    }
    this.#paintFaces();
  }

  #remember() {
    const open = [...this.#windows.querySelectorAll(":scope > :not(.is-closed)")].map((one) => Number(one.dataset.conversation));
    keep("dock", {open: [...open, ...this.#awaited], folded: this.#folded});
  }

  #announce(name, detail) {
    document.dispatchEvent(new CustomEvent(name, {detail}));
  }
}

function foldedFrom(shown) {
  const faces = [...shown.querySelectorAll(".window-head .faces > *")].slice(0, 2)
    .map((face) => ({src: face.getAttribute("src") ?? "", letter: face.textContent}));
  return {id: Number(shown.dataset.conversation), title: shown.querySelector(".window-title").textContent.trim(), faces};
}

function faceOf({id, title, faces}, unread) {
  const item = document.createElement("li");
  item.dataset.conversation = id;
  item.dataset.drop = "conversation";
  item.className = "dock-face";
  const open = document.createElement("button");
  open.type = "button";
  open.dataset.act = "unfold";
  open.title = title;
  open.setAttribute("aria-label", unread ? `${title}, ${unread} unread` : title);
  const both = document.createElement("span");
  both.className = "faces";
  both.append(...faces.map(({src, letter}) => {
    const face = document.createElement(src ? "img" : "span");
    face.className = src ? "face" : "face is-letter";
    if (src) Object.assign(face, {src, alt: ""});
    else face.textContent = letter;
    return face;
  }));
  open.append(both);
  if (unread) {
    const badge = document.createElement("span");
    badge.className = "badge";
    badge.textContent = unread > 99 ? "99+" : unread;
    open.append(badge);
  }
  const away = document.createElement("button");
  away.type = "button";
  away.className = "dock-face-away";
  away.dataset.act = "away";
  away.setAttribute("aria-label", `Close ${title}`);
  away.append(icon("x"));
  item.append(open, away);
  return item;
}

customElements.define("conversation-dock", ConversationDock);
