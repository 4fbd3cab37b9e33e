import {pinOf} from "../lib/pin-transfer.js";

// "Share here" puts a pin into the conversation this search is for, without leaving the search.
class SearchTogether extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => this.#share(event), {capture: true});
  }

  async #share(event) {
    const link = event.target.closest("[data-share]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const pin = pinOf(link.parentElement.querySelector("pin-card"));
    const {openConversation} = await import("../lib/open-conversation.js");
    openConversation({id: Number(this.dataset.talk), pins: [pin]});
  }
}

customElements.define("search-together", SearchTogether);
