// Pictures from one's own device, by the button of the composer.

import {leaveMenu} from "./menus.js";

export function run({window: shown, control}) {
  leaveMenu(control);
  const input = document.createElement("input");
  Object.assign(input, {type: "file", multiple: true, accept: "image/*"});
  input.addEventListener("change", async () => {
    const bringer = await shown.querySelector("message-composer").bringer();
    bringer?.files([...input.files]);
  });
  input.click();
}
