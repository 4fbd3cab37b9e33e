// Answering one message in particular.

import {closeMenu} from "./message-menu.js";
import {messageOf, wordsOf} from "./message-parts.js";

const EXCERPT = 140;

export function run({window, control}) {
  const message = messageOf(window, control);
  closeMenu({keepsFocus: true});
  if (!message) return;
  window.querySelector("message-composer")?.answer({
    id: Number(message.dataset.message),
    place: Number(message.dataset.place),
    author: message.querySelector(".message-sender").textContent,
    words: wordsOf(message).replace(/\s+/g, " ").slice(0, EXCERPT) || (message.querySelector("pin-card") ? "a pin" : "a message"),
  });
}
