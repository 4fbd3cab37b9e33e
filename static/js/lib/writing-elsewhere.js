// Whether somebody writes outside of this element: what happens late must not catch their words.

export function isWritingElsewhere(element) {
  const active = document.activeElement;
  return Boolean(active?.matches("input, textarea, [contenteditable]") && active.checkVisibility() && !element.contains(active));
}
