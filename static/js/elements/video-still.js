// A still with a way to its source; pressed, the provider's player takes its place.
class VideoStill extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const press = event.target.closest("a[data-player]");
      if (!press || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
      event.preventDefault();
      event.stopPropagation();
      this.#play(press.dataset);
    });
  }

  #play({player, title}) {
    const frame = document.createElement("iframe");
    Object.assign(frame, {src: player, title, allow: "autoplay; fullscreen; encrypted-media; picture-in-picture", allowFullscreen: true, tabIndex: 0});
    this.replaceChildren(frame);
    frame.focus();
  }
}

customElements.define("video-still", VideoStill);
