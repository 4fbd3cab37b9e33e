import {openConversation} from "../lib/open-conversation.js";
import {getPart} from "../lib/post.js";
import {shortTime} from "../lib/times.js";

const TOGETHER_MS = 300;

// The list of conversations keeps itself true: order, last line, what is unread.
class ConversationList extends HTMLElement {
  #timer = 0;
  #stop = null;
  #html = "";

  connectedCallback() {
    this.#stop = new AbortController();
    this.#tellTimes();
    const {signal} = this.#stop;
    for (const name of ["message.posted", "message.changed", "conversation.read", "membership.changed", "ask"]) {
      document.addEventListener(`live:${name}`, () => this.#soon(), {signal});
    }
    this.addEventListener("pin-drop", ({target, detail}) => {
      openConversation({id: Number(target.closest("[data-conversation]").dataset.conversation), pins: [detail.pin]});
    }, {signal});
  }

  disconnectedCallback() {
    this.#stop.abort();
    clearTimeout(this.#timer);
  }

  #tellTimes() {
    for (const time of this.querySelectorAll(".row-time")) time.textContent = shortTime(time.dateTime);
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#refresh(), TOGETHER_MS);
  }

  async #refresh() {
    const page = new DOMParser().parseFromString(await getPart("/messages/").catch(() => ""), "text/html");
    const fresh = page.querySelector("conversation-list .rows");
    const rows = this.querySelector(".rows");
    if (!fresh || !rows || fresh.innerHTML === this.#html) return;
    this.#html = fresh.innerHTML;
    const focused = document.activeElement.closest(".conversation-row")?.dataset.conversation;
    rows.replaceWith(fresh);
    window.htmx?.process(fresh);
    this.#tellTimes();
    if (focused) fresh.querySelector(`[data-conversation="${focused}"] a`)?.focus({preventScroll: true});
  }
}

customElements.define("conversation-list", ConversationList);
