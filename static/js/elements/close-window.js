// The small window of a save button, when it is done. Only a window that a script opened may be closed.
class CloseWindow extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.addEventListener("click", () => window.close());
  }
}

customElements.define("close-window", CloseWindow);
