// <details data-closes>: closes when one clicks elsewhere or presses Escape.

export function startMenus() {
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of [...open(), ...document.querySelectorAll(".verdicts-decide:focus-within")]) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

// Closes the menu that something stands in; the keyboard goes back to what opened it.
export function leaveMenu(inside) {
  const menu = inside.closest("details");
  if (!menu) return;
  const hadFocus = menu.contains(document.activeElement);
  menu.open = false;
  if (hadFocus) menu.querySelector("summary").focus();
}

function open() {
  return document.querySelectorAll("details[data-closes][open]");
}
