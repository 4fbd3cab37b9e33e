// Saying one's own message in other words: from the menu, or with ArrowUp in an empty box.

import {closeMenu} from "./message-menu.js";
import {messageOf, wordsOf} from "./message-parts.js";

export function run({window, control}) {
  const message = messageOf(window, control);
  closeMenu({keepsFocus: true});
  if (message) begin(window, message);
}

export function amendLast(window) {
  const message = [...window.querySelectorAll("[data-messages] > .message.is-mine[data-message]")].at(-1);
  if (message) begin(window, message);
}

function begin(window, message) {
  window.querySelector("message-composer")?.amend({id: Number(message.dataset.message), was: wordsOf(message)});
}
