// What is being written in each conversation: {text, pins}. Survives a reload and leaving the page.

import {forget, keep, recall} from "./store.js";

export function readDraft(conversation) {
  return recall(`draft:${conversation}`) ?? {text: "", pins: []};
}

export function writeDraft(conversation, draft) {
  if (draft.text || draft.pins.length) keep(`draft:${conversation}`, draft);
  else forget(`draft:${conversation}`);
}

export function addToDraft(conversation, pins) {
  const draft = readDraft(conversation);
  const known = new Set(draft.pins.map((pin) => pin.id));
  writeDraft(conversation, {...draft, pins: [...draft.pins, ...pins.filter((pin) => !known.has(pin.id))]});
}
