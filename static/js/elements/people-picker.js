import {icon} from "../lib/icon.js";
import {getJson} from "../lib/post.js";

const PAUSE_MS = 100; // without a key before we ask
const REMEMBERED = 40; // answers kept, so that deleting letters asks nothing

let made = 0;

// Choosing people by name, several at once: a combobox whose list of people, the closest first,
// stands below the field; who is chosen stands before it. Made from the plain form's checkboxes.
class PeoplePicker extends HTMLElement {
  #chosen = new Map(); // id: {id, name, username, face}
  #shown = [];
  #active = -1;
  #answers = new Map();
  #timer = 0;
  #first = []; // whom the page offered before anything was typed

  connectedCallback() {
    if (this.list) return;
    this.field = this.querySelector("[name=find]");
    this.chips = this.querySelector("[data-chosen]");
    this.said = this.querySelector("[data-said]");
    const boxes = [...this.querySelectorAll("[name=people]")];
    this.#first = boxes.filter((box) => !box.checked).map(personOf);
    for (const box of boxes.filter((one) => one.checked)) this.#chosen.set(personOf(box).id, personOf(box));
    this.querySelector("[data-look]").remove(); // so that Enter sends the form's own button
    this.querySelector("[data-choice]")?.remove();
    this.#makeList();
    this.field.addEventListener("input", () => {
      this.#mark(-1); // whoever stands there is not who is typed now
      this.#askSoon();
    });
    this.field.addEventListener("keydown", (event) => this.#press(event));
    this.field.addEventListener("focus", () => this.#shown.length || this.#ask());
    this.addEventListener("click", (event) => this.#clicked(event));
    this.closest("form").addEventListener("reset", () => this.#empty());
    this.#paintChosen();
    if (this.field.value) this.#ask();
    else this.#show(this.#first);
    if (this.dataset.first !== undefined) this.#beginHere();
  }

  // Who begins a conversation types a name first. Not for a finger, which would get a keyboard over
  // the people, nor once something else is being filled in.
  #beginHere() {
    if (matchMedia("(pointer: coarse)").matches) return;
    const begin = () => this.isConnected && !this.closest("form").contains(document.activeElement) && this.field.focus({preventScroll: true});
    document.addEventListener("page-arrived", begin, {once: true}); // it gives the focus to the heading
    begin();
  }

  // Whether a form sends somebody.
  get chosen() { return [...this.#chosen.keys()]; }

  #makeList() {
    made += 1;
    this.list = Object.assign(document.createElement("ul"), {id: `people-list-${made}`, className: "people-choice is-listbox"});
    setAll(this.list, {role: "listbox", "aria-label": "People", "aria-multiselectable": "true"});
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps its focus
    this.said.before(this.list);
    setAll(this.field, {role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "true"});
    this.field.removeAttribute("name");
  }

  // ------------------------------------------------------------ who is offered

  #askSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), PAUSE_MS);
  }

  async #ask() {
    const typed = this.field.value.trim();
    try {
      const found = typed || !this.#first.length ? this.#answers.get(typed) ?? await this.#fetch(typed) : this.#first;
      if (typed === this.field.value.trim()) this.#show(found, true);
    } catch (error) {
      this.#say(error.message);
    }
  }

  async #fetch(typed) {
    const address = new URL(this.dataset.url, location.href);
    address.searchParams.set("find", typed);
    const {people} = await getJson(address.pathname + address.search);
    this.#answers.set(typed, people);
    if (this.#answers.size > REMEMBERED) this.#answers.delete(this.#answers.keys().next().value);
    return people;
  }

  #show(people, isAnswer = false) {
    this.#shown = people;
    this.list.replaceChildren(...people.map((person, place) => this.#option(person, place)));
    this.list.hidden = !people.length;
    this.field.setAttribute("aria-expanded", String(Boolean(people.length)));
    this.#mark(isAnswer && people.length && this.field.value.trim() ? 0 : -1);
    if (!isAnswer) return;
    if (people.length) this.#say(people.length === 1 ? "1 person." : `${people.length} people.`);
    else this.#say("Nobody by that name.", {isSeen: true});
  }

  #option(person, place) {
    const option = document.createElement("li");
    setAll(option, {role: "option", id: `${this.list.id}-${place}`, "aria-selected": String(this.#chosen.has(person.id)), "data-place": place});
    const words = Object.assign(document.createElement("span"), {textContent: `${person.name} `});
    words.append(Object.assign(document.createElement("small"), {textContent: `@${person.username}`}));
    option.append(faceOf(person), words, icon("check"));
    return option;
  }

  // ------------------------------------------------------------ choosing

  #toggle(person) {
    if (this.#chosen.delete(person.id)) this.#say(`${person.name} taken away.`);
    else {
      this.#chosen.set(person.id, person);
      this.#say(`${person.name} added. ${this.#chosen.size} chosen.`);
    }
    this.#paintChosen();
    if (this.field.value) {
      this.field.value = "";
      this.#show(this.#first);
      if (!this.#first.length) this.#ask();
    } else this.#show(this.#shown);
  }

  #paintChosen() {
    this.chips.hidden = !this.#chosen.size;
    this.chips.replaceChildren(...[...this.#chosen.values()].map(chipOf));
    this.dispatchEvent(new CustomEvent("people-chosen", {bubbles: true, detail: {count: this.#chosen.size}}));
  }

  #empty() {
    this.#chosen.clear();
    this.#paintChosen();
    this.#show(this.#first);
  }

  #clicked(event) {
    const away = event.target.closest("[data-away]");
    const option = event.target.closest("[role=option]");
    // What was pressed is about to be drawn anew; a menu around us would take it for a press outside.
    if (away || option) event.stopPropagation();
    if (away) {
      this.#toggle(this.#chosen.get(Number(away.dataset.away)));
      this.field.focus();
    } else if (option) {
      this.#toggle(this.#shown[option.dataset.place]);
      this.field.focus();
    }
  }

  // ------------------------------------------------------------ keys

  #press(event) {
    if (event.isComposing) return;
    const {length} = this.#shown;
    const typed = this.field.value;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!length) return;
      // One place more than there are people: the field itself, with what was typed.
      const step = event.key === "ArrowDown" ? 1 : length;
      this.#mark(((this.#active + 1 + step) % (length + 1)) - 1);
    } else if (event.key === "Enter" && this.#active >= 0) {
      event.preventDefault();
      const place = this.#active;
      this.#toggle(this.#shown[place]);
      if (!typed) this.#mark(Math.min(place, this.#shown.length - 1));
    } else if (event.key === "Enter" && typed.trim()) {
      event.preventDefault(); // nothing half chosen is sent
      this.#takeFirst();
    } else if (event.key === "Backspace" && !typed && this.#chosen.size) {
      this.#toggle([...this.#chosen.values()].at(-1));
    } else if (event.key === "Escape" && (typed || this.#active >= 0)) {
      event.preventDefault();
      event.stopPropagation();
      this.field.value = "";
      this.#ask();
      this.#mark(-1);
    }
  }

  // Enter came sooner than the answer: whoever comes first in it is meant.
  async #takeFirst() {
    clearTimeout(this.#timer);
    const typed = this.field.value;
    await this.#ask();
    if (typed === this.field.value && this.#active >= 0) this.#toggle(this.#shown[this.#active]);
  }

  #mark(place) {
    this.#active = place;
    [...this.list.children].forEach((option, at) => option.classList.toggle("is-active", at === place));
    if (place < 0) this.field.removeAttribute("aria-activedescendant");
    else {
      this.field.setAttribute("aria-activedescendant", this.list.children[place].id);
      this.list.children[place].scrollIntoView({block: "nearest"});
    }
  }

  #say(words, {isSeen = false} = {}) {
    this.said.textContent = words;
    this.said.classList.toggle("visually-hidden", !isSeen);
  }
}

function personOf(box) {
  const {name, username, face} = box.dataset;
  return {id: Number(box.value), name, username, face};
}

function faceOf({name, face}) {
  const shown = document.createElement(face ? "img" : "span");
  shown.className = face ? "face" : "face is-letter";
  if (face) Object.assign(shown, {src: face, alt: ""});
  else {
    shown.textContent = name.slice(0, 1).toUpperCase();
    shown.setAttribute("aria-hidden", "true");
  }
  return shown;
}

function chipOf(person) {
  const chip = document.createElement("li");
  const away = Object.assign(document.createElement("button"), {type: "button"});
  away.dataset.away = person.id;
  away.setAttribute("aria-label", `Take ${person.name} away`);
  away.append(person.name, icon("x"));
  chip.append(Object.assign(document.createElement("input"), {type: "hidden", name: "people", value: person.id}), away);
  return chip;
}

function setAll(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}

customElements.define("people-picker", PeoplePicker);
