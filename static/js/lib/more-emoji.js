// Every other emoji: some to press, and a field for the keyboard's own.

import {closeMenu, placeMenu} from "./message-menu.js";
import {messageOf} from "./message-parts.js";
import {react} from "./reacting.js";

const SOME = "😀 😄 😅 🤣 😊 😍 😘 😋 🤔 🤨 😐 🙄 😬 😴 😎 🤩 🥳 😢 😭 😤 😱 🤯 🥰 🤗 👎 👏 🙌 🤝 💪 🤞 👌 👀 🔥 ✨ 💯 💔 🎂 🍝 🍋 🍷 ☕ 🏠 🪑 💐 ✈️ ☀️ 💸 ✅".split(" ");

export function run({window, control}) {
  const menu = control.closest("[data-menu]");
  const shown = menu.querySelector(".emoji-more");
  control.setAttribute("aria-expanded", String(!shown));
  if (shown) {
    shown.remove();
    placeMenu();
    return;
  }
  const more = document.createElement("div");
  more.className = "emoji-more";
  const some = document.createElement("p");
  some.className = "emoji-some";
  some.append(...SOME.map(button));
  more.append(ownField(window, control), some);
  control.parentElement.after(more);
  placeMenu();
  more.querySelector("input").focus({preventScroll: true});
}

function ownField(window, control) {
  const line = document.createElement("p");
  line.className = "emoji-own";
  const field = document.createElement("input");
  Object.assign(field, {maxLength: 16, placeholder: "Any emoji", autocomplete: "off"});
  field.setAttribute("aria-label", "Any emoji");
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const emoji = field.value.trim();
    const message = messageOf(window, control);
    closeMenu();
    if (emoji && message) react(window, message, emoji);
  });
  line.append(field);
  return line;
}

function button(emoji) {
  const made = document.createElement("button");
  Object.assign(made, {type: "button", className: "emoji-button", value: emoji, textContent: emoji});
  made.dataset.act = "react";
  return made;
}
