// The words of a message, to be pasted elsewhere.

import {closeMenu} from "./message-menu.js";
import {messageOf, wordsOf} from "./message-parts.js";
import {toast} from "./toast.js";

export async function run({window, control}) {
  const message = messageOf(window, control);
  closeMenu();
  if (!message) return;
  try {
    await navigator.clipboard.writeText(wordsOf(message));
    toast("Copied.");
  } catch {
    toast("This browser does not let us copy. Mark the words instead.");
  }
}
