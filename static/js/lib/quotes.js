// What a message answers: in the composer, and on a message that is still on its way.
// A quote: {id, place, author, words}.

import {icon} from "./icon.js";

export function quoteChip(quote) {
  const chip = bar("reply", quote.author, quote.words, "unquote", "Answer nobody in particular");
  Object.assign(chip.dataset, quote, {quote: quote.id});
  return chip;
}

export function quoteIn(composer) {
  const chip = composer.querySelector("[data-quote]");
  if (!chip) return null;
  const {quote, place, author, words} = chip.dataset;
  return {id: Number(quote), place: Number(place), author, words};
}

// Whether the message was taken back, as far as this page knows.
export function isRemoved(id) {
  return Boolean(document.getElementById(`message-${id}`)?.matches(".is-removed"));
}

// What one says in other words stands above the box in the same way.
export function amendChip() {
  const chip = bar("pencil", "Editing", "your message", "give-up", "Leave the message as it is");
  chip.classList.add("is-amend");
  return chip;
}

export function quoteLine({author, words}) {
  const line = document.createElement("p");
  line.className = "quote";
  line.append(make("b", author), make("span", words));
  return line;
}

function bar(symbol, who, words, act, label) {
  const chip = document.createElement("p");
  chip.className = "composer-quote";
  const said = document.createElement("span");
  said.append(make("b", who), ` ${words}`);
  const away = document.createElement("button");
  Object.assign(away, {type: "button", className: "window-act"});
  away.dataset.act = act;
  away.setAttribute("aria-label", label);
  away.append(icon("x"));
  chip.append(icon(symbol), said, away);
  return chip;
}

function make(tag, text) {
  return Object.assign(document.createElement(tag), {textContent: text});
}
