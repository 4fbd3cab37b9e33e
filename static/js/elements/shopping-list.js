import {getPart, post} from "../lib/post.js";
import {toast} from "../lib/toast.js";
import {visit} from "../lib/visit.js";

const TOGETHER_MS = 250; // changes that come this close are shown at once

// A list for the shop: ticks show at once, and those of the others arrive by themselves.
class ShoppingList extends HTMLElement {
  #stop = null;
  #timer = 0;
  #under = 0; // ticks on their way; what the server says meanwhile is older

  connectedCallback() {
    this.#stop = new AbortController();
    const {signal} = this.#stop;
    this.addEventListener("submit", (event) => this.#submitted(event), {signal, capture: true});
    this.addEventListener("click", (event) => this.#clicked(event), {signal, capture: true});
    const {conversation} = this.dataset;
    if (conversation) {
      const heard = ({detail}) => {
        if (!detail?.conversation || String(detail.conversation) === conversation) this.#refreshSoon();
      };
      for (const name of ["shopping.changed", "membership.changed", "ask"]) document.addEventListener(`live:${name}`, heard, {signal});
    }
    this.#dress();
  }

  disconnectedCallback() {
    this.#stop.abort();
    clearTimeout(this.#timer);
  }

  get #body() { return this.querySelector("[data-shopping-body]"); }

  #dress() {
    for (const button of this.querySelectorAll("[data-act=print]")) button.hidden = false;
  }

  async #submitted(event) {
    const {submitter: line} = event;
    if (line?.getAttribute("role") !== "checkbox") return;
    event.preventDefault();
    event.stopPropagation();
    const form = event.target;
    const name = line.name;
    this.#paint(line, name === "tick");
    this.#under += 1;
    try {
      await post(form.action, {[name]: line.value});
    } catch (refused) {
      this.#paint(line, name !== "tick");
      toast(refused.message);
    } finally {
      this.#under -= 1;
    }
    if (this.dataset.conversation) this.#refreshSoon();
  }

  #paint(line, isOn) {
    line.ariaChecked = String(isOn);
    line.name = isOn ? "untick" : "tick";
  }

  #clicked(event) {
    const act = event.target.closest("[data-act]")?.dataset.act;
    if (act === "print") window.print();
    if (act !== "copy") return;
    event.preventDefault();
    event.stopPropagation();
    this.#copy(event.target.closest("a").href);
  }

  async #copy(address) {
    const lines = [...this.querySelectorAll(".shopping-line")].map((line) => {
      const mark = line.ariaChecked === "true" ? "[x]" : "[ ]";
      return `${mark} ${line.querySelector("[data-text]").dataset.text}`;
    });
    try {
      await navigator.clipboard.writeText(`${lines.join("\n")}\n`);
      toast("Copied.");
    } catch {
      location.assign(address); // only on https and localhost can we copy; there it stands as text
    }
  }

  #refreshSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#refresh(), TOGETHER_MS);
  }

  async #refresh() {
    if (this.#under) return this.#refreshSoon();
    const html = await getPart(location.href).catch(({status}) => status === 404 && visit("/messages/"));
    if (!html || !this.isConnected || this.#under) return;
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-shopping-body]");
    if (!fresh || fresh.innerHTML === this.#body.innerHTML) return;
    const focused = this.#body.contains(document.activeElement) && document.activeElement.value;
    this.#body.replaceChildren(...fresh.childNodes);
    window.htmx?.process(this.#body);
    this.#dress();
    if (focused) this.#body.querySelector(`[value="${CSS.escape(focused)}"]`)?.focus({preventScroll: true});
  }
}

customElements.define("shopping-list", ShoppingList);
