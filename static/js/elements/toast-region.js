const SHOWN_MS = 6000;

class ToastRegion extends HTMLElement {
  connectedCallback() {
    document.addEventListener("toast", this);
  }

  disconnectedCallback() {
    document.removeEventListener("toast", this);
  }

  handleEvent({detail: {text, action}}) {
    const note = document.createElement("div");
    note.className = "toast";
    const words = document.createElement("span");
    words.textContent = text;
    note.append(words);
    if (action) note.append(this.#wayOn(note, action));
    this.replaceChildren(note);
    this.#goLater(note);
  }

  #wayOn(note, {label, run, url}) {
    const way = document.createElement(url ? "a" : "button");
    way.textContent = label;
    if (url) way.href = url;
    way.addEventListener("click", () => {
      note.remove();
      run?.();
    });
    return way;
  }

  // It waits while someone is reading or about to press it.
  #goLater(note) {
    setTimeout(() => {
      if (note.matches(":hover, :focus-within")) this.#goLater(note);
      else note.remove();
    }, SHOWN_MS);
  }
}

customElements.define("toast-region", ToastRegion);
