// How much is unread, the same in every place and tab: asked for after anything that may change it.
// Announces "unread-counted" {total, conversations: {id: count}}.

import {setBadge} from "./badges.js";
import {getJson} from "./post.js";

const TOGETHER_MS = 250;

let timer = 0;
let asked = 0; // only the last answer is believed
let counts = {total: 0, conversations: {}};

export function startUnread() {
  const {dataset} = document.documentElement;
  for (const name of ["message.posted", "conversation.read", "membership.changed", "ask"]) {
    document.addEventListener(`live:${name}`, countSoon);
  }
  document.addEventListener("live:notification.added", () => {
    dataset.unreadNotifications = Number(dataset.unreadNotifications) + 1;
    setBadge("notifications", Number(dataset.unreadNotifications));
  });
  document.addEventListener("visibilitychange", () => document.hidden || countSoon());
}

export function unreadIn(conversation) {
  return counts.conversations[conversation] ?? 0;
}

function countSoon() {
  if (timer || document.hidden) return;
  timer = setTimeout(count, TOGETHER_MS * (0.5 + Math.random()));
}

async function count() {
  timer = 0; // what happens while we ask is asked for again
  const turn = ++asked;
  const answer = await getJson("/messages/unread/").catch(() => null);
  if (!answer || turn !== asked) return;
  counts = answer;
  setBadge("messages", answer.total);
  document.dispatchEvent(new CustomEvent("unread-counted", {detail: answer}));
}
