// Picking up any pin: with the mouse after a few pixels, with a finger after a long press (a quick
// swipe still scrolls). It shrinks beside the pointer; whatever has data-drop takes it.
//
// Several go together when they were chosen before (pin-choice.js).
//
// Announces on document "pin-drag-start" and "pin-drag-end", and on the thing they were dropped
// on "pin-drop" {pins}. What comes from outside the page: outside-drag.js.

import {pinsWith} from "./pin-transfer.js";

const MOUSE_PX = 6;
const FINGER_PX = 10;
const PRESS_MS = 250;
const BESIDE_PX = 14;

let held = null; // {card, x, y, id, timer}: pressed, not yet picked up
let drag = null; // {pins, card, ghost, target, id, isTouch}

export function startPinDrag() {
  document.addEventListener("pointerdown", press);
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", release);
  document.addEventListener("pointercancel", cancel);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drag) return;
    event.stopPropagation();
    cancel();
    addEventListener("pointerup", ignoreClick, {capture: true, once: true});
  }, true);
  addEventListener("blur", cancel);
  // The browser's own drag of links would take the pointer away from us.
  document.addEventListener("dragstart", (event) => event.target.closest?.("pin-card") && event.preventDefault());
  document.addEventListener("contextmenu", (event) => (drag || held?.isTouch) && event.preventDefault());
  // Not passive: while a pin is carried the page must not scroll along.
  document.addEventListener("touchmove", (event) => drag && event.preventDefault(), {passive: false});
}

function press(event) {
  if (drag) return;
  drop();
  const card = event.target.closest("pin-card");
  if (!card || event.button || !event.isPrimary || event.target.closest("[data-act], button, input, textarea")) return;
  const isTouch = event.pointerType !== "mouse";
  const {clientX: x, clientY: y, pointerId: id} = event;
  held = {card, x, y, id, isTouch, timer: isTouch ? setTimeout(() => held && lift(), PRESS_MS) : 0};
}

function drop() {
  clearTimeout(held?.timer);
  held = null;
}

function move(event) {
  if (drag) {
    if (event.pointerId === drag.id) carry(event.clientX, event.clientY);
    return;
  }
  if (!held || event.pointerId !== held.id) return;
  const far = Math.hypot(event.clientX - held.x, event.clientY - held.y);
  if (held.isTouch) {
    if (far > FINGER_PX) drop(); // a swipe: the page scrolls
  } else if (far > MOUSE_PX) {
    lift();
    carry(event.clientX, event.clientY);
  }
}

function lift() {
  const {card, x, y, id, isTouch} = held;
  drop();
  const pins = pinsWith(card);
  drag = {pins, card, ghost: makeGhost(card, pins), target: null, id, isTouch};
  card.classList.add("is-lifted");
  document.documentElement.setAttribute("data-dragging", "");
  getSelection().removeAllRanges();
  if (isTouch) navigator.vibrate?.(10);
  document.dispatchEvent(new CustomEvent("pin-drag-start"));
  for (const place of document.querySelectorAll("conversation-window[data-drop]")) place.classList.add("is-lit");
  carry(x, y);
}

function makeGhost(card, pins) {
  const {picture, title} = pins[0];
  const ghost = document.createElement("div");
  ghost.className = "drag-ghost";
  if (picture) {
    const shown = card.querySelector("img");
    const image = new Image();
    image.src = shown?.currentSrc || picture;
    image.alt = "";
    ghost.dataset.colour = shown?.dataset.colour ?? "";
    ghost.append(image);
  } else {
    ghost.textContent = title;
  }
  if (pins.length > 1) ghost.dataset.count = pins.length;
  document.body.append(ghost);
  const from = card.getBoundingClientRect();
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
    ghost.animate([{scale: Math.max(1, from.width / ghost.offsetWidth), opacity: 0.7}, {scale: 1, opacity: 1}], {duration: 160, easing: "ease-out"});
  }
  return ghost;
}

function carry(x, y) {
  const {ghost, isTouch} = drag;
  const left = beside(x, ghost.offsetWidth, innerWidth);
  // Above a finger, which hides what is below it.
  const top = isTouch ? y - BESIDE_PX - ghost.offsetHeight : beside(y, ghost.offsetHeight, innerHeight);
  ghost.style.translate = `${left}px ${top}px`;
  const target = document.elementFromPoint(x, y)?.closest("[data-drop]") ?? null;
  if (target === drag.target) return;
  drag.target?.classList.remove("is-over");
  target?.classList.add("is-over");
  drag.target = target;
}

// After the place, or before it where the window ends.
function beside(place, size, end) {
  return place + BESIDE_PX + size > end ? place - BESIDE_PX - size : place + BESIDE_PX;
}

function release(event) {
  drop();
  if (!drag || event.pointerId !== drag.id) return;
  const {target, pins} = drag;
  ignoreClick();
  target?.dispatchEvent(new CustomEvent("pin-drop", {bubbles: true, detail: {pins}}));
  end();
}

// The press that carried a pin is no click on what lies under it; the next press is.
function ignoreClick() {
  addEventListener("click", swallow, {capture: true});
  addEventListener("pointerdown", heedClick, {capture: true, once: true});
  setTimeout(heedClick, 50);
}

function heedClick() {
  removeEventListener("click", swallow, {capture: true});
  removeEventListener("pointerdown", heedClick, {capture: true});
}

function swallow(event) {
  if (!event.isTrusted) return; // a script's own, such as the way to a conversation
  event.preventDefault();
  event.stopPropagation();
}

function cancel(event) {
  if (event?.pointerId !== undefined && drag && event.pointerId !== drag.id) return;
  drop();
  if (drag) end();
}

function end() {
  const {ghost, card, target} = drag;
  drag = null;
  ghost.remove();
  card.classList.remove("is-lifted");
  target?.classList.remove("is-over");
  document.documentElement.removeAttribute("data-dragging");
  for (const place of document.querySelectorAll(".is-lit")) place.classList.remove("is-lit");
  document.dispatchEvent(new CustomEvent("pin-drag-end"));
}
