// Who is in a conversation: bringing people in, and the head that shows who is there.

import {leaveMenu} from "./menus.js";
import {Refused, getPart, post} from "./post.js";
import {toast} from "./toast.js";

export async function addMembers(form) {
  try {
    await post(form.getAttribute("action"), new FormData(form));
  } catch (error) {
    toast(error.message);
    return;
  }
  leaveMenu(form);
  form.reset();
}

// Faces, names and title of a window as they are now. Answers false if there is no such
// conversation for us any more.
export async function refreshHead(shown) {
  const part = document.createElement("template");
  try {
    part.innerHTML = await getPart(`${shown.dataset.url}window/`);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return error.status !== 404;
  }
  for (const words of [".faces", ".window-people", ".window-calm"]) {
    const fresh = part.content.querySelector(`.window-head ${words}`);
    if (fresh) shown.querySelector(`.window-head ${words}`)?.replaceWith(fresh);
  }
  const title = part.content.querySelector(".window-title").textContent;
  (shown.querySelector(".window-title a") ?? shown.querySelector(".window-title")).textContent = title;
  refreshFoot(shown.querySelector(".window-foot"), part.content.querySelector(".window-foot"));
  return true;
}

// The composer closes with a block, and opens again; what was typed comes back from its draft.
function refreshFoot(shown, fresh) {
  if (!shown || !fresh) return;
  if (Boolean(shown.querySelector(".composer-closed")) !== Boolean(fresh.querySelector(".composer-closed"))) {
    shown.replaceWith(fresh);
    window.htmx?.process(fresh);
    return;
  }
  const note = fresh.querySelector(".composer-note");
  shown.querySelector(".composer-note")?.remove();
  if (note) shown.prepend(note);
}
