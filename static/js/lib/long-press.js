// A finger that stays on a message opens its menu. On a pin it picks the pin up instead
// (pin-drag.js), and links and buttons do what they do.

const STAYS_MS = 450;
const STILL_PX = 10;

export function heedLongPress(window, signal) {
  let press = null; // {timer, x, y, isLong}
  const end = () => {
    clearTimeout(press?.timer);
    press = null;
  };
  window.addEventListener("pointerdown", (event) => {
    const message = event.target.closest(".message[data-message]");
    if (event.pointerType === "mouse" || !message || event.target.closest("a, button, pin-card, textarea, details")) return;
    const began = press = {x: event.clientX, y: event.clientY, isLong: false};
    began.timer = setTimeout(async () => {
      began.isLong = true;
      const {openMenu} = await import("./message-menu.js");
      openMenu(window, message, message.querySelector(".message-more"));
    }, STAYS_MS);
  }, {signal});
  window.addEventListener("pointermove", ({clientX, clientY}) => {
    if (press && Math.hypot(clientX - press.x, clientY - press.y) > STILL_PX) end();
  }, {signal});
  // The mouse that follows a lifted finger would press beside the menu and close it.
  window.addEventListener("touchend", (event) => {
    if (press?.isLong) event.preventDefault();
    end();
  }, {signal, passive: false});
  window.addEventListener("pointercancel", end, {signal});
  window.addEventListener("contextmenu", (event) => press && event.preventDefault(), {signal});
}
