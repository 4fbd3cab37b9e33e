// Saying one's own message in other words: from the menu, or with ArrowUp in an empty box.

import {closeMenu} from "./message-menu.js";
import {messageOf, wordsOf} from "./message-parts.js";
import {Refused, post} from "./post.js";

export function run({window, control}) {
  const message = messageOf(window, control);
  closeMenu({keepsFocus: true});
  if (message) begin(window, message);
}

export function amendLast(window) {
  const message = [...window.querySelectorAll("[data-messages] > .message.is-mine[data-message]")].at(-1);
  if (message) begin(window, message);
}

// amended: {id, was}, the message and its words until now. Answers "" or what was wrong.
export async function saveAmended(conversation, {id, was}, text) {
  if (text === was.trim()) return "";
  try {
    const {number} = await post(`/messages/${conversation}/amend/`, {message: id, text});
    document.dispatchEvent(new CustomEvent("live:conversation.changed", {detail: {conversation, number}}));
    return "";
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return error.message;
  }
}

function begin(window, message) {
  window.querySelector("message-composer")?.amend({id: Number(message.dataset.message), was: wordsOf(message)});
}
