// A masonry in reading order: every next card goes to the shortest column.
//
// A classic script in <head>, so that the element exists before its cards are parsed. The style
// sheet decides how many columns there are; all cards stand in the grid's first row and differ
// only in column and top margin. A ResizeObserver reports new cards after layout and before
// paint, so no card is ever painted in a place it will leave.
(() => {
  if (CSS.supports("display", "grid-lanes")) return;

  const SAME = 24; // px; columns this close count as equal, and the first one wins

  class PinGrid extends HTMLElement {
    #heights = new WeakMap();
    #columns = 0;
    #gap = 0;

    #sizes = new ResizeObserver((entries) => {
      let changed = false;
      for (const {target, borderBoxSize: [box]} of entries) {
        if (target === this) continue;
        if (Math.abs((this.#heights.get(target) ?? -1) - box.blockSize) < 0.5) continue;
        this.#heights.set(target, box.blockSize);
        changed = true;
      }
      const columns = getComputedStyle(this).gridTemplateColumns.split(" ").length;
      if (changed || columns !== this.#columns) this.#pack(columns);
    });

    #arrivals = new MutationObserver((changes) => {
      for (const {addedNodes} of changes) this.#watch(addedNodes);
    });

    connectedCallback() {
      if (!this.#gap) this.#gap = parseFloat(getComputedStyle(this).rowGap);
      this.classList.add("is-packed");
      this.#arrivals.observe(this, {childList: true});
      this.#sizes.observe(this);
      this.#watch(this.children);
    }

    disconnectedCallback() {
      this.#arrivals.disconnect();
      this.#sizes.disconnect();
    }

    #watch(nodes) {
      for (const node of nodes) if (node.nodeType === Node.ELEMENT_NODE) this.#sizes.observe(node);
    }

    #pack(columns) {
      this.#columns = columns;
      const bottoms = new Array(columns).fill(0);
      for (const card of this.children) {
        const shortest = Math.min(...bottoms);
        const column = bottoms.findIndex((bottom) => bottom <= shortest + SAME);
        const top = bottoms[column];
        card.style.gridRow = "1";
        card.style.gridColumn = String(column + 1);
        card.style.marginBlockStart = `${top}px`;
        bottoms[column] = top + (this.#heights.get(card) ?? 0) + this.#gap;
      }
    }
  }

  customElements.define("pin-grid", PinGrid);
})();
