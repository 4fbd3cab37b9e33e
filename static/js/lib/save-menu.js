// The menu over a card: which board, why, and what to take off. Its HTML is the save page's own
// form. Fetched with its first use.

import {setMark} from "./marks.js";
import {placeNear} from "./place.js";
import {getPart, post} from "./post.js";
import {toast} from "./toast.js";

const menu = document.getElementById("save-menu");
let card = null; // whose menu is shown
let asked = 0; // how often a menu was asked for: only the last answer is still wanted

menu.addEventListener("toggle", (event) => card?.classList.toggle("is-open", event.newState === "open"));

menu.addEventListener("submit", async (event) => {
  event.preventDefault();
  const {target: form, submitter} = event;
  if (form.method === "get") {
    takeFound();
    return;
  }
  if (form.ariaBusy === "true") return; // pressed twice, a new board would be made twice
  form.ariaBusy = "true";
  const {pin} = card.dataset;
  const fields = new FormData(form, submitter);
  const note = menu.querySelector("[name=note]")?.value;
  if (note && !fields.get("note")) fields.set("note", note);
  const address = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  const name = submitter?.querySelector(".save-board-name")?.textContent ?? fields.get("new_board");
  try {
    const answer = await post(address, fields);
    menu.hidePopover();
    if (address.endsWith("/unsave/")) tookOff(pin, fields.get("board"), name, answer);
    else saved(pin, name, answer, address.includes("?"));
  } catch (error) {
    form.ariaBusy = "false";
    toast(error.message);
  }
});

// Typing narrows the boards, in the field for it or anywhere on the list; Enter takes the first.
menu.addEventListener("input", ({target}) => target.name === "find" && narrow(target.value));

menu.addEventListener("keydown", (event) => {
  const isLetter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (isLetter && event.target.closest(".save-boards")) findField()?.focus();
});

// What opens at the foot of a long menu is shown whole.
menu.addEventListener("toggle", ({target}) => {
  if (!target.matches(".save-new[open]")) return;
  target.scrollIntoView({block: "nearest"});
  target.querySelector("[name=new_board]").focus({preventScroll: true});
}, true);

function findField() {
  return menu.querySelector("[name=find]");
}

function narrow(typed) {
  const asked = parts(typed);
  let isAny = false;
  for (const row of menu.querySelectorAll(".save-boards > li")) {
    const names = parts(row.querySelector(".save-board-name").textContent);
    row.hidden = !asked.every((part) => names.some((name) => name.startsWith(part)));
    isAny ||= !row.hidden;
  }
  menu.querySelector(".save-none").hidden = isAny;
}

// One that holds the pin already is not taken off by typing its name: it only gets the focus.
function takeFound() {
  const first = menu.querySelector(".save-boards > li:not([hidden]) .save-board");
  if (!first) {
    const fold = menu.querySelector(".save-new");
    fold.querySelector("[name=new_board]").value = findField().value.trim();
    fold.open = true;
  } else if (first.hasAttribute("formaction")) first.focus();
  else first.click();
}

function parts(words) {
  return words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

// detail: of "pin-save-menu", see pin-card.js.
export async function openSaveMenu(detail) {
  const {control} = detail;
  const {pin} = detail.card.dataset;
  const turn = ++asked;
  let html;
  try {
    html = await getPart(`/pins/${pin}/save/`);
  } catch {
    if (turn === asked) location.assign(`/pins/${pin}/save/`);
    return;
  }
  if (turn !== asked || !detail.card.isConnected) return;
  card?.classList.remove("is-open");
  card = detail.card;
  menu.innerHTML = html;
  if (menu.matches(":popover-open")) card.classList.add("is-open");
  else menu.showPopover();
  placeNear(menu, control);
  (menu.querySelector(".save-board") ?? menu.querySelector("input[name=new_board]"))?.focus({preventScroll: true});
}

// board: {id, name, url}, as the server says.
function saved(pin, name, {board}, isNote) {
  setMark(pin, "save", true);
  if (isNote) {
    toast(`Your note is kept on ${board.name}`);
    return;
  }
  Object.assign(document.documentElement.dataset, {board: board.id, boardName: board.name});
  const undo = {label: "Undo", run: () => act(pin, "unsave", {board: board.id})};
  toast(`Saved to ${board.name}`, [{label: "See the board", url: board.url}, undo]);
}

function tookOff(pin, board, name, answer) {
  setMark(pin, "save", answer.saved);
  const undo = {label: "Undo", run: () => act(pin, "save", {board, ...answer.was})};
  toast(`Taken off ${name}`, undo);
}

function act(pin, deed, fields) {
  post(`/pins/${pin}/${deed}/`, fields).then(
    (answer) => setMark(pin, "save", answer.saved ?? true),
    (error) => toast(error.message),
  );
}
