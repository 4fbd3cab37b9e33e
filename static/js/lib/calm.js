// Mute, archive and their ways back: done at once, with a way to undo it.

import {leaveMenu} from "./menus.js";
import {post} from "./post.js";
import {toast} from "./toast.js";

// Answers whether it was done; if not, the reason was said. undo: the address that takes it back.
export async function keepCalm(conversation, url, {undo, done}) {
  try {
    await post(url);
  } catch (error) {
    toast(error.message);
    return false;
  }
  changed(conversation);
  toast(done, undo ? {label: "Undo", run: () => keepCalm(conversation, undo, {done: "Undone."})} : null);
  return true;
}

// An act of the window's menu.
export async function run({window: shown, control: form}) {
  leaveMenu(form);
  const {undo, done, leaves} = form.dataset;
  const isDone = await keepCalm(Number(shown.dataset.conversation), form.getAttribute("action"), {undo, done});
  if (isDone && leaves !== undefined) shown.querySelector("[data-act=close]")?.click() ?? visitList(shown);
}

function visitList(shown) {
  shown.querySelector(".window-back")?.click();
}

// The server tells this person's tabs; this one need not wait for it.
function changed(conversation) {
  document.dispatchEvent(new CustomEvent("live:membership.changed", {detail: {conversation}}));
}
