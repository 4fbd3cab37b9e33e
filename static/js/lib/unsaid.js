// What stands in a composer and is not said yet: words, pins, a search, a board, whom it answers.

import {boardIn} from "./board-chip.js";
import {pinOf} from "./pin-transfer.js";
import {quoteIn} from "./quotes.js";

export function unsaidIn(composer) {
  return {
    text: composer.querySelector("[data-text]").value,
    pins: [...composer.querySelectorAll("[data-attached] > [data-pin]")].map(waitingPin),
    search: composer.querySelector("[data-search]")?.dataset.search ?? "",
    quote: quoteIn(composer),
    board: boardIn(composer),
  };
}

// What is still on its way from outside stays.
export function takeUnsaid(composer) {
  const said = unsaidIn(composer);
  composer.querySelector("[data-text]").value = "";
  for (const part of composer.querySelectorAll("[data-quote], [data-search], .composer-board, [data-attached] > [data-pin]")) part.remove();
  const shelf = composer.querySelector("[data-attached]");
  shelf.hidden = !shelf.children.length;
  return said;
}

// From a field in which somebody may be writing on: the cursor stays where it is among the rest.
export function cutWords(field, words) {
  const start = field.value.indexOf(words);
  if (start < 0) return;
  const end = start + words.length;
  const blank = /\s/.test(field.value[end] ?? "") && /\s|^$/.test(field.value[start - 1] ?? "");
  field.setRangeText("", start, end + Number(blank), "preserve");
  if (!field.value.trim()) field.value = "";
}

// Pins brought from outside have an id like "o12" and their draft.
function waitingPin(item) {
  const {pin, draft} = item.dataset;
  return {...pinOf(item), id: Number(pin) || pin, draft};
}
