// The one socket of a tab. Hints come down, "typing" goes up, nothing else.
//
// Announces on document: "live:<type>" for every event, with the frame as detail; "live:ask" when
// something may have been missed (everybody who shows conversations asks the server then); and
// "live:open". A hint may be lost without a trace, so every beat asks too. Without a socket
// "live:ask" comes every few seconds, so delivery only slows down.

import {icon} from "./icon.js";

const SILENCE_MS = 45_000; // the server beats every 20 s
const WATCH_MS = 5_000;
const POLL_MS = 4_000;
const HIDDEN_POLL_MS = 20_000;
const LONGEST_PAUSE_MS = 30_000;
const TYPING_MS = 2_500;
const SIGNED_OUT = 4001;
const CATCH_UP = 4008;

let socket = null;
let heard = 0;
let failures = 0;
let timer = 0;
let asked = 0;
let ended = false;
let owed = false;
let typed = {conversation: 0, at: 0};

export function startLiveLine() {
  connect();
  setInterval(watch, WATCH_MS);
  setInterval(poll, 1_000);
  addEventListener("online", () => { show(""); again(0); });
  addEventListener("offline", () => { show("Offline. What you write is kept and sent later."); drop(); });
  addEventListener("pagehide", drop);
  addEventListener("pageshow", (event) => event.persisted && again(0));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || (isOpen() && !owed)) return;
    if (!isOpen()) again(0);
    ask();
  });
  document.addEventListener("signed-out", end);
  document.addEventListener("server-reached", ({detail}) => {
    if (ended) return;
    show(detail.reached ? "" : "No connection. What you write is kept and sent later.");
  });
  if (!navigator.onLine) show("Offline. What you write is kept and sent later.");
}

export function sayTyping(conversation) {
  const now = Date.now();
  if (!isOpen() || (typed.conversation === conversation && now - typed.at < TYPING_MS)) return;
  typed = {conversation, at: now};
  socket.send(JSON.stringify({type: "typing", conversation}));
}

function isOpen() {
  return socket?.readyState === WebSocket.OPEN;
}

function announce(name, detail = null) {
  document.dispatchEvent(new CustomEvent(`live:${name}`, {detail}));
}

function ask() {
  asked = Date.now();
  owed = false;
  announce("ask");
}

function connect() {
  if (ended || socket) return;
  const line = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live/`);
  socket = line;
  heard = Date.now();
  line.onopen = () => {
    heard = Date.now();
    show("");
    announce("open");
    ask(); // between the page's rendering and this moment something may have been said
  };
  line.onmessage = ({data}) => {
    heard = Date.now();
    failures = 0;
    const frame = JSON.parse(data);
    if (frame.type === "gap") ask();
    else if (frame.type !== "beat") announce(frame.type, frame);
    else if (document.hidden) owed = true; // asked when somebody looks again
    else ask();
  };
  line.onclose = ({code}) => line === socket && lost(code);
}

function lost(code) {
  socket = null;
  if (code === SIGNED_OUT) {
    document.dispatchEvent(new CustomEvent("signed-out"));
    return;
  }
  failures += 1;
  // Many tabs lose their line at once when a server restarts: they come back spread out.
  const longest = code === CATCH_UP ? 1_000 : Math.min(LONGEST_PAUSE_MS, 2_000 * 2 ** Math.min(failures, 5));
  again(Math.random() * longest);
}

function again(pause) {
  clearTimeout(timer);
  timer = setTimeout(connect, pause);
}

function drop() {
  clearTimeout(timer);
  const line = socket;
  socket = null;
  line?.close();
}

function watch() {
  if (!socket || Date.now() - heard < SILENCE_MS) return;
  drop(); // half open: the other end is gone and nobody told us
  again(Math.random() * 1_000);
}

function poll() {
  if (ended || isOpen() || !navigator.onLine) return;
  if (Date.now() - asked >= (document.hidden ? HIDDEN_POLL_MS : POLL_MS)) ask();
}

function end() {
  if (ended) return;
  ended = true;
  drop();
  show("You are signed out.", "Sign in again");
}

// The line at the top of the page: what is wrong with the connection, or nothing.
function show(words, way = "") {
  const line = document.querySelector("[data-live-line]");
  if (!line || (ended && !way)) return;
  line.hidden = !words;
  if (!words) return;
  const text = document.createElement("span");
  text.textContent = words;
  line.replaceChildren(icon("wifi-off"), text);
  if (!way) return;
  const link = document.createElement("a");
  link.href = location.href;
  link.textContent = way;
  link.setAttribute("hx-boost", "false");
  line.append(link);
}
