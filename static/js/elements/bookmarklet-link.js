import {toast} from "../lib/toast.js";

// The bookmarklet before it lies in the bar: here a press can only say where it belongs.
class BookmarkletLink extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      event.preventDefault();
      toast("Drag it to your bookmarks bar: there it works, on any page.");
    });
  }
}

customElements.define("bookmarklet-link", BookmarkletLink);
