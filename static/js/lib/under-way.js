// What this tab is bringing into each conversation, kept while the tab lives: [{name, link, draft}].
// Another tab must not take it for lost, so it is not in store.js.

const keyOf = (conversation) => `pinboard:${document.documentElement.dataset.person}:bringing:${conversation}`;

export function underWay(conversation) {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(conversation))) ?? [];
  } catch {
    return [];
  }
}

export function setUnderWay(conversation, items) {
  try {
    if (items.length) sessionStorage.setItem(keyOf(conversation), JSON.stringify(items));
    else sessionStorage.removeItem(keyOf(conversation));
  } catch { /* then a reload forgets it */ }
}
