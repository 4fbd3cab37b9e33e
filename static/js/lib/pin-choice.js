// Several pins at once: Shift with a press, or "x" on a card, chooses it; a drag or "Send" from one of
// them then takes all. The bar at the foot says how many, and lets them go.

import {pinOf} from "./pin-transfer.js";

let bar = null;

export function toggleChoice(card) {
  const isChosen = card.classList.toggle("is-chosen");
  card.querySelector(".pin-card-picture, .shared-pin-picture")?.setAttribute("aria-description", isChosen ? "Chosen" : "");
  show();
}

function chosen() {
  return [...document.querySelectorAll("pin-card.is-chosen")];
}

function letGo() {
  for (const card of chosen()) card.classList.remove("is-chosen");
  show();
}

function show() {
  const cards = chosen();
  if (!bar) {
    bar = makeBar();
    document.addEventListener("page-arrived", show);
    document.addEventListener("pin-drop", letGo);
    document.addEventListener("conversation-open", letGo);
  }
  bar.hidden = !cards.length;
  bar.querySelector("[data-count]").textContent = `${cards.length} ${cards.length === 1 ? "pin" : "pins"} chosen`;
}

function makeBar() {
  const made = document.createElement("div");
  made.className = "toast choice-bar";
  made.append(words(), button("Send", "send", send), button("Let go", "let-go", letGo));
  document.body.append(made);
  addEventListener("keydown", (event) => event.key === "Escape" && !made.hidden && !event.defaultPrevented && letGo());
  return made;
}

function words() {
  const made = document.createElement("span");
  made.setAttribute("role", "status");
  made.dataset.count = "";
  return made;
}

function button(label, act, run) {
  const made = document.createElement("button");
  made.type = "button";
  made.dataset.act = act;
  made.textContent = label;
  made.addEventListener("click", run);
  return made;
}

function send({currentTarget: control}) {
  const detail = {pins: chosen().map(pinOf), control};
  document.dispatchEvent(new CustomEvent("pin-send", {cancelable: true, detail}));
}
