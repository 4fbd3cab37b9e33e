const AHEAD = "1800px 0px"; // about two screens before the reader arrives

// The link to the next page follows itself and puts the pins into the grid above.
class MorePins extends HTMLElement {
  // Several glances may be told of at once: "not yet" and, a moment later, "there".
  #eye = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.#load(), {rootMargin: AHEAD});

  connectedCallback() {
    this.classList.add("is-waiting");
    this.#eye.observe(this);
  }

  disconnectedCallback() {
    this.#eye.disconnect();
  }

  async #load() {
    this.#eye.disconnect();
    try {
      const response = await fetch(this.querySelector("a").href, {credentials: "same-origin"});
      if (!response.ok) throw new Error(String(response.status));
      this.#append(new DOMParser().parseFromString(await response.text(), "text/html"));
    } catch {
      this.classList.remove("is-waiting"); // the plain link remains, and works
    }
  }

  #append(page) {
    const grid = this.previousElementSibling;
    const next = page.querySelector("more-pins");
    const source = next?.previousElementSibling ?? [...page.querySelectorAll("pin-grid")].at(-1);
    const known = new Set([...grid.children].map((card) => card.dataset.pin));
    const cards = [...(source?.children ?? [])].filter((card) => !known.has(card.dataset.pin));
    grid.append(...cards);
    for (const card of cards) window.htmx?.process(card);
    if (next) this.replaceWith(next);
    else this.remove();
  }
}

customElements.define("more-pins", MorePins);
