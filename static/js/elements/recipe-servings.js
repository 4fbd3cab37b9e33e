import {getPart} from "../lib/post.js";
import {toast} from "../lib/toast.js";

const TYPING_MS = 350;

// A recipe for another number, without leaving the page: the address keeps it, and a reader hears it.
class RecipeServings extends HTMLElement {
  #timer = 0;
  #asked = "";

  connectedCallback() {
    this.addEventListener("click", (event) => {
      const way = event.target.closest("a[data-servings]");
      if (!way || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
      event.preventDefault();
      event.stopPropagation();
      this.#ask(way.href);
    });
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.#askTyped();
    });
    this.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#askTyped(), TYPING_MS);
    });
  }

  disconnectedCallback() { clearTimeout(this.#timer); }

  get #field() { return this.querySelector("input[name=servings]"); }

  #askTyped() {
    clearTimeout(this.#timer);
    if (this.#field.validity.valid) this.#ask(`${location.pathname}?servings=${Number(this.#field.value)}`);
  }

  async #ask(address) {
    this.#asked = address;
    let html;
    try {
      html = await getPart(address);
    } catch {
      return toast("No connection. The amounts stayed as they were.");
    }
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("recipe-servings");
    if (!fresh || !this.isConnected || this.#asked !== address) return;
    this.#show(fresh);
    history.replaceState(history.state, "", address);
  }

  // Only what changed, so that the field keeps its place under the fingers.
  #show(fresh) {
    const focused = document.activeElement?.dataset?.servings;
    const written = fresh.querySelector("input[name=servings]").value;
    if (document.activeElement !== this.#field || !this.#field.value) this.#field.value = written;
    for (const part of [".ingredients", ".servings-said", ".cooking-end"]) {
      this.querySelector(part).replaceChildren(...fresh.querySelector(part).childNodes);
    }
    const form = this.querySelector("form");
    for (const name of ["fewer", "more"]) {
      const [old, now] = [this, fresh].map((root) => root.querySelector(`form [data-servings=${name}]`));
      if (old && now) {
        old.href = now.getAttribute("href");
        old.ariaLabel = now.ariaLabel;
      } else if (old) old.remove();
      else if (now) form.insertBefore(now, name === "fewer" ? form.firstChild : form.querySelector("button"));
    }
    if (focused && !this.contains(document.activeElement)) this.#field.focus();
    window.htmx?.process(this);
  }
}

customElements.define("recipe-servings", RecipeServings);
