// A finger that stays on a message opens its menu. On a pin it picks the pin up instead
// (pin-drag.js), and links and buttons do what they do.

const STAYS_MS = 450;
const STILL_PX = 10;

export function heedLongPress(window, signal) {
  let press = null; // {timer, x, y}
  const end = () => {
    clearTimeout(press?.timer);
    press = null;
  };
  window.addEventListener("pointerdown", (event) => {
    const message = event.target.closest(".message[data-message]");
    if (event.pointerType === "mouse" || !message || event.target.closest("a, button, pin-card, textarea, details")) return;
    const open = async () => {
      const {openMenu} = await import("./message-menu.js");
      openMenu(window, message, message.querySelector(".message-more"));
    };
    press = {timer: setTimeout(open, STAYS_MS), x: event.clientX, y: event.clientY};
  }, {signal});
  window.addEventListener("pointermove", ({clientX, clientY}) => {
    if (press && Math.hypot(clientX - press.x, clientY - press.y) > STILL_PX) end();
  }, {signal});
  for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, end, {signal});
  window.addEventListener("contextmenu", (event) => press && event.preventDefault(), {signal});
}
