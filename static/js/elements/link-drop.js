import {readTransfer} from "../lib/transfer.js";

// The form for a link takes what is dropped or pasted anywhere on its page: a link, a picture from
// another window with where it leads, or all pictures of something copied. Files go to picture-drop.
class LinkDrop extends HTMLElement {
  #heard = new AbortController();
  #isOwn = false; // picked up on this very page

  connectedCallback() {
    const {signal} = this.#heard;
    document.addEventListener("dragstart", () => { this.#isOwn = true; }, {signal});
    document.addEventListener("dragend", () => { this.#isOwn = false; }, {signal});
    document.addEventListener("dragover", (event) => this.#over(event), {signal});
    document.addEventListener("dragleave", ({relatedTarget}) => relatedTarget || this.#mark(false), {signal});
    document.addEventListener("drop", (event) => this.#drop(event), {signal});
    document.addEventListener("paste", (event) => this.#paste(event), {signal});
  }

  disconnectedCallback() {
    this.#heard.abort();
    this.#heard = new AbortController();
  }

  #over(event) {
    if (this.#isOwn || isTaken(event)) return;
    const {types} = event.dataTransfer;
    if (!types.includes("Files") && !types.includes("text/uri-list") && !types.includes("text/html")) return;
    event.preventDefault();
    this.#mark(!types.includes("Files"));
  }

  #drop(event) {
    this.#mark(false);
    if (this.#isOwn || isTaken(event)) return;
    event.preventDefault();
    this.#take(readTransfer(event.dataTransfer));
  }

  #paste(event) {
    if (event.defaultPrevented || event.target.closest("input, textarea, select")) return;
    const found = readTransfer(event.clipboardData);
    if (event.clipboardData.files.length) return; // picture-drop has them
    if (this.#take(found)) event.preventDefault();
  }

  #take(found) {
    if (found.files.length) {
      document.dispatchEvent(new CustomEvent("pictures-arrived", {detail: {files: found.files}}));
      return true;
    }
    const images = found.image ? [found.image] : found.link ? [] : found.images;
    const link = found.page || found.link || images[0];
    if (!link) return false;
    this.#send(link, images.filter((image) => image !== link));
    return true;
  }

  #send(link, media) {
    const form = this.querySelector("form");
    for (const old of form.querySelectorAll("[name=media]")) old.remove();
    for (const value of media) form.append(Object.assign(document.createElement("input"), {type: "hidden", name: "media", value}));
    form.querySelector("[name=link]").value = link;
    form.requestSubmit();
  }

  #mark(isOver) {
    this.classList.toggle("is-over", isOver);
  }
}

// Somebody else's place: a field takes words itself, a conversation its pictures.
function isTaken({target, defaultPrevented}) {
  return defaultPrevented || Boolean(target.closest?.("picture-drop, conversation-window, .tray, .dock, input, textarea"));
}

customElements.define("link-drop", LinkDrop);
