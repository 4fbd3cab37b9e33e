import {setBadge} from "../lib/badges.js";
import {post} from "../lib/post.js";

// Reading the notifications is seeing them; without a script a button says so.
class NewsSeen extends HTMLElement {
  async connectedCallback() {
    const form = this.querySelector("form");
    this.hidden = true;
    try {
      await post(form.action);
    } catch {
      this.hidden = false;
      return;
    }
    document.documentElement.dataset.unreadNotifications = 0;
    setBadge("notifications", 0);
  }
}

customElements.define("news-seen", NewsSeen);
