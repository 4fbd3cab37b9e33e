// Where everything begins. A visitor never fetches what only people who are signed in can use,
// and nobody fetches an element before its HTML arrives.

import "./elements/more-pins.js";
import "./elements/pin-card.js";
import "./elements/theme-toggle.js";
import "./elements/toast-region.js";
import {wakeWhenSeen} from "./lib/awake.js";
import {startBusyButtons} from "./lib/busy-buttons.js";
import {startMenus} from "./lib/menus.js";
import {startNavigation} from "./lib/navigation.js";
import {toast} from "./lib/toast.js";

startBusyButtons();
startMenus();
startNavigation();
wakeWhenSeen({
  "board-picker": () => import("./elements/board-picker.js"),
  "bookmarklet-link": () => import("./elements/bookmarklet-link.js"),
  "close-window": () => import("./elements/close-window.js"),
  "draft-reading": () => import("./elements/draft-reading.js"),
  "guide-chips": () => import("./elements/guide-chips.js"),
  "link-drop": () => import("./elements/link-drop.js"),
  "news-seen": () => import("./elements/news-seen.js"),
  "picture-drop": () => import("./elements/picture-drop.js"),
  "push-switch": () => import("./elements/push-switch.js"),
  "read-time": () => import("./elements/read-time.js"),
  "recipe-servings": () => import("./elements/recipe-servings.js"),
  "search-facts": () => import("./elements/search-facts.js"),
  "search-kept": () => import("./elements/search-kept.js"),
  "search-together": () => import("./elements/search-together.js"),
  "shopping-list": () => import("./elements/shopping-list.js"),
  "video-still": () => import("./elements/video-still.js"),
  "search-suggest": () => import("./elements/search-suggest.js"),
});
document.addEventListener("pin-save-menu", (event) => {
  event.preventDefault();
  import("./lib/save-menu.js").then(({openSaveMenu}) => openSaveMenu(event.detail), () => toast("No connection. Try again."));
});
const search = document.querySelector("[data-shell-search]");
search?.addEventListener("focusin", () => search.append(document.createElement("search-suggest")), {once: true});
if (document.documentElement.dataset.person) import("./conversations.js");
