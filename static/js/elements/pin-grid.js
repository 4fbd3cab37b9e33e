// A masonry in reading order: every next card goes to the shortest column.
//
// A classic script in <head>, so that the element exists before its cards are parsed. The style
// sheet decides how many columns there are; all cards stand in the grid's first row and differ
// only in column and top margin. New cards are placed in the microtask after they were added,
// so none is ever painted in a place it will leave. Later changes of size come by ResizeObserver.
(() => {
  if (CSS.supports("display", "grid-lanes")) return;

  const SAME = 24; // px; columns this close count as equal, and the first one wins

  class PinGrid extends HTMLElement {
    #heights = new WeakMap();
    #columns = 0;
    #gap = 0;

    #arrivals = new MutationObserver((changes) => {
      for (const {addedNodes} of changes) this.#watch(addedNodes);
      this.#pack();
    });

    #sizes = new ResizeObserver((entries) => {
      const changed = entries.some(({target}) => target !== this && target.offsetHeight !== this.#heights.get(target));
      if (changed || this.#countColumns() !== this.#columns) this.#pack();
    });

    connectedCallback() {
      if (!this.#gap) this.#gap = parseFloat(getComputedStyle(this).rowGap);
      this.classList.add("is-packed");
      this.#arrivals.observe(this, {childList: true});
      this.#sizes.observe(this);
      this.#watch(this.children);
      this.#pack();
    }

    disconnectedCallback() {
      this.#arrivals.disconnect();
      this.#sizes.disconnect();
    }

    #watch(nodes) {
      for (const node of nodes) if (node.nodeType === Node.ELEMENT_NODE) this.#sizes.observe(node);
    }

    #countColumns() {
      return getComputedStyle(this).gridTemplateColumns.split(" ").length;
    }

    #pack() {
      const cards = [...this.children];
      for (const card of cards) this.#heights.set(card, card.offsetHeight); // reads first, then writes
      this.#columns = this.#countColumns();
      const bottoms = new Array(this.#columns).fill(0);
      for (const card of cards) {
        const shortest = Math.min(...bottoms);
        const column = bottoms.findIndex((bottom) => bottom <= shortest + SAME);
        card.style.gridArea = `1 / ${column + 1}`;
        card.style.marginBlockStart = `${bottoms[column]}px`;
        bottoms[column] += this.#heights.get(card) + this.#gap;
      }
    }
  }

  customElements.define("pin-grid", PinGrid);
})();
