// The menu over a card: which board, why. Its HTML is the save page's own form. Fetched with its
// first use.

import {setMark} from "./marks.js";
import {placeNear} from "./place.js";
import {getPart, post} from "./post.js";
import {toast} from "./toast.js";

const menu = document.getElementById("save-menu");
let card = null;

menu.addEventListener("toggle", (event) => card?.classList.toggle("is-open", event.newState === "open"));

menu.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const fields = new FormData(form, event.submitter);
  const note = menu.querySelector("[name=note]")?.value;
  if (note && !fields.get("note")) fields.set("note", note);
  try {
    const answer = await post(form.getAttribute("action"), fields);
    menu.hidePopover();
    remember(answer, event.submitter, fields);
    setMark(card.dataset.pin, "save", true);
  } catch (error) {
    toast(error.message);
  }
});

// detail: of "pin-save-menu", see pin-card.js.
export async function openSaveMenu(detail) {
  const {control} = detail;
  card = detail.card;
  try {
    menu.innerHTML = await getPart(`/pins/${card.dataset.pin}/save/`);
  } catch {
    location.assign(`/pins/${card.dataset.pin}/save/`);
    return;
  }
  menu.showPopover();
  placeNear(menu, control);
  (menu.querySelector(".save-board") ?? menu.querySelector("input[name=new_board]"))?.focus({preventScroll: true});
}

// answer: {board: {id, name, url}} when the server says so; the pressed button knows as well.
function remember({board}, button, fields) {
  const {dataset} = document.documentElement;
  const id = board?.id ?? fields.get("board");
  const name = board?.name ?? button?.querySelector(".save-board-name")?.textContent ?? fields.get("new_board");
  if (id) Object.assign(dataset, {board: id, boardName: name});
  toast(`Saved to ${name}`, board?.url ? {label: "See the board", url: board.url} : null);
}
