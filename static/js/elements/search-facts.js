// Where there is room beside it, the panel stays open while one chooses several facts in a row.
let choosing = false;

class SearchFacts extends HTMLElement {
  connectedCallback() {
    const panel = this.querySelector("details");
    // A page that arrives closes all menus first.
    const reopen = () => { panel.open = true; };
    if (choosing && matchMedia("(min-width: 40rem)").matches) document.addEventListener("page-arrived", reopen, {once: true});
    choosing = false;
    this.addEventListener("click", (event) => { choosing = Boolean(event.target.closest("a")); });
  }
}

customElements.define("search-facts", SearchFacts);
