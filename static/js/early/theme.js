// Runs in <head>, before anything is painted: the chosen theme, and the colours pictures wait in.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch { /* storage may be forbidden; the system's theme is right then */ }

  // Inline styles are not allowed in our HTML, so a picture's colour travels as data-colour, and
  // where it is needed its shape, width / height, as data-shape.
  const paint = ({style, dataset}) => {
    style.setProperty("--colour", dataset.colour);
    if (dataset.shape) style.setProperty("--shape", dataset.shape);
  };
  new MutationObserver((changes) => {
    for (const {addedNodes} of changes) {
      for (const node of addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        if (node.dataset.colour) paint(node);
        if (node.firstElementChild) node.querySelectorAll("[data-colour]").forEach(paint);
      }
    }
  }).observe(root, {childList: true, subtree: true});
})();
