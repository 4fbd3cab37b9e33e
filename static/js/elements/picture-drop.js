import {icon} from "../lib/icon.js";

// The files last chosen: a form that comes back with an error (data-again) gets them again. The new
// form arrives before the old one leaves.
let last = [];

// Pictures by button, drop or paste, seen before they are sent.
class PictureDrop extends HTMLElement {
  #input = null;

  connectedCallback() {
    this.#input = this.querySelector("input[type=file]");
    this.addEventListener("change", this.#show);
    this.addEventListener("dragover", this.#over);
    this.addEventListener("dragleave", () => this.classList.remove("is-over"));
    this.addEventListener("drop", this.#drop);
    document.addEventListener("paste", this.#paste);
    document.addEventListener("pictures-arrived", this.#arrive);
    if (this.hasAttribute("data-again")) this.#set(last);
    else last = [...this.#input.files]; // none yet, or those of a page one came back to
  }

  disconnectedCallback() {
    document.removeEventListener("paste", this.#paste);
    document.removeEventListener("pictures-arrived", this.#arrive);
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
    const files = [...event.clipboardData.files];
    if (!files.length || event.defaultPrevented) return; // a composer took it already
    event.preventDefault();
    this.#set([...this.#input.files, ...files]);
  };

  #set(files) {
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    this.#input.files = transfer.files;
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
