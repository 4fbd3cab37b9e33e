// Taking a message back: gone for everybody; its writer may have the words again.

import {closeMenu} from "./message-menu.js";
import {messageOf, pinsOf, tellChanged, wordsOf} from "./message-parts.js";
import {Refused, post} from "./post.js";
import {toast} from "./toast.js";

export async function run({window, control}) {
  const message = messageOf(window, control);
  closeMenu();
  if (!message) return;
  const said = {text: wordsOf(message), pins: pinsOf(message), search: ""};
  try {
    tellChanged(window, await post(`${window.dataset.url}take-back/`, {message: message.dataset.message}));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    toast(error.message);
    return;
  }
  const writeAgain = () => window.querySelector("message-composer")?.giveBack(said);
  toast("You took the message back.", {label: "Write it again", run: writeAgain});
}
