import "./elements/draft-reading.js";
import "./elements/more-pins.js";
import "./elements/picture-drop.js";
import "./elements/pin-card.js";
import "./elements/theme-toggle.js";
import "./elements/toast-region.js";
import {startBusyButtons} from "./lib/busy-buttons.js";
import {startMenus} from "./lib/menus.js";
import {startNavigation} from "./lib/navigation.js";
import {startSaveMenu} from "./lib/save-menu.js";

startBusyButtons();
startMenus();
startNavigation();
startSaveMenu();
