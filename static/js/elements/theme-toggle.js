const WORDS = {system: "Theme: as the system", light: "Theme: light", dark: "Theme: dark"};
const NEXT = {system: "light", light: "dark", dark: "system"};

class ThemeToggle extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.#show();
    this.querySelector("button").onclick = () => this.#turn();
  }

  get #theme() {
    return document.documentElement.dataset.theme ?? "system";
  }

  #turn() {
    const theme = NEXT[this.#theme];
    if (theme === "system") {
      delete document.documentElement.dataset.theme;
      localStorage.removeItem("theme");
    } else {
      document.documentElement.dataset.theme = theme;
      localStorage.setItem("theme", theme);
    }
    this.#show();
  }

  #show() {
    this.querySelector("[data-theme-label]").textContent = WORDS[this.#theme];
  }
}

customElements.define("theme-toggle", ThemeToggle);
