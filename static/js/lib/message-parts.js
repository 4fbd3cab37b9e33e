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

// The query string of the search it carries, "" without one.
export function searchOf(message) {
  const card = message.querySelector(".search-card");
  return card ? new URL(card.href).search.slice(1) : "";
}

// A private board tells its number alone, in its address.
export function boardOf(message) {
  const card = message.querySelector(".board-card");
  if (!card) return null;
  const id = Number(card.dataset.board ?? new URL(card.href).pathname.match(/\d+/)[0]);
  return {id, name: card.querySelector("b").textContent, picture: card.querySelector("img")?.src ?? ""};
}

// What it answers, as in quotes.js; null when that is gone.
export function quoteOf(message) {
  const line = message.querySelector("a.quote");
  if (!line) return null;
  const {quote, place} = line.dataset;
  const [author, words] = [...line.children].map(({textContent}) => textContent);
  return {id: Number(quote), place: Number(place), author, words};
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
