// A button that says what is happening while its form is under way: data-busy-text.

export function startBusyButtons() {
  document.addEventListener("submit", (event) => {
    const button = event.submitter ?? event.target.querySelector("[data-busy-text]");
    if (!button?.dataset.busyText) return;
    const words = button.textContent;
    button.textContent = button.dataset.busyText;
    button.setAttribute("aria-busy", "true");
    const restore = () => {
      button.textContent = words;
      button.removeAttribute("aria-busy");
    };
    document.addEventListener("htmx:afterRequest", restore, {once: true});
    addEventListener("pageshow", restore, {once: true});
  });
}
