// Elements that only some pages need: their script is fetched when their HTML first arrives.

// sleepers: by element name, a function that imports its module; emptied as they wake. One whose
// script did not come is tried again with the next HTML that arrives.
export function wakeWhenSeen(sleepers) {
  const look = (root) => {
    for (const name of Object.keys(sleepers)) {
      if (root.localName !== name && !root.querySelector(name)) continue;
      const wake = sleepers[name];
      delete sleepers[name];
      wake().catch(() => { sleepers[name] = wake; });
    }
  };
  look(document.body);
  new MutationObserver((changes) => {
    for (const {addedNodes} of changes) {
      for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) look(node);
    }
  }).observe(document.body, {childList: true, subtree: true});
}
