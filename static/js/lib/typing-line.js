// "Ben is writing…", for at most six seconds after the last word of it.

const SHOWN_MS = 6_000;

export class TypingLine {
  #line;
  #timers = new Map(); // person -> when to stop believing it

  constructor(line) {
    this.#line = line;
  }

  show({person, name}) {
    clearTimeout(this.#timers.get(person));
    this.#timers.set(person, setTimeout(() => this.hide(person), SHOWN_MS));
    this.#line.textContent = this.#timers.size > 1 ? "Several people are writing…" : `${name} is writing…`;
    this.#line.hidden = false;
  }

  hide(person) {
    clearTimeout(this.#timers.get(person));
    this.#timers.delete(person);
    this.#line.hidden = !this.#timers.size;
  }
}
