// To the message that is answered: where it stands if it is here, else to its place.

import {visit} from "./visit.js";

const FLASH_MS = 1_600;

export async function run({window, control}) {
  const {place} = control.dataset;
  const find = () => window.querySelector(`[data-messages] > [data-place="${place}"]`);
  if (!find()) await window.toPlace(place);
  if (find()) showMessage(find());
  else visit(control.getAttribute("href"));
}

// At once: what is loaded at either end meanwhile would break off a smooth way there.
export function showMessage(message) {
  message.scrollIntoView({block: "center", behavior: "instant"});
  message.tabIndex = -1;
  message.focus({preventScroll: true});
  message.classList.add("is-flashing");
  setTimeout(() => message.classList.remove("is-flashing"), FLASH_MS);
}
