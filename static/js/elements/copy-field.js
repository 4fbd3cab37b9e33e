import {icon} from "../lib/icon.js";
import {toast} from "../lib/toast.js";

// A field to be copied from, with a button that does so. Without scripts it is marked and copied.
class CopyField extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("button")) return;
    const button = Object.assign(document.createElement("button"), {type: "button", className: "button"});
    button.append(icon("copy"), "Copy");
    button.addEventListener("click", () => this.#copy());
    this.field.addEventListener("focus", () => this.field.select());
    this.append(button);
  }

  get field() { return this.querySelector("input"); }

  async #copy() {
    if (await written(this.field)) return toast("Copied.");
    this.field.focus();
    toast("This browser does not let us copy. The link is marked: copy it yourself.");
  }
}

// The clipboard is there only on https and localhost; at home there may be neither.
async function written(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.select();
    return document.execCommand("copy");
  }
}

customElements.define("copy-field", CopyField);
