// The pins of a message, on their way to somebody else.

import {closeMenu} from "./message-menu.js";
import {messageOf, pinsOf} from "./message-parts.js";
import {visit} from "./visit.js";

export function run({window, control}) {
  const message = messageOf(window, control);
  closeMenu({keepsFocus: true});
  if (message) visit(`/messages/new/?${new URLSearchParams(pinsOf(message).map(({id}) => ["pin", id]))}`);
}
