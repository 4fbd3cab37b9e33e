// Everything that only people who are signed in need: conversations, the dock, drag, the live line.

import "./elements/conversation-dock.js";
import "./elements/pin-tray.js";
import {wakeWhenSeen} from "./lib/awake.js";
import {startLiveLine} from "./lib/live-line.js";
import {startOutbox} from "./lib/outbox.js";
import {startPinDrag} from "./lib/pin-drag.js";
import {startUnread} from "./lib/unread.js";

startUnread();
startOutbox();
startPinDrag();
startLiveLine();

// A card is chosen to go along with others.
function choose(event) {
  const card = event.target.closest?.("pin-card");
  if (!card) return;
  event.preventDefault();
  event.stopPropagation();
  import("./lib/pin-choice.js").then(({toggleChoice}) => toggleChoice(card));
}

addEventListener("click", (event) => event.shiftKey && choose(event), true);
addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key === "x" && !isTyping && !event.metaKey && !event.ctrlKey && !event.altKey) choose(event);
});
// Something is carried over the page, from here or from outside.
const heedDrag = ({type}) => import("./lib/outside-drag.js").then(({startOutsideDrag}) => startOutsideDrag({isOwn: type === "dragstart"}));
for (const name of ["dragstart", "dragenter"]) addEventListener(name, heedDrag, {once: true});

wakeWhenSeen({
  "copy-field": () => import("./elements/copy-field.js"),
  "conversation-list": () => import("./elements/conversation-list.js"),
  "conversation-window": () => import("./elements/conversation-window.js"),
  "pin-shelf": () => import("./elements/pin-shelf.js"),
  "message-receipts": () => import("./elements/message-receipts.js"),
  "people-picker": () => import("./elements/people-picker.js"),
});
