// Taking a message back: gone for everybody; its writer may have the words again.

import {closeMenu} from "./message-menu.js";
import {boardOf, messageOf, pinsOf, quoteOf, searchOf, tellChanged, wordsOf} from "./message-parts.js";
import {Refused, post} from "./post.js";
import {toast} from "./toast.js";

export async function run({window, control}) {
  const message = messageOf(window, control);
  closeMenu();
  if (!message) return;
  const said = {text: wordsOf(message), pins: pinsOf(message), search: searchOf(message), board: boardOf(message), quote: quoteOf(message)};
  let gone;
  try {
    const answer = await post(`${window.dataset.url}take-back/`, {message: message.dataset.message});
    gone = answer.gone;
    tellChanged(window, answer);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    toast(error.message);
    return;
  }
  const pins = said.pins.filter(({id}) => !gone.includes(id));
  const error = gone.length ? `What was brought with it went with it. Add ${gone.length > 1 ? "those pictures" : "the picture"} again.` : "";
  const writeAgain = () => window.querySelector("message-composer")?.giveBack({...said, pins, error});
  toast("You took the message back.", {label: "Write it again", run: writeAgain});
}
