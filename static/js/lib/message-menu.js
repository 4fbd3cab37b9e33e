// The menu of a message: one per window, opened by the button beside a message, by Enter on it, or
// by a long press. A popover, so that no edge of the window cuts it off; it is closed by hand
// because a long press opens it before the finger is lifted.

import {isMine, messageOf, pinsOf, wordsOf} from "./message-parts.js";
import {placeNear} from "./place.js";

let open = null; // {menu, control, stop}

export function run({window, control}) {
  const message = messageOf(window, control);
  const again = open?.control === control;
  closeMenu();
  if (!again) openMenu(window, message, control);
}

// control: what it stands beside and where the keyboard returns to.
export function openMenu(window, message, control) {
  closeMenu();
  const menu = window.querySelector("[data-menu]");
  menu.dataset.for = message.dataset.message;
  menu.querySelector(".emoji-more")?.remove();
  menu.querySelector("[data-act=more-emoji]").setAttribute("aria-expanded", "false");
  for (const item of menu.querySelectorAll("[data-mine]")) item.hidden = !isMine(message);
  for (const item of menu.querySelectorAll("[data-others]")) item.hidden = isMine(message);
  menu.querySelector("[data-act=copy]").hidden = !wordsOf(message);
  menu.querySelector("[data-act=forward]").hidden = !pinsOf(message).length;
  menu.showPopover();
  placeNear(menu, control);
  control.setAttribute("aria-expanded", "true");
  const stop = new AbortController();
  open = {menu, control, stop};
  listen(menu, stop.signal);
  menu.querySelector("button, a").focus({preventScroll: true});
}

// Anew, because it grew or shrank.
export function placeMenu() {
  if (open) placeNear(open.menu, open.control);
}

export function closeMenu({keepsFocus = false} = {}) {
  if (!open) return;
  const {menu, control, stop} = open;
  open = null;
  stop.abort();
  const hadFocus = menu.contains(document.activeElement);
  if (menu.isConnected) menu.hidePopover();
  control.removeAttribute("aria-expanded");
  if (hadFocus && !keepsFocus) wayBack(menu, control)?.focus({preventScroll: true});
}

// The message may have been drawn anew meanwhile.
function wayBack(menu, control) {
  if (control.isConnected) return control;
  return menu.closest("conversation-window")?.querySelector(`[data-message="${menu.dataset.for}"] .message-more`);
}

function listen(menu, signal) {
  document.addEventListener("pointerdown", (event) => menu.contains(event.target) || closeMenu(), {signal, capture: true});
  document.addEventListener("page-arrived", () => closeMenu(), {signal});
  // Only when somebody scrolls: what arrives meanwhile moves the messages too, and closes nothing.
  const scroll = menu.closest("conversation-window").querySelector("[data-scroll]");
  for (const type of ["wheel", "touchmove"]) scroll.addEventListener(type, () => closeMenu(), {signal, passive: true});
  menu.addEventListener("focusout", ({relatedTarget}) => relatedTarget && !menu.contains(relatedTarget) && closeMenu(), {signal});
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeMenu();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") step(menu, event.key === "ArrowDown" ? 1 : -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, {signal});
}

function step(menu, by) {
  const items = [...menu.querySelectorAll("button, a, input")].filter((item) => item.checkVisibility());
  const at = items.indexOf(document.activeElement);
  items[(at + by + items.length) % items.length].focus();
}
