// What the acts on a message read from its HTML, and how they tell what came of them.

import {pinOf} from "./pin-transfer.js";

// control: inside the message, or inside the window's menu, which says whose it is.
export function messageOf(window, control) {
  const id = control.closest("[data-menu]")?.dataset.for;
  return id ? window.querySelector(`[data-messages] > [data-message="${id}"]`) : control.closest("[data-message]");
}

export function wordsOf(message) {
  return message.querySelector(".message-text")?.textContent ?? "";
}

export function pinsOf(message) {
  return [...message.querySelectorAll("pin-card")].map(pinOf);
}

export function isMine(message) {
  return message.classList.contains("is-mine");
}

// The server took the change: windows that have not heard of it ask for it.
export function tellChanged(window, {number}) {
  const detail = {conversation: Number(window.dataset.conversation), number};
  document.dispatchEvent(new CustomEvent("live:conversation.changed", {detail}));
}

// A change of this message alone, which came with it.
export function tellMessage(window, {number, place, html}) {
  const detail = {conversation: Number(window.dataset.conversation), number, place, html};
  document.dispatchEvent(new CustomEvent("live:message.changed", {detail}));
}
