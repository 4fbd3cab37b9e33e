// Files, pictures and links carried in from outside: the tray rises as for a pin, and whatever names
// a conversation or a person takes them. An open conversation takes them itself (receiving.js).
//
// Announces what pin-drag.js does; "pin-drop" {found} with what was dropped, as in transfer.js.

import {readTransfer} from "./transfer.js";

const GONE_MS = 800; // a carried thing tells where it is every third of a second at the latest
const OWN_WAY = "conversation-window, picture-drop, input, textarea";

let started = false;
let isOwn = false; // picked up on this page
let target = null; // what would take it here
let timer = 0; // until it is believed to be gone; 0 while nothing is carried

export function startOutsideDrag({isOwn: began}) {
  if (started) return;
  started = true;
  isOwn = began;
  document.addEventListener("dragstart", () => { isOwn = true; });
  document.addEventListener("dragend", () => { isOwn = false; });
  document.addEventListener("dragover", over);
  document.addEventListener("drop", drop);
}

function over(event) {
  const {types} = event.dataTransfer;
  if (isOwn || !types.includes("Files") && !types.includes("text/uri-list")) return;
  begin();
  point(event.target.closest(OWN_WAY) ? null : event.target.closest("[data-drop]"));
  if (event.defaultPrevented || event.target.closest(OWN_WAY)) return;
  if (!target && !types.includes("Files")) return;
  event.preventDefault(); // a file that misses must not open in place of the page
  event.dataTransfer.dropEffect = target ? "copy" : "none";
}

function drop(event) {
  if (!timer) return;
  if (target) {
    event.preventDefault();
    const detail = {found: readTransfer(event.dataTransfer)};
    target.dispatchEvent(new CustomEvent("pin-drop", {bubbles: true, detail}));
  }
  end();
}

function begin() {
  const isFirst = !timer;
  clearTimeout(timer);
  timer = setTimeout(end, GONE_MS);
  if (!isFirst || document.querySelector("picture-drop")) return; // there it is to become a pin
  document.documentElement.setAttribute("data-dragging", "");
  document.dispatchEvent(new CustomEvent("pin-drag-start"));
}

function point(place) {
  if (place === target) return;
  target?.classList.remove("is-over");
  place?.classList.add("is-over");
  target = place;
}

function end() {
  clearTimeout(timer);
  timer = 0;
  point(null);
  document.documentElement.removeAttribute("data-dragging");
  document.dispatchEvent(new CustomEvent("pin-drag-end"));
}
