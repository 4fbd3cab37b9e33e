// Show a conversation, with pins and a search put into its composer: where it is open already, else in the dock,
// else (on phones) as a page of its own.

import {addToDraft} from "./drafts.js";
import {visit} from "./visit.js";

const brought = new Map(); // conversation -> what was dropped on it from outside, until its composer takes it

// found: as in transfer.js.
export function openConversation({id, pins = [], search = "", found = null, focus = true}) {
  if (found) brought.set(id, found);
  const windows = [...document.querySelectorAll(`conversation-window[data-conversation="${id}"]`)];
  const shown = windows.find((one) => one.checkVisibility());
  if (shown) {
    customElements.whenDefined("conversation-window").then(() => shown.take(pins, {focus, search}));
    return;
  }
  addToDraft(id, pins, search);
  const detail = {id, focus};
  // The dock takes it where there is one to see.
  if (document.dispatchEvent(new CustomEvent("conversation-open", {detail, cancelable: true}))) visit(`/messages/${id}/`);
}

export function takeBrought(id) {
  const found = brought.get(id);
  brought.delete(id);
  return found;
}
