import {icon} from "../lib/icon.js";

const MOST_SHOWN = 60;

let made = 0;

// Choosing a board by typing: a combobox made from a plain select, whose order (suggestions first,
// then last used) it keeps. What is typed and names no board can become a new one: the form's own
// field for that is filled in.
class BoardPicker extends HTMLElement {
  #boards = []; // {value, name, words, group, isSecret}
  #shown = [];
  #active = -1;

  connectedCallback() {
    if (this.field) return;
    this.select = this.querySelector("select");
    this.#boards = [...this.select.options].filter(({value}) => value).map(boardOf);
    this.#make();
    this.field.value = this.#chosen?.name ?? "";
    this.field.addEventListener("focus", () => this.field.select());
    this.field.addEventListener("click", () => this.#open());
    this.field.addEventListener("input", () => this.#type());
    this.field.addEventListener("keydown", (event) => this.#press(event));
    this.field.addEventListener("blur", () => this.#leave());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", ({target}) => this.#take(this.#shown[Number(target.closest("[role=option]")?.dataset.at)]));
  }

  get #chosen() { return this.#boards.find(({value}) => value === this.select.value); }
  get #newField() { return this.closest("form").querySelector("[name=new_board]"); }

  #make() {
    const id = `boards-${++made}`;
    this.field = Object.assign(document.createElement("input"), {id: this.select.id, autocomplete: "off", placeholder: "Type a board’s name"});
    for (const [name, value] of Object.entries({role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list", autocapitalize: "off", enterkeyhint: "done"})) {
      this.field.setAttribute(name, value);
    }
    for (const name of ["aria-invalid", "aria-describedby"]) {
      if (this.select.hasAttribute(name)) this.field.setAttribute(name, this.select.getAttribute(name));
    }
    this.list = Object.assign(document.createElement("ul"), {id, className: "board-options menu", hidden: true});
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Boards");
    this.select.removeAttribute("id");
    this.select.hidden = true;
    this.append(this.field, this.list);
  }

  #type() {
    this.#open(this.field.value);
    this.#mark(this.#shown.length ? 0 : -1);
  }

  #open(typed = "") {
    const asked = plain(typed).split(" ").filter(Boolean);
    const found = this.#boards.filter(({words}) => asked.every((part) => words.some((word) => word.startsWith(part))));
    const isNew = typed.trim() && !this.#boards.some(({name}) => plain(name) === plain(typed));
    this.#shown = [...found.slice(0, MOST_SHOWN), ...(isNew ? [{value: "", name: typed.trim(), isNew: true}] : [])];
    this.list.replaceChildren(...this.#rows(Boolean(asked.length)));
    this.list.hidden = !this.#shown.length;
    this.field.setAttribute("aria-expanded", String(!this.list.hidden));
    this.#mark(asked.length ? 0 : this.#shown.findIndex(({value}) => value && value === this.select.value));
  }

  #rows(isFiltered) {
    let group = "";
    return this.#shown.flatMap((board, at) => {
      const row = this.#row(board, at);
      if (isFiltered || !board.group || board.group === group) return [row];
      group = board.group;
      const head = Object.assign(document.createElement("li"), {className: "board-options-head", textContent: group});
      head.setAttribute("role", "presentation");
      return [head, row];
    });
  }

  #row(board, at) {
    const row = document.createElement("li");
    row.id = `${this.list.id}-${at}`;
    row.dataset.at = at;
    row.className = "board-option";
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    const name = Object.assign(document.createElement("span"), {textContent: board.isNew ? `New board “${board.name}”` : board.name});
    if (board.isNew) row.append(icon("folder-plus"));
    row.append(name);
    if (board.isSecret) row.append(icon("lock"), Object.assign(document.createElement("span"), {className: "visually-hidden", textContent: "secret"}));
    if (board.value && board.value === this.select.value) row.append(icon("check"));
    return row;
  }

  #mark(at) {
    this.#active = at;
    for (const row of this.list.querySelectorAll("[role=option]")) row.setAttribute("aria-selected", String(Number(row.dataset.at) === at));
    const row = this.list.querySelector("[aria-selected=true]");
    row?.scrollIntoView({block: "nearest"});
    if (row) this.field.setAttribute("aria-activedescendant", row.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  #press(event) {
    const steps = {ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6};
    if (event.isComposing) return;
    if (event.key in steps) {
      event.preventDefault();
      if (this.list.hidden) this.#open();
      else this.#mark(Math.max(0, Math.min(this.#shown.length - 1, this.#active + steps[event.key])));
    } else if (event.key === "Enter" && !this.list.hidden) {
      event.preventDefault(); // the next one sends the form
      this.#take(this.#shown[this.#active]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.#close();
    }
  }

  // Who goes on with the tab key means what is marked, as far as anything was typed.
  #leave() {
    if (!this.list.hidden && this.field.value !== (this.#chosen?.name ?? "")) this.#take(this.#shown[this.#active]);
    this.#close();
  }

  #take(board) {
    if (!board) return;
    this.select.value = board.value;
    this.#name(board.isNew ? board.name : "");
    this.field.value = board.name;
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
  }

  #name(words) {
    const field = this.#newField;
    if (!field) return;
    field.value = words;
    const fold = field.closest("details");
    if (words && fold) fold.open = true; // there it can be kept secret
  }

  #close() {
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
    this.field.value = this.#chosen?.name ?? this.#newField?.value ?? "";
  }
}

function boardOf(option) {
  const isSecret = option.text.endsWith(" (secret)");
  const name = isSecret ? option.text.slice(0, -9) : option.text;
  const group = option.parentElement.label ?? "";
  return {value: option.value, name, words: plain(name).split(" "), group, isSecret};
}

function plain(words) {
  return words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

customElements.define("board-picker", BoardPicker);
