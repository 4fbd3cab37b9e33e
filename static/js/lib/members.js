// Who is in a conversation: adding, leaving, and the head that shows it.

import {Refused, getPart, post} from "./post.js";
import {toast} from "./toast.js";

// form: adds somebody, or leaves; button: removes the one beside it. Answers whether it was done;
// if not, the reason was said.
export async function changeMembers(form, button) {
  const {name, username} = button?.dataset ?? {};
  const {url} = form.closest("conversation-window").dataset;
  try {
    await post(button?.getAttribute("formaction") ?? form.getAttribute("action"), new FormData(form));
  } catch (error) {
    toast(error.message);
    return false;
  }
  form.closest("details").open = false;
  form.reset();
  if (username) toast(`${name} is no longer in this group.`, {label: "Undo", run: () => bringBack(url, username)});
  return true;
}

async function bringBack(url, username) {
  await post(`${url}members/add/`, {username}).catch((error) => toast(error.message));
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
