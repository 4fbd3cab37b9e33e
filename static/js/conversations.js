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
wakeWhenSeen({
  "conversation-list": () => import("./elements/conversation-list.js"),
  "conversation-window": () => import("./elements/conversation-window.js"),
  "pin-shelf": () => import("./elements/pin-shelf.js"),
  "message-receipts": () => import("./elements/message-receipts.js"),
  "people-picker": () => import("./elements/people-picker.js"),
});
