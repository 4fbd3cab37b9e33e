// Messages on their way. Each is kept in the browser until the server acknowledged it, and retried
// with the client_id it was born with, so it arrives once. One conversation's messages go in order.
//
// Announces on document: "outbox" {conversation} when what is unsent changed; "outbox-sent"
// {conversation, id, number, html}; "outbox-refused" {item}, cancelable: whoever gives the words
// back to their writer prevents the default, else the message stays as failed.

import {Refused, post} from "./post.js";
import {forget, keep, keysUnder, onOtherTab, recall} from "./store.js";

const STALE_MS = 3_600_000; // older than an hour, a message is not sent without asking
const LONGEST_PAUSE_S = 30;
const LONGEST_WAIT_S = 600; // asked to wait for longer, the writer is told instead

const pumping = new Set();
let newest = 0;

export function startOutbox() {
  for (const item of everything()) {
    if (!item.error && Date.now() - item.made > STALE_MS) {
      save({...item, error: "This has not been sent yet."});
    } else {
      pump(item.conversation);
    }
  }
  onOtherTab((key) => key.startsWith("unsent:") && changedElsewhere(recall(key)));
}

// pins: as in pin-transfer.js. search: a query string such as "q=pasta&g=lemon", or "". quote: as in
// quotes.js, or null.
export function send({conversation, text = "", pins = [], search = "", quote = null, board = null}) {
  newest = Math.max(Date.now(), newest + 1);
  save({id: newId(), conversation, text, pins, search, quote, board, made: newest, error: ""});
  pump(conversation);
}

export function unsent(conversation) {
  return everything().filter((item) => item.conversation === conversation).sort((a, b) => a.made - b.made);
}

export function tryAgain(id) {
  const item = recall(`unsent:${id}`);
  if (!item) return;
  save({...item, error: ""});
  pump(item.conversation);
}

// The message is seen in the conversation, or its writer wants it back. Answers it, or null.
export function takeOut(id) {
  const item = recall(`unsent:${id}`);
  if (!item) return null;
  forget(`unsent:${id}`);
  changed(item.conversation);
  return item;
}

// Another tab has its own messages to send; should it be closed first, this one does (the lock is
// free then). Without locks both would send at once.
function changedElsewhere(item) {
  changed(item?.conversation);
  if (item && !item.error && navigator.locks) pump(item.conversation);
}

function everything() {
  return keysUnder("unsent:").map(recall).filter(Boolean);
}

function save(item) {
  keep(`unsent:${item.id}`, item);
  changed(item.conversation);
}

function changed(conversation) {
  announce("outbox", {conversation});
}

function announce(name, detail) {
  return document.dispatchEvent(new CustomEvent(name, {detail, cancelable: true}));
}

async function pump(conversation) {
  if (pumping.has(conversation)) return;
  pumping.add(conversation);
  const drainIt = () => drain(conversation);
  // One tab at a time where the browser can say so; elsewhere the client_id sees to "once".
  if (navigator.locks) await navigator.locks.request(`outbox:${conversation}`, drainIt);
  else await drainIt();
}

async function drain(conversation) {
  try {
    let failures = 0;
    for (;;) {
      const item = unsent(conversation).find((one) => !one.error);
      if (!item) return;
      try {
        await deliver(item);
        failures = 0;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (error.isSignedOut) return; // kept; it goes out when this person is back
        if (error.isPassing && error.wait <= LONGEST_WAIT_S) await rest(error.wait || Math.min(2 ** failures++, LONGEST_PAUSE_S) * (0.5 + Math.random()));
        else refuse(item, error);
      }
    }
  } finally {
    pumping.delete(conversation); // in the same breath as the look that found nothing left
  }
}

async function deliver(item) {
  const fields = new URLSearchParams(item.search);
  fields.set("client_id", item.id);
  fields.set("text", item.text);
  if (item.quote) fields.set("quote", item.quote.id);
  if (item.board) fields.set("board", item.board.id);
  for (const pin of item.pins) fields.append("pin", pin.id);
  const {number, html} = await post(`/messages/${item.conversation}/post/`, fields);
  announce("outbox-sent", {conversation: item.conversation, id: item.id, number, html});
  takeOut(item.id); // if no window did so when it put the message in its place
}

function refuse(item, error) {
  const refused = {...item, error: error.message};
  if (announce("outbox-refused", {item: refused})) save(refused);
  else takeOut(item.id);
}

// Until the time is over or the connection is back.
function rest(seconds) {
  return new Promise((done) => {
    const awake = new AbortController();
    const wake = () => {
      clearTimeout(timer);
      awake.abort();
      done();
    };
    const timer = setTimeout(wake, seconds * 1000);
    addEventListener("online", wake, {signal: awake.signal});
    document.addEventListener("live:open", wake, {signal: awake.signal});
  });
}

// randomUUID exists only on https and localhost; Pinboard also runs on a plain home network.
function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
