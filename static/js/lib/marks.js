// Saved or not, favourite or not: every card of a pin on the page shows the same. Cards in messages
// are drawn once for everybody, so what the viewer marked is asked for.

import {getJson} from "./post.js";

const TOGETHER_MS = 30;
const MOST = 200; // pins in one question
const known = new Map(); // pin -> {save, favourite}
const waiting = new Set();

export function setMark(pin, act, on) {
  known.set(String(pin), {...known.get(String(pin)), [act]: on});
  for (const card of document.querySelectorAll(`pin-card[data-pin="${pin}"]`)) paint(card, act, on);
}

// What is known already, on cards that just arrived.
export function paintMarks(root) {
  for (const card of root.querySelectorAll("pin-card")) {
    for (const [act, on] of Object.entries(known.get(card.dataset.pin) ?? {})) paint(card, act, on);
  }
}

export function askMarks(root) {
  if (root.closest("[data-guest]")) return; // guests keep nothing
  if (!waiting.size) setTimeout(ask, TOGETHER_MS);
  for (const card of root.querySelectorAll("pin-card")) {
    if (!("favourite" in (known.get(card.dataset.pin) ?? {}))) waiting.add(card.dataset.pin);
  }
}

async function ask() {
  const pins = [...waiting].slice(-MOST);
  waiting.clear();
  if (!pins.length) return;
  const answer = await getJson(`/pins/marks/?${new URLSearchParams(pins.map((pin) => ["pin", pin]))}`).catch(() => null);
  if (!answer) return;
  for (const pin of pins) {
    const marks = {save: answer.saved.includes(Number(pin)), favourite: answer.favourites.includes(Number(pin))};
    for (const [act, on] of Object.entries(marks)) {
      // What was pressed while we asked is newer than the answer.
      if (!(act in (known.get(pin) ?? {}))) setMark(pin, act, on);
    }
  }
}

function paint(card, act, on) {
  for (const control of card.querySelectorAll(`[data-act="${act}"]`)) {
    if (act === "favourite") {
      control.setAttribute("aria-pressed", String(on));
    } else if (control.classList.contains("is-on") !== on) {
      control.classList.toggle("is-on", on);
      control.textContent = on ? "Saved" : "Save";
      for (const name of ["title", "aria-label"]) control.removeAttribute(name); // see pin-card.js
    }
  }
}
