import {icon} from "../lib/icon.js";
import {inOrder} from "../lib/in-order.js";
import {setMark} from "../lib/marks.js";
import {pinOf, pinsWith} from "../lib/pin-transfer.js";
import {post} from "../lib/post.js";
import {toast} from "../lib/toast.js";

// Save, favourite and send, on every card: in a grid, on the pin's page, in a message.
// Announces "pin-send" (the conversations listen) and "pin-save-menu" (the save menu listens);
// when nobody takes an announcement, the link does its plain work.
class PinCard extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this, true); // before htmx, which listens on the link itself
    this.addEventListener("keydown", this);
    this.addEventListener("pointerenter", this.#offerBoard);
    this.addEventListener("focusin", this.#offerBoard);
    // Forty buttons named Save sound alike: each says which pin it is about.
    const {title} = pinOf(this);
    for (const control of this.querySelectorAll("[data-act]")) control.setAttribute("aria-description", title);
  }

  handleEvent(event) {
    if (event.type === "keydown") {
      // A link that is a button answers to the space bar, as buttons do.
      if (event.key !== " " || event.target.getAttribute("role") !== "button") return;
      event.preventDefault();
      event.target.click();
      return;
    }
    const control = event.target.closest("[data-act]");
    if (!control || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (!document.documentElement.dataset.person) return; // a visitor follows the link to the sign-in
    const taken = {
      favourite: () => this.#favourite(control),
      save: () => this.#save(control),
      boards: () => this.#announce("pin-save-menu", control),
      send: () => this.#announce("pin-send", control),
    }[control.dataset.act]?.();
    if (!taken) return;
    event.preventDefault();
    event.stopPropagation(); // or htmx would follow the link as well
  }

  #announce(name, control) {
    const detail = {pin: pinOf(this), pins: pinsWith(this), card: this, control};
    return !this.dispatchEvent(new CustomEvent(name, {bubbles: true, cancelable: true, detail}));
  }

  #favourite(control) {
    const now = control.getAttribute("aria-pressed") !== "true";
    setMark(this.dataset.pin, "favourite", now);
    inOrder(() => post(`/pins/${this.dataset.pin}/${now ? "favourite" : "unfavourite"}/`)).catch((error) => {
      setMark(this.dataset.pin, "favourite", !now);
      toast(error.message);
    });
    return true;
  }

  // With a last board one press is enough; otherwise the menu asks which.
  #save(control) {
    const {board, boardName} = document.documentElement.dataset;
    if (!board || control.classList.contains("is-on")) return this.#announce("pin-save-menu", control);
    setMark(this.dataset.pin, "save", true);
    const another = {label: "Another board", run: () => this.#announce("pin-save-menu", control)};
    const undo = {label: "Undo", run: () => this.#unsave(board)};
    post(`/pins/${this.dataset.pin}/save/`, {board}).then(
      () => toast(`Saved to ${boardName}`, [another, undo]),
      (error) => {
        setMark(this.dataset.pin, "save", false);
        toast(error.message);
      },
    );
    return true;
  }

  #unsave(board) {
    post(`/pins/${this.dataset.pin}/unsave/`, {board}).then(({saved}) => setMark(this.dataset.pin, "save", saved), (error) => toast(error.message));
  }

  // What the buttons are about, and the last board's name beside Save; made on the first look so
  // that cards stay small.
  #offerBoard() {
    this.querySelector('[data-act="send"]')?.setAttribute("aria-keyshortcuts", "s");
    const save = this.querySelector('[data-act="save"]:not(.is-on)');
    const {boardName} = document.documentElement.dataset;
    if (!save || !boardName) return;
    save.title = `Save to ${boardName}`;
    save.setAttribute("aria-label", save.title);
    if (!save.matches(".pin-card-save") || this.querySelector(".pin-card-board")) return;
    const boards = document.createElement("button");
    const name = document.createElement("span");
    boards.type = "button";
    boards.className = "pin-card-board";
    boards.dataset.act = "boards";
    boards.setAttribute("aria-label", `Choose a board, now ${boardName}`);
    name.textContent = boardName;
    boards.append(name, icon("chevron-down"));
    save.after(boards);
  }
}

customElements.define("pin-card", PinCard);
