// What is being written in each conversation: {text, pins, search, quote, board, amend}. Survives a
// reload and leaving the page.
//
// Announces on document "draft-changed" {conversation, by}: another tab wrote it, or another window
// of this one. by: the composer it was written in, if any.

import {forget, keep, onOtherTab, recall} from "./store.js";

const EMPTY = {text: "", pins: [], search: ""};
const PREFIX = "draft:";

onOtherTab((key) => key.startsWith(PREFIX) && announce(Number(key.slice(PREFIX.length)), null));

export function readDraft(conversation) {
  return recall(PREFIX + conversation) ?? EMPTY;
}

export function writeDraft(conversation, draft, by = null) {
  if (saysSomething(draft)) keep(PREFIX + conversation, draft);
  else forget(PREFIX + conversation);
  announce(conversation, by);
}

export function addToDraft(conversation, pins, search) {
  const draft = readDraft(conversation);
  const known = new Set(draft.pins.map((pin) => pin.id));
  writeDraft(conversation, {...draft, search: search || draft.search, pins: [...draft.pins, ...pins.filter((pin) => !known.has(pin.id))]});
}

// The words become something else.
export function cutFromDraft(conversation, words) {
  const draft = readDraft(conversation);
  writeDraft(conversation, {...draft, text: draft.text.replace(words, "").trim()});
}

// Answers what a message is made of, and forgets it; null when there is nothing, or when an earlier
// message is being edited in front of it.
export function takeDraft(conversation) {
  const {amend, ...draft} = readDraft(conversation);
  if (amend || !saysSomething(draft)) return null;
  writeDraft(conversation, EMPTY);
  return draft;
}

function saysSomething({text, pins, search, quote, board, amend}) {
  return Boolean(text || pins.length || search || quote || board || amend);
}

function announce(conversation, by) {
  document.dispatchEvent(new CustomEvent("draft-changed", {detail: {conversation, by}}));
}
