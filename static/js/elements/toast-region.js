import {icon} from "../lib/icon.js";

const SHOWN_MS = 6000;

// Something short at the foot of the page; also what the server has to say about the last deed.
class ToastRegion extends HTMLElement {
  #cameFrom = null;

  connectedCallback() {
    document.addEventListener("toast", this);
    document.addEventListener("page-arrived", this);
    this.#takeNotices();
  }

  disconnectedCallback() {
    document.removeEventListener("toast", this);
    document.removeEventListener("page-arrived", this);
  }

  handleEvent({type, detail}) {
    if (type === "toast") this.#show(detail);
    else this.#takeNotices();
  }

  #takeNotices() {
    const notices = document.querySelector("#page > .notices:not(:has(.is-error))");
    if (!notices) return;
    notices.remove();
    this.#show({text: [...notices.children].map((one) => one.textContent).join(" ")});
  }

  #show({text, action}) {
    const note = document.createElement("div");
    note.className = "toast";
    const words = document.createElement("span");
    words.textContent = text;
    note.append(words);
    for (const one of [action ?? []].flat()) note.append(this.#wayOn(note, one));
    const away = document.createElement("button");
    away.type = "button";
    away.setAttribute("aria-label", "Close");
    away.append(icon("x"));
    away.addEventListener("click", () => this.#close(note));
    note.append(away);
    this.replaceChildren(note);
    note.addEventListener("focusin", ({relatedTarget}) => {
      if (relatedTarget && !note.contains(relatedTarget)) this.#cameFrom = relatedTarget;
    });
    note.addEventListener("keydown", ({key}) => key === "Escape" && this.#close(note));
    this.#goLater(note);
  }

  #wayOn(note, {label, run, url}) {
    const way = document.createElement(url ? "a" : "button");
    way.textContent = label;
    if (url) way.href = url;
    way.addEventListener("click", () => {
      this.#close(note);
      run?.();
    });
    return way;
  }

  // The keyboard goes back to where it came from.
  #close(note) {
    const hadFocus = note.contains(document.activeElement);
    note.remove();
    if (hadFocus && this.#cameFrom?.isConnected) this.#cameFrom.focus({preventScroll: true});
  }

  // It waits while someone is reading or about to press it.
  #goLater(note) {
    setTimeout(() => {
      if (note.matches(":hover, :focus-within")) this.#goLater(note);
      else note.remove();
    }, SHOWN_MS);
  }
}

customElements.define("toast-region", ToastRegion);
