// Polls in a conversation: asking, voting, closing; one's own vote and local times on what is shown.

import {icon} from "./icon.js";
import {inOrder} from "./in-order.js";
import {leaveMenu} from "./menus.js";
import {getPart, post} from "./post.js";
import {clockOf, dayOf, dayWords} from "./times.js";
import {toast} from "./toast.js";
import {unsaidIn} from "./unsaid.js";

const LONGEST_MS = 2 ** 31 - 1; // what a timer can wait
const LATE_MS = 1_000; // our clock and the server's may differ a little
const timers = new Map(); // poll -> the timer of its deadline

export function run({window: shown, control}) {
  const {act} = control.dataset;
  if (act === "poll") return openForm(shown, control);
  return act === "vote" ? vote(control, shown.dataset.viewer) : close(control);
}

export function paintPolls(root, viewer) {
  for (const poll of root.querySelectorAll("[data-poll]")) {
    for (const mark of poll.querySelectorAll("[data-people]")) paintMark(mark, viewer);
    for (const time of poll.querySelectorAll("time[data-when]")) time.textContent = whenWords(time.dateTime);
    if (poll.dataset.closes) askAtDeadline(poll);
  }
}

// ------------------------------------------------------------ voting

// A press shows at once; pressing one's own choice again takes the vote back.
async function vote(button, viewer) {
  const poll = button.closest("[data-poll]");
  const isMine = button.getAttribute("aria-pressed") === "true";
  const marks = [...poll.querySelectorAll("[data-people]")];
  const before = marks.map((mark) => mark.dataset.people);
  for (const mark of marks) {
    const people = peopleOf(mark).filter((person) => person !== viewer);
    if (mark === button && !isMine) people.push(viewer);
    mark.dataset.people = people.join(" ");
  }
  repaint(poll, marks, viewer);
  try {
    await inOrder(() => post(button.getAttribute("formaction"), {choice: isMine ? "" : button.value}));
  } catch (error) {
    marks.forEach((mark, i) => { mark.dataset.people = before[i]; });
    repaint(poll, marks, viewer);
    toast(error.message);
    if (error.code === "poll_closed") ask(poll);
  }
}

function repaint(poll, marks, viewer) {
  const total = marks.reduce((sum, mark) => sum + peopleOf(mark).length, 0);
  for (const mark of marks) {
    const choice = mark.closest(".poll-choice");
    const count = peopleOf(mark).length;
    paintMark(mark, viewer);
    choice.querySelector("meter").max = total || 1;
    choice.querySelector("meter").value = count;
    choice.querySelector(".poll-count").firstChild.textContent = String(count);
  }
}

function paintMark(mark, viewer) {
  const isMine = peopleOf(mark).includes(viewer);
  if (mark.matches("button")) mark.setAttribute("aria-pressed", String(isMine));
  else {
    mark.textContent = isMine ? "Your vote" : "";
    mark.classList.toggle("is-mine", isMine);
  }
}

function peopleOf({dataset}) {
  return dataset.people.split(" ").filter(Boolean);
}

// ------------------------------------------------------------ closing

async function close(button) {
  button.setAttribute("aria-busy", "true");
  await post(button.getAttribute("formaction")).catch((error) => toast(error.message));
  button.removeAttribute("aria-busy");
}

// Nobody has to press anything at the deadline: the question what changed closes it.
function askAtDeadline(poll) {
  clearTimeout(timers.get(poll.dataset.poll));
  const pause = new Date(poll.dataset.closes) - Date.now() + LATE_MS;
  if (pause > LONGEST_MS) return;
  timers.set(poll.dataset.poll, setTimeout(() => poll.isConnected && ask(poll), Math.max(LATE_MS, pause)));
}

function ask(poll) {
  const conversation = Number(poll.closest("conversation-window")?.dataset.conversation);
  document.dispatchEvent(new CustomEvent("live:ask", {detail: {conversation}}));
}

function whenWords(time) {
  return dayOf(time) === new Date().toDateString() ? `today, ${clockOf(time)}` : `${dayWords(time)}, ${clockOf(time)}`;
}

// ------------------------------------------------------------ asking

async function openForm(shown, control) {
  leaveMenu(control); // where the keyboard returns to when the dialog closes
  const composer = shown.querySelector("message-composer");
  const {conversation, url} = shown.dataset;
  const address = `${url}poll/?${new URLSearchParams([["part", ""], ...unsaidIn(composer).pins.map(({id}) => ["pin", id])])}`;
  const dialog = document.createElement("dialog");
  dialog.className = "poll-dialog";
  dialog.setAttribute("aria-label", "Ask a question");
  try {
    dialog.innerHTML = await getPart(address);
  } catch (error) {
    toast(error.message);
    return;
  }
  if (!shown.isConnected) return; // one went elsewhere meanwhile
  dialog.prepend(headOf(dialog));
  const form = dialog.querySelector("[data-poll-form]");
  form.querySelector("[name=zone]").value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    send({dialog, form, url: `${url}poll/`, conversation: Number(conversation), composer});
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  document.body.append(dialog);
  dialog.showModal();
  form.querySelector("[name=question]").focus();
}

function headOf(dialog) {
  const head = document.createElement("div");
  head.className = "poll-dialog-head";
  const title = document.createElement("h2");
  title.textContent = "Ask a question";
  const away = document.createElement("button");
  Object.assign(away, {type: "button", className: "window-act"});
  away.setAttribute("aria-label", "Close");
  away.append(icon("x"));
  away.addEventListener("click", () => dialog.close());
  head.append(title, away);
  return head;
}

// The form keeps its client_id, so a press after an answer that got lost asks nothing twice.
async function send({dialog, form, url, conversation, composer}) {
  const button = form.querySelector(".form-end button");
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  const fields = new FormData(form);
  try {
    const {id, number, html} = await post(url, fields);
    document.dispatchEvent(new CustomEvent("outbox-sent", {detail: {conversation, id, number, html}}));
    composer.detach(fields.getAll("pin"));
    dialog.close();
  } catch (error) {
    const line = form.querySelector("[data-error]");
    line.textContent = error.message;
    line.hidden = false;
    line.scrollIntoView({block: "nearest"});
  }
  button.removeAttribute("aria-busy");
}
