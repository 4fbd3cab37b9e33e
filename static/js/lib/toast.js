// Say something short at the foot of the page.
// action: {label, run} for a way back ("Undo"), or {label, url} for a way onward;
// or a list of them.

export function toast(text, action = null) {
  document.dispatchEvent(new CustomEvent("toast", {detail: {text, action}}));
}
