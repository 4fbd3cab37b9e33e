// Where one reads in a window. The style sheet runs the messages from their foot: scrollTop is 0 at
// the end, and stays so by itself, and is negative above.

const NEAR_PX = 60; // this close to the end counts as reading the end

export class ScrollPlace {
  #scroll;
  isAtEnd = true;

  constructor(scroll) {
    this.#scroll = scroll;
  }

  look() {
    this.isAtEnd = -this.#scroll.scrollTop < NEAR_PX;
  }

  toEnd() {
    this.#scroll.scrollTop = 0;
    this.isAtEnd = true;
  }

  // block: where it then stands, as for scrollIntoView. Without moving the page around the window.
  toElement(element, block) {
    const {top, height} = element.getBoundingClientRect();
    const box = this.#scroll.getBoundingClientRect();
    const above = block === "center" ? Math.max(0, (box.height - height) / 2) : box.height / 6;
    this.#scroll.scrollTop += top - box.top - above;
    this.look();
  }

  // Something is added or changed; what one reads stays where it is. sticks: the end stays the end.
  hold(change, {sticks = true} = {}) {
    const top = this.#fromTop;
    change();
    this.#scroll.scrollTop = sticks && this.isAtEnd ? 0 : top - this.#length;
  }

  // The same for what is added above.
  holdFromEnd(change) {
    const {scrollTop} = this.#scroll;
    change();
    this.#scroll.scrollTop = scrollTop;
  }

  get #length() { return this.#scroll.scrollHeight - this.#scroll.clientHeight; }
  get #fromTop() { return this.#length + this.#scroll.scrollTop; }
}
