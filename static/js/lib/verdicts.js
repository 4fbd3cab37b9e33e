// Yes, maybe, no, question on a shared pin, and what was decided.

import {inOrder} from "./in-order.js";
import {leaveMenu} from "./menus.js";
import {post} from "./post.js";
import {toast} from "./toast.js";

export function paintVerdicts(root, viewer) {
  for (const button of root.querySelectorAll("[data-verdict]")) paint(button, viewer);
}

// A press on a verdict shows at once, on every copy of the card (a window, the shelf); pressing one's
// own again takes it back.
export async function giveVerdict(button, viewer) {
  const mine = button.getAttribute("aria-pressed") === "true";
  const groups = [...document.querySelectorAll(`.verdicts:has(> [formaction="${addressOf(button)}"])`)];
  const before = groups.map((group) => [...group.children].map((one) => one.dataset.people));
  for (const group of groups) {
    for (const one of group.children) {
      const people = peopleOf(one).filter((person) => person !== viewer);
      if (!mine && one.dataset.verdict === button.dataset.verdict) people.push(viewer);
      one.dataset.people = people.join(" ");
      paint(one, viewer);
    }
  }
  try {
    await inOrder(() => post(addressOf(button), {value: mine ? "" : button.dataset.verdict}));
  } catch (error) {
    groups.forEach((group, i) => [...group.children].forEach((one, j) => {
      one.dataset.people = before[i][j];
      paint(one, viewer);
    }));
    toast(error.message);
  }
}

// Deciding on a pin, or taking the decision back; the message comes back changed.
export async function decide(button) {
  const reason = button.closest("details")?.querySelector("textarea");
  button.setAttribute("aria-busy", "true");
  try {
    await post(addressOf(button), {reason: reason?.value ?? ""});
    if (reason) leaveMenu(reason);
  } catch (error) {
    toast(error.message);
  }
  button.removeAttribute("aria-busy");
}

function addressOf(button) {
  return button.getAttribute("formaction");
}

function peopleOf(button) {
  return button.dataset.people.split(" ").filter(Boolean);
}

function paint(button, viewer) {
  const people = peopleOf(button);
  button.setAttribute("aria-pressed", String(people.includes(viewer)));
  let count = button.querySelector(".verdict-count");
  if (!people.length) {
    count?.remove();
    return;
  }
  if (!count) {
    count = document.createElement("b");
    count.className = "verdict-count";
    button.append(count);
  }
  if (count.textContent !== String(people.length)) count.textContent = String(people.length);
}
