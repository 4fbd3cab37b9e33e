import {post} from "../lib/post.js";

// Says that somebody looks at this search, for their own history: opening an address alone never
// writes into it.
class SearchKept extends HTMLElement {
  connectedCallback() {
    post("/search/history/keep/", {search: this.dataset.search}).catch(() => {}); // not worth a word
  }
}

customElements.define("search-kept", SearchKept);
