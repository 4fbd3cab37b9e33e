import {icon} from "../lib/icon.js";
import {readTransfer} from "../lib/transfer.js";

// The files last chosen: a form that comes back with an error (data-again) gets them again. The new
// form arrives before the old one leaves.
let last = [];

// Pictures by button, drop or paste, seen before they are sent. On a draft's page (data-media) also
// pictures and links from other windows, anywhere but into a field: the server fetches those, and
// says so where a link leads to none.
class PictureDrop extends HTMLElement {
  #input = null;
  #isOwn = false; // picked up on this very page

  connectedCallback() {
    this.#input = this.querySelector("input[type=file]");
    this.addEventListener("change", this.#show);
    this.addEventListener("dragover", this.#over);
    this.addEventListener("dragleave", () => this.classList.remove("is-over"));
    this.addEventListener("drop", this.#drop);
    document.addEventListener("paste", this.#paste);
    document.addEventListener("pictures-arrived", this.#arrive);
    if (this.hasAttribute("data-media")) this.#listen("addEventListener");
    if (this.hasAttribute("data-again")) this.#set(last);
    else last = [...this.#input.files]; // none yet, or those of a page one came back to
  }

  disconnectedCallback() {
    document.removeEventListener("paste", this.#paste);
    document.removeEventListener("pictures-arrived", this.#arrive);
    this.#listen("removeEventListener");
  }

  #listen(act) {
    for (const [name, run] of [["dragstart", this.#own], ["dragend", this.#own], ["dragover", this.#overPage], ["drop", this.#dropPage]]) document[act](name, run);
  }

  #own = ({type}) => { this.#isOwn = type === "dragstart"; };

  #overPage = (event) => {
    const {types} = event.dataTransfer;
    if (this.#isTaken(event) || !["Files", "text/uri-list", "text/html"].some((type) => types.includes(type))) return;
    event.preventDefault();
    this.classList.add("is-over");
  };

  #dropPage = (event) => {
    this.classList.remove("is-over");
    if (this.#isTaken(event)) return;
    event.preventDefault(); // a link would open in place of what is being filled in
    this.#take(readTransfer(event.dataTransfer));
  };

  // Answers whether there was anything to take.
  #take({files, image, images, link}) {
    if (files.length) this.#set([...this.#input.files, ...files]);
    else this.#fetch(image ? [image] : images.length ? images : link ? [link] : []);
    return Boolean(files.length || image || images.length || link);
  }

  #isTaken({target, defaultPrevented}) {
    return this.#isOwn || defaultPrevented || Boolean(target.closest?.("conversation-window, .tray, .dock, input, textarea"));
  }

  #fetch(addresses) {
    if (!addresses.length) return;
    const form = this.closest("form");
    const field = (value) => Object.assign(document.createElement("input"), {type: "hidden", name: "media", value});
    const button = Object.assign(document.createElement("button"), {name: "way", value: "media", hidden: true});
    const added = [...addresses.map(field), button];
    form.append(...added);
    button.click(); // htmx goes by what was clicked
    document.addEventListener("htmx:afterRequest", () => added.forEach((one) => one.remove()), {once: true});
  }

  #over = (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    this.classList.add("is-over");
  };

  #drop = (event) => {
    this.classList.remove("is-over");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    event.stopPropagation();
    this.#set([...this.#input.files, ...event.dataTransfer.files]);
  };

  // Let go elsewhere on the page, or drawn into what was pasted.
  #arrive = ({detail: {files}}) => this.#set([...this.#input.files, ...files]);

  #paste = (event) => {
    if (event.defaultPrevented) return; // a composer took it already
    const files = [...event.clipboardData.files];
    if (files.length) this.#set([...this.#input.files, ...files]);
    else if (!this.hasAttribute("data-media") || this.#isTaken(event) || !this.#take(readTransfer(event.clipboardData))) return;
    event.preventDefault();
  };

  #set(files) {
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    this.#input.files = transfer.files;
    const fold = this.closest("details");
    if (fold && files.length) fold.open = true; // what came from elsewhere is seen
    this.#show();
  }

  #show = () => {
    const list = this.querySelector(".picture-drop-list");
    const files = [...this.#input.files];
    last = files;
    for (const image of list.querySelectorAll("img")) URL.revokeObjectURL(image.src);
    list.replaceChildren(...files.map((file) => this.#row(file, files)));
    list.hidden = !files.length;
  };

  #row(file, files) {
    const row = document.createElement("li");
    const image = document.createElement("img");
    const away = document.createElement("button");
    image.src = URL.createObjectURL(file);
    image.alt = file.name;
    image.addEventListener("error", () => image.replaceWith(this.#noPicture(file)));
    away.type = "button";
    away.setAttribute("aria-label", `Take ${file.name} away`);
    away.append(icon("x"));
    away.addEventListener("click", () => this.#set(files.filter((other) => other !== file)));
    row.append(image, away);
    return row;
  }

  // A file the browser cannot show, and that the server will have something to say about.
  #noPicture(file) {
    const blank = document.createElement("span");
    const name = document.createElement("span");
    blank.className = "picture-drop-file";
    name.textContent = file.name;
    blank.append(icon("image-off"), name);
    return blank;
  }
}

customElements.define("picture-drop", PictureDrop);
