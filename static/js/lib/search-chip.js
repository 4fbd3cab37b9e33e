// A search that waits in the composer to be sent along.

import {icon} from "./icon.js";

// search: a query string such as "q=pasta&g=lemon".
export function searchChip(search) {
  const parts = new URLSearchParams(search);
  const chip = document.createElement("p");
  chip.className = "composer-search";
  chip.dataset.search = search;
  const words = document.createElement("span");
  words.textContent = [parts.get("q"), ...parts.getAll("g")].join(" · ");
  const away = document.createElement("button");
  Object.assign(away, {type: "button", className: "window-act"});
  away.dataset.act = "detach";
  away.setAttribute("aria-label", "Take the search away");
  away.append(icon("x"));
  chip.append(icon("search"), words, away);
  return chip;
}
