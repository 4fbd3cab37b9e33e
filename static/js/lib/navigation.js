// Boosted navigation: only #page changes, the dock stays. htmx fetches, one page at a time (hx-sync
// in base.html); this keeps what is around it true (active link, search words, badges, focus) and
// remembers left pages for the way back.

import {setBadge} from "./badges.js";
import {toast} from "./toast.js";

const KEPT_PAGES = 8;
const kept = new Map(); // address -> {page, title, scroll, read}: living nodes, so nothing is stored on disk
let address = here();

export function startNavigation() {
  history.scrollRestoration = "manual";
  const {body} = document;
  body.addEventListener("htmx:beforeRequest", () => document.documentElement.setAttribute("data-busy", ""));
  body.addEventListener("htmx:afterRequest", () => document.documentElement.removeAttribute("data-busy"));
  body.addEventListener("htmx:beforeSwap", beforeSwap);
  body.addEventListener("htmx:historyCacheMiss", goBack);
  body.addEventListener("htmx:historyRestore", arrive);
  for (const name of ["sendError", "timeout", "swapError"]) body.addEventListener(`htmx:${name}`, sayUnreached);
  body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id === "page" || event.detail.elt?.id === "page") arrive();
  });
}

function here() {
  return location.pathname + location.search;
}

function beforeSwap(event) {
  if (event.detail.target.id !== "page") return;
  const html = event.detail.serverResponse;
  const shell = html.slice(0, 2000).match(/<html[^>]*>/i)?.[0];
  // Another person (or none) now, or not a page of ours: the whole shell has to come anew.
  if (!shell || attribute(shell, "data-person") !== (document.documentElement.dataset.person ?? "")) {
    event.preventDefault();
    location.assign(event.detail.xhr.responseURL || location.href);
    return;
  }
  for (const name of ["messages", "notifications"]) setBadge(name, Number(attribute(shell, `data-unread-${name}`)));
  for (const name of ["board", "boardName"]) {
    const value = attribute(shell, name === "board" ? "data-board" : "data-board-name");
    if (value) document.documentElement.dataset[name] = decode(value);
  }
  keep();
}

function sayUnreached({detail: {elt}}) {
  const run = () => elt.requestSubmit ? elt.requestSubmit() : elt.click();
  toast("No connection. This page could not be opened.", {label: "Try again", run});
}

function attribute(tag, name) {
  return tag.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1] ?? "";
}

function decode(text) {
  return new DOMParser().parseFromString(text, "text/html").documentElement.textContent;
}

function keep() {
  kept.delete(address);
  kept.set(address, {page: document.getElementById("page"), title: document.title, scroll: scrollY, read: thread()?.scrollTop});
  if (kept.size > KEPT_PAGES) kept.delete(kept.keys().next().value);
}

function goBack(event) {
  window.htmx.trigger(document.body, "htmx:abort"); // a page still on its way would come over this one
  const memory = kept.get(here());
  keep();
  if (!memory) return;
  event.preventDefault();
  document.getElementById("page").replaceWith(memory.page);
  window.htmx.process(memory.page);
  document.title = memory.title;
  arrive({keepsFocus: true});
  scrollTo({top: memory.scroll, behavior: "instant"});
  if (thread()) thread().scrollTop = memory.read;
}

// What scrolls by itself in a page, and is at its end again when the page comes back.
function thread() {
  return document.querySelector("#page [data-scroll]");
}

function arrive({keepsFocus = false} = {}) {
  const moved = here() !== address;
  address = here();
  for (const link of document.querySelectorAll(".topbar .nav-link[href], .bottombar .nav-link[href]")) {
    if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  for (const menu of document.querySelectorAll("details[data-closes][open]")) menu.open = false;
  const field = document.querySelector("[data-shell-search] [name=q]");
  if (field && field !== document.activeElement) {
    field.value = location.pathname.startsWith("/search/") ? new URLSearchParams(location.search).get("q") ?? "" : "";
  }
  const wrong = document.querySelector("#page [aria-invalid=true]");
  if (wrong) wrong.focus();
  else if (moved && !keepsFocus) (document.querySelector("#page .is-at") ?? document.querySelector("#page h1"))?.focus({preventScroll: true});
  document.dispatchEvent(new CustomEvent("page-arrived"));
}
