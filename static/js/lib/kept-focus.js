// The keyboard stays where it was while a part of a conversation is drawn anew; where that is gone
// (a reason that was given, a message taken back), it goes to what stands in its place.

// element: what has the focus. Answers selectors of where to look for it, the nearest first.
export function waysTo(element) {
  const shared = element.closest("[data-shared]")?.dataset.shared;
  const within = shared ? `[data-shared="${shared}"] ` : "";
  const own = ownName(element);
  const instead = shared ? ["[data-act=reopen]", ".verdicts-decide > summary"] : [];
  return [...own ? [own] : [], ...instead].map((way) => within + way);
}

// Answers whether something took it.
export function focusFirst(root, ways) {
  const found = ways.map((way) => root.querySelector(way)).find(Boolean);
  found?.focus({preventScroll: true});
  return Boolean(found);
}

function ownName(element) {
  const {verdict, act} = element.dataset;
  if (verdict) return `[data-verdict="${verdict}"]`;
  if (act) return `[data-act="${act}"]${element.value ? `[value="${element.value}"]` : ""}`;
  if (element.name) return `[name="${element.name}"]`;
  return element.localName === "summary" ? `.${element.parentElement.classList[0]} > summary` : "";
}
