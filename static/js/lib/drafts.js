// What is being written in each conversation: {text, pins, search, quote, board, amend}. Survives a reload and leaving the page.

import {forget, keep, recall} from "./store.js";

export function readDraft(conversation) {
  return recall(`draft:${conversation}`) ?? {text: "", pins: [], search: ""};
}

export function writeDraft(conversation, draft) {
  if (draft.text || draft.pins.length || draft.search || draft.quote || draft.board || draft.amend) keep(`draft:${conversation}`, draft);
  else forget(`draft:${conversation}`);
}

export function addToDraft(conversation, pins, search) {
  const draft = readDraft(conversation);
  const known = new Set(draft.pins.map((pin) => pin.id));
  writeDraft(conversation, {...draft, search: search || draft.search, pins: [...draft.pins, ...pins.filter((pin) => !known.has(pin.id))]});
}
