// An emoji on a message: shown at once, pressed again it goes.

import {inOrder} from "./in-order.js";
import {closeMenu} from "./message-menu.js";
import {messageOf, tellMessage} from "./message-parts.js";
import {Refused, post} from "./post.js";
import {paintReactions} from "./reactions.js";
import {toast} from "./toast.js";

export function run({window, control}) {
  const message = messageOf(window, control);
  closeMenu();
  if (message) react(window, message, control.value);
}

export async function react(window, message, emoji) {
  const {viewer} = window.dataset;
  const id = message.dataset.message;
  const on = !peopleOf(chipOf(message, emoji)).includes(viewer);
  paint(message, emoji, viewer, on);
  try {
    tellMessage(window, await inOrder(() => post(`${window.dataset.url}react/`, {message: id, emoji, on: on ? 1 : 0})));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const shown = window.querySelector(`[data-messages] > [data-message="${id}"]`);
    if (shown) paint(shown, emoji, viewer, !on);
    toast(error.message);
  }
}

function chipOf(message, emoji) {
  return [...message.querySelectorAll(".reaction")].find((chip) => chip.value === emoji);
}

function peopleOf(chip) {
  return chip?.dataset.people.split(" ").filter(Boolean) ?? [];
}

function paint(message, emoji, viewer, on) {
  const chip = chipOf(message, emoji) ?? addChip(message, emoji);
  const people = peopleOf(chip).filter((person) => person !== viewer);
  if (on) people.push(viewer);
  chip.dataset.people = people.join(" ");
  chip.querySelector("b").textContent = people.length;
  if (!people.length) takeAway(chip, message);
  paintReactions(message, viewer);
}

function takeAway(chip, message) {
  if (chip === document.activeElement) message.querySelector(".message-more").focus({preventScroll: true});
  chip.remove();
}

function addChip(message, emoji) {
  let row = message.querySelector(".reactions");
  if (!row) {
    row = document.createElement("p");
    row.className = "reactions";
    message.querySelector(".message-more").before(row);
  }
  const chip = document.createElement("button");
  Object.assign(chip, {type: "button", className: "reaction", value: emoji});
  Object.assign(chip.dataset, {act: "react", people: ""});
  chip.append(emoji, document.createElement("b"));
  row.append(chip);
  return chip;
}
