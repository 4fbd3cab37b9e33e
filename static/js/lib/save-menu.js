// The menu over a card: which board, why. Its HTML is the save page's own form.

import {getPart, post} from "./post.js";
import {toast} from "./toast.js";

const MARGIN = 8; // px between the menu, its button and the window's edge

export function startSaveMenu() {
  const menu = document.getElementById("save-menu");
  if (!menu) return;
  let card = null;

  document.addEventListener("pin-save-menu", (event) => {
    event.preventDefault();
    card = event.detail.card;
    open(menu, event.detail);
  });

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
      for (const save of document.querySelectorAll(`pin-card[data-pin="${card.dataset.pin}"] [data-act="save"]`)) {
        save.classList.add("is-on");
        save.textContent = "Saved";
      }
    } catch (error) {
      toast(error.message);
    }
  });
}

async function open(menu, {card, control}) {
  try {
    menu.innerHTML = await getPart(`/pins/${card.dataset.pin}/save/`);
  } catch {
    location.assign(`/pins/${card.dataset.pin}/save/`);
    return;
  }
  menu.showPopover();
  place(menu, control);
  (menu.querySelector(".save-board") ?? menu.querySelector("input[name=new_board]"))?.focus({preventScroll: true});
}

function place(menu, control) {
  if (matchMedia("(max-width: 40rem)").matches) {
    menu.style.top = menu.style.left = "";
    return;
  }
  const from = control.getBoundingClientRect();
  const {offsetWidth: width, offsetHeight: height} = menu;
  const below = from.bottom + MARGIN + height < innerHeight;
  const top = below ? from.bottom + MARGIN : Math.max(MARGIN, Math.min(from.top, innerHeight - height - MARGIN));
  menu.style.top = `${top}px`;
  menu.style.left = `${Math.max(MARGIN, Math.min(from.right - width, innerWidth - width - MARGIN))}px`;
}

// answer: {board: {id, name, url}} when the server says so; the pressed button knows as well.
function remember({board}, button, fields) {
  const {dataset} = document.documentElement;
  const id = board?.id ?? fields.get("board");
  const name = board?.name ?? button?.querySelector(".save-board-name")?.textContent ?? fields.get("new_board");
  if (id) Object.assign(dataset, {board: id, boardName: name});
  toast(`Saved to ${name}`, board?.url ? {label: "See the board", url: board.url} : null);
}
