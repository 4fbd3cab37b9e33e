import {icon} from "../lib/icon.js";

const PAUSE = 120; // ms without a key before we ask
const REST = 250; // ms more before we ask for guides, which take a search of their own
const REMEMBERED = 40; // answers kept, so that deleting letters asks nothing
const SYMBOLS = {recent: "clock", explore: "sparkles", search: "search", guide: "list-filter", board: "layout-grid", person: "circle-user", pin: "image"};
const KINDS = {recent: "You searched this", explore: "", search: "Search", guide: "Guide", board: "Board", person: "Person", pin: ""};

// Suggestions under the search field: a combobox with a list of plain links. The form works
// without it. Put into the form by whoever first sees the field focused.
class SearchSuggest extends HTMLElement {
  #answers = new Map();
  #asking = null;
  #active = -1;
  #timer = 0;

  connectedCallback() {
    this.form = this.closest("form");
    this.field = this.form.elements.q;
    this.list = Object.assign(document.createElement("ul"), {id: "search-suggestions", hidden: true});
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggestions");
    this.append(this.list);
    const attributes = {role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false"};
    for (const [name, value] of Object.entries(attributes)) this.field.setAttribute(name, value);
    this.field.addEventListener("input", () => {
      this.#mark(-1); // Enter is for what was typed last
      this.#wait();
    });
    this.field.addEventListener("keydown", (event) => this.#press(event));
    this.field.addEventListener("blur", () => this.#close());
    this.form.addEventListener("submit", () => this.#close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps its focus
    this.list.addEventListener("click", () => this.#leave());
    document.addEventListener("page-arrived", () => {
      this.#close();
      this.#answers.clear(); // own searches may be cleared by now
    });
    // Before a letter is typed: what one searched for lately.
    this.field.addEventListener("click", () => this.list.hidden && this.#wait());
    if (this.field === document.activeElement) this.#wait();
  }

  #wait() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(this.field.value.trim()), PAUSE);
  }

  async #ask(typed) {
    this.#asking?.abort();
    this.#asking = new AbortController();
    const {signal} = this.#asking;
    const isThere = () => !signal.aborted && this.field === document.activeElement;
    try {
      const known = this.#answers.get(typed);
      const found = known ?? (await this.#fetch({q: typed}, signal));
      if (isThere()) this.#show(found);
      if (known || !typed || !isThere()) return;
      await new Promise((rest) => { setTimeout(rest, REST); });
      if (!isThere()) return;
      const all = await this.#fetch({q: typed, guides: 1}, signal).catch(() => found); // what is there stays
      if (signal.aborted) return;
      if (all !== found) this.#remember(typed, all);
      const isOther = all.length !== found.length || all.some(({url}, place) => url !== found[place]?.url);
      if (isThere() && this.#active < 0 && isOther) this.#show(all);
    } catch {
      if (!signal.aborted) this.#close(); // typing and Enter still work
    }
  }

  #remember(typed, found) {
    this.#answers.set(typed, found);
    if (this.#answers.size > REMEMBERED) this.#answers.delete(this.#answers.keys().next().value);
  }

  async #fetch(said, signal) {
    const address = `${this.form.action}suggest/?${new URLSearchParams(said)}`;
    const response = await fetch(address, {signal, headers: {Accept: "application/json"}, credentials: "same-origin"});
    if (!response.ok) throw new Error(String(response.status));
    return (await response.json()).suggestions;
  }

  #show(found) {
    this.list.replaceChildren(...found.map((one, place) => this.#option(one, place)));
    window.htmx?.process(this.list); // links open within the page, like all others
    this.#mark(-1);
    this.list.hidden = !found.length;
    this.field.setAttribute("aria-expanded", String(!this.list.hidden));
  }

  #option({kind, text, url, detail, picture}, place) {
    const option = document.createElement("li");
    option.id = `search-suggestion-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const link = Object.assign(document.createElement("a"), {href: url, tabIndex: -1});
    const image = Object.assign(new Image(32, 32), {src: picture, alt: ""});
    const words = Object.assign(document.createElement("span"), {textContent: text, className: "suggest-text"});
    const label = [KINDS[kind], detail].filter(Boolean).join(" · ");
    const small = Object.assign(document.createElement("span"), {textContent: label, className: "suggest-kind"});
    link.append(picture ? image : icon(SYMBOLS[kind] ?? "search"), words, small);
    option.className = `suggest-option is-${kind}`;
    option.append(link);
    return option;
  }

  #press(event) {
    const {length} = this.list.children;
    if (event.isComposing || (this.list.hidden && event.key !== "ArrowDown")) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) return this.#ask(this.field.value.trim());
      // One place more than there are options: the field itself, with what was typed.
      const step = event.key === "ArrowDown" ? 1 : length;
      this.#mark(((this.#active + 1 + step) % (length + 1)) - 1);
    } else if (event.key === "Escape") {
      event.preventDefault(); // the first Escape closes, the next one empties the field
      this.#close();
    } else if (event.key === "Enter" && this.#active >= 0) {
      event.preventDefault();
      this.list.children[this.#active].querySelector("a").click();
    }
  }

  #mark(place) {
    this.#active = place;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
    if (place < 0) this.field.removeAttribute("aria-activedescendant");
    else {
      this.field.setAttribute("aria-activedescendant", this.list.children[place].id);
      this.list.children[place].scrollIntoView({block: "nearest"});
    }
  }

  #leave() {
    this.#close();
    this.field.blur(); // so that the field takes over the words of the page that comes
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.#mark(-1);
  }
}

customElements.define("search-suggest", SearchSuggest);
