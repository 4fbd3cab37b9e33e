// A message that is still on its way, or was refused, as it stands in the conversation.

import {searchWords} from "./search-chip.js";
import {quoteLine} from "./quotes.js";

// waits: what it waits for, when it is not on its way at this moment.
export function unsentMessage({id, text, pins, search, quote, board, error}, waits = "Sending…") {
  const item = document.createElement("li");
  item.className = `message is-mine is-unsent ${error ? "is-failed" : "is-pending"}`;
  item.dataset.client = id;
  const body = make("div", "message-body");
  if (quote) body.append(quoteLine(quote));
  for (const pin of pins) body.append(pinOf(pin));
  if (search) body.append(make("p", "message-text", `Search: ${searchWords(search)}`));
  if (board) body.append(make("p", "message-text", `Board: ${board.name}`));
  if (text) body.append(make("p", "message-text", text));
  const state = make("p", "message-state", error ? `Not sent. ${error} ` : waits);
  if (error) state.append(button("again", "Try again"), button("take-back", "Take back"));
  body.append(state);
  item.append(body);
  return item;
}

function pinOf({title, picture, alt}) {
  const card = make("div", "message-pin");
  if (picture) {
    const image = make("img", "message-pin-picture");
    image.src = picture;
    image.alt = alt;
    card.append(image);
  }
  card.append(make("p", "shared-pin-words", title));
  return card;
}

function button(act, words) {
  const made = make("button", "", words);
  made.type = "button";
  made.dataset.act = act;
  return made;
}

function make(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
