// A board that waits in the composer to be sent along. board: {id, name, picture}.

import {icon} from "./icon.js";

export function boardChip(board) {
  const chip = document.createElement("p");
  chip.className = "composer-search composer-board";
  Object.assign(chip.dataset, {board: board.id, name: board.name, picture: board.picture});
  const words = document.createElement("span");
  words.textContent = board.name;
  const away = document.createElement("button");
  Object.assign(away, {type: "button", className: "window-act"});
  away.dataset.act = "detach";
  away.setAttribute("aria-label", "Take the board away");
  away.append(icon("x"));
  const image = new Image(36, 36);
  Object.assign(image, {src: board.picture, alt: ""});
  chip.append(board.picture ? image : icon("bookmark"), words, away);
  return chip;
}

// The board that waits in a composer, or null.
export function boardIn(composer) {
  const chip = composer.querySelector(".composer-board");
  return chip && {id: Number(chip.dataset.board), name: chip.dataset.name, picture: chip.dataset.picture};
}
