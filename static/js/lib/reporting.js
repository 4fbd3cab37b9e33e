// Telling the keepers of this place about a message: a page of its own.

import {closeMenu} from "./message-menu.js";
import {messageOf} from "./message-parts.js";
import {visit} from "./visit.js";

export function run({window, control}) {
  const message = messageOf(window, control);
  closeMenu({keepsFocus: true});
  if (message) visit(`${window.dataset.url}report/?message=${message.dataset.message}`);
}
