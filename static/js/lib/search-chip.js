// A search that waits in the composer to be sent along.

import {icon} from "./icon.js";

// search: a query string such as "q=pasta&g=lemon".
export function searchChip(search) {
  const chip = document.createElement("p");
  chip.className = "composer-search";
  chip.dataset.search = search;
  const words = document.createElement("span");
  words.textContent = searchWords(search);
  const away = document.createElement("button");
  Object.assign(away, {type: "button", className: "window-act"});
  away.dataset.act = "detach";
  away.setAttribute("aria-label", "Take the search away");
  away.append(icon("x"));
  chip.append(icon("search"), words, away);
  return chip;
}

export function searchWords(search) {
  const parts = new URLSearchParams(search);
  return [parts.get("q"), ...parts.getAll("g")].filter(Boolean).join(" · ") || "A search";
}
