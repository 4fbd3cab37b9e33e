// What one does in a conversation besides writing: each act in a module of its own, fetched with its
// first use. A control with data-act="<name>" inside a conversation window, pressed or submitted,
// runs it; without the script it is an ordinary form or link.
//
// name: () => import(...) of a module that exports run({window, control}): window is the
// <conversation-window>, control the button, link or form.

import {toast} from "./toast.js";

const ACTS = {
  calm: () => import("./calm.js"),
  unblock: () => import("./unblock.js"),
  bring: () => import("./choosing-files.js"),
  "close-poll": () => import("./polls.js"),
  poll: () => import("./polls.js"),
  vote: () => import("./polls.js"),
  amend: () => import("./amending.js"),
  copy: () => import("./copying.js"),
  forward: () => import("./sending-on.js"),
  jump: () => import("./jumping.js"),
  menu: () => import("./message-menu.js"),
  "more-emoji": () => import("./more-emoji.js"),
  react: () => import("./reacting.js"),
  report: () => import("./reporting.js"),
  reply: () => import("./answering.js"),
  unsay: () => import("./unsaying.js"),
};

export function isAct(control) {
  return Object.hasOwn(ACTS, control?.dataset.act ?? "");
}

export async function runAct(window, control) {
  const module = await ACTS[control.dataset.act]().catch(() => toast("No connection. Try again."));
  await module?.run({window, control});
}
