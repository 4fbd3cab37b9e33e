import {icon} from "../lib/icon.js";

const STEP = 0.8; // of the visible width per press

// The row of guides scrolls sideways. Fingers and keys need no help; for a mouse there is an arrow
// on each side that has more. The arrows are not in the tab order: Tab goes from guide to guide.
class GuideChips extends HTMLElement {
  #sizes = new ResizeObserver(() => this.#look());

  connectedCallback() {
    this.row = this.querySelector("ul");
    if (!this.row) return;
    this.#sizes.observe(this.row);
    if (this.back) return;
    this.back = this.#arrow("chevron-left", "back", -1);
    this.on = this.#arrow("chevron-right", "on", 1);
    this.append(this.back, this.on);
    this.row.addEventListener("scroll", () => this.#look(), {passive: true});
  }

  disconnectedCallback() {
    this.#sizes.disconnect();
  }

  #arrow(symbol, name, direction) {
    const button = Object.assign(document.createElement("button"), {type: "button", tabIndex: -1, hidden: true});
    button.className = `guides-arrow is-${name}`;
    button.setAttribute("aria-hidden", "true");
    button.append(icon(symbol));
    button.addEventListener("click", () => {
      const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
      this.row.scrollBy({left: direction * STEP * this.row.clientWidth, behavior});
    });
    return button;
  }

  #look() {
    const {scrollLeft, scrollWidth, clientWidth} = this.row;
    const gone = Math.abs(scrollLeft); // negative where one reads from right to left
    this.back.hidden = gone < 4;
    this.on.hidden = gone + clientWidth > scrollWidth - 4;
  }
}

customElements.define("guide-chips", GuideChips);
