// A page that is being read: looks again when the reading is done, or every two seconds.
class DraftReading extends HTMLElement {
  #timer = 0;

  connectedCallback() {
    document.addEventListener("live:draft.settled", this.#settled);
    this.#timer = setInterval(this.#look, 2000);
  }

  disconnectedCallback() {
    document.removeEventListener("live:draft.settled", this.#settled);
    clearInterval(this.#timer);
  }

  #settled = (event) => {
    if (String(event.detail.draft) === this.dataset.draft) this.#look();
  };

  #look = () => {
    window.htmx.ajax("GET", location.pathname, {target: "#page", select: "#page", swap: "outerHTML"});
  };
}

customElements.define("draft-reading", DraftReading);
