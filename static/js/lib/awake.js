// Elements that only some pages need: their script is fetched when their HTML first arrives.

// sleepers: by element name, a function that imports its module; emptied as they wake.
export function wakeWhenSeen(sleepers) {
  const look = (root) => {
    for (const name of Object.keys(sleepers)) {
      if (root.localName !== name && !root.querySelector(name)) continue;
      sleepers[name]();
      delete sleepers[name];
    }
  };
  look(document.body);
  new MutationObserver((changes) => {
    for (const {addedNodes} of changes) {
      for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) look(node);
    }
  }).observe(document.body, {childList: true, subtree: true});
}
