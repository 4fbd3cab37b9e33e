// Pictures, files and links on their way into a conversation's composer. Each is a chip that shows
// how far it is, can be tried again and taken away, and becomes a waiting pin when the server has
// it. It goes on while its window is folded away; what was under way when the page closed goes on
// afterwards, or is said to be lost.

import {addToDraft, cutFromDraft, takeDraft} from "./drafts.js";
import {icon} from "./icon.js";
import {send} from "./outbox.js";
import {Refused, getJson, post} from "./post.js";
import {setUnderWay, underWay} from "./under-way.js";
import {upload} from "./upload.js";

const MOST_BYTES = 20 * 1024 * 1024;
const AT_ONCE = 2;
const MOST_TRIES = 4;
const LOOK_MS = 2_000;

const all = new Map(); // by conversation

// composer: attach(pin), cut(words), say(words), send(), focusText(), isConnected; room: how many more pins fit;
// shelf: where the chips stand.
export function bringerFor(composer, conversation) {
  if (!all.has(conversation)) all.set(conversation, new Bringing(conversation));
  const one = all.get(conversation);
  one.moveTo(composer);
  return one;
}

class Bringing {
  #composer = null;
  #conversation;
  #url;
  #items = []; // {name, file or link, said, draft, error, state: waiting | going | failed, chip, stop}
  #sends = false; // the message goes as soon as everything is here

  constructor(conversation) {
    this.#conversation = conversation;
    this.#url = `/messages/${conversation}/bring/`;
  }

  moveTo(composer) {
    if (composer === this.#composer && composer.isConnected) return;
    const isFirst = !this.#composer;
    this.#composer = composer;
    for (const {chip} of this.#items) this.#place(chip);
    if (this.#sends) this.sendWhenReady();
    if (isFirst) this.#goOn();
  }

  get isBusy() { return this.#items.some(({state}) => state !== "failed"); }
  get hasFailed() { return this.#items.some(({state}) => state === "failed"); }

  files(files) {
    const {room} = this.#composer;
    if (files.length > room) this.#composer.say(`There is room for ${room} more in this message; the rest was left out.`);
    for (const file of files.slice(0, room)) {
      const item = this.#add({name: file.name || "A picture", file, preview: file.type.startsWith("image/") ? URL.createObjectURL(file) : ""});
      if (file.size > MOST_BYTES) this.#fail(item, `${item.name} is larger than 20 MB.`, false);
    }
    this.#pump();
  }

  // said: the words it stands in, which give way to its pin; without one the link stays a link.
  // media: the pictures of its page that are meant.
  link(link, {said = "", media = []} = {}) {
    if (this.#items.some((item) => item.link === link && item.state !== "failed")) return;
    if (!this.#composer.room) {
      this.#composer.say("This message is full.");
      return;
    }
    this.#add({name: new URL(link).hostname, link, said, media});
    this.#pump();
  }

  // Also from a window that is folded away meanwhile; not if something failed.
  sendWhenReady() {
    this.#sends = true;
    this.#composer.say("This will be sent as soon as everything is here.");
  }

  #add(fields) {
    const item = {draft: 0, state: "waiting", tries: 0, stop: new AbortController(), ...fields};
    item.chip = makeChip(item, {again: () => this.#again(item), away: () => this.#takeAway(item)});
    this.#items.push(item);
    this.#place(item.chip);
    this.#remember();
    return item;
  }

  #pump() {
    const going = this.#items.filter(({state}) => state === "going").length;
    const next = this.#items.filter(({state}) => state === "waiting").slice(0, Math.max(0, AT_ONCE - going));
    for (const item of next) this.#bring(item);
  }

  async #bring(item) {
    item.state = "going";
    try {
      if (!item.draft) item.draft = await this.#send(item);
      this.#remember();
      const [offer] = await this.#settled(item);
      this.#drop(item);
      if (item.said) this.#cut(item.said);
      this.#arrive({...offer, title: item.file ? item.name : offer.title, url: "", draft: item.draft});
      this.#sayFailed();
      this.#ready();
    } catch (error) {
      if (item.stop.signal.aborted) return;
      if (!(error instanceof Refused)) throw error;
      if (error.isPassing && ++item.tries < MOST_TRIES) {
        setTimeout(() => this.#items.includes(item) && this.#retry(item), Math.max(error.wait, 2 ** item.tries) * 1000);
        return;
      }
      if (item.said) this.#stays(item, error.message);
      else this.#fail(item, error.message);
    }
    this.#pump();
  }

  // Answers the number of the draft that keeps it.
  async #send(item) {
    const {signal} = item.stop;
    if (item.link) return (await post(this.#url, {link: item.link, media: item.media ?? []})).drafts[0].id;
    const fields = new FormData();
    fields.append("pictures", item.file);
    const tell = (part) => { item.chip.querySelector("progress").value = part; };
    return (await upload(this.#url, fields, {tell, signal})).drafts[0].id;
  }

  // The pictures a draft offers, once its page has been read.
  async #settled(item) {
    for (;;) {
      const {state, error, offers} = await getJson(`/messages/brought/${item.draft}/`);
      if (item.stop.signal.aborted) throw new Refused("", "away", 0);
      if (state === "ready") return offers;
      if (state === "failed") throw new Refused(error, "unreadable", 422);
      await until(item.draft, item.stop.signal);
    }
  }

  #arrive(pin) {
    if (this.#composer.isConnected) this.#composer.attach(pin);
    else addToDraft(this.#conversation, [pin], "");
  }

  #cut(words) {
    if (this.#composer.isConnected) this.#composer.cut(words);
    else cutFromDraft(this.#conversation, words);
  }

  // A link that becomes no pin goes as what it is.
  #stays(item, reason) {
    this.#drop(item);
    this.#ready();
    this.#composer.say(`${reason} It stays a link.`);
  }

  #place(chip) {
    const {shelf} = this.#composer;
    shelf.append(chip);
    shelf.hidden = false;
    shelf.scrollLeft = shelf.scrollWidth;
  }

  #retry(item) {
    item.state = "waiting";
    this.#pump();
  }

  #again(item) {
    if (item.link && item.draft) post(`/messages/brought/${item.draft}/away/`).catch(() => {});
    Object.assign(item, {draft: 0, tries: 0, error: "", state: "waiting"});
    paintChip(item, "");
    this.#sayFailed();
    this.#remember();
    this.#pump();
  }

  #fail(item, words, mayTry = true) {
    Object.assign(item, {state: "failed", error: words});
    this.#sends = false;
    paintChip(item, words, mayTry);
    this.#sayFailed();
    this.#remember();
  }

  #takeAway(item) {
    item.stop.abort();
    this.#drop(item);
    if (item.draft) post(`/messages/brought/${item.draft}/away/`).catch(() => {});
    this.#sayFailed();
    this.#composer.focusText();
    this.#pump();
    this.#ready();
  }

  // What arrives says nothing over what did not.
  #sayFailed() {
    this.#composer.say(this.#items.findLast(({error}) => error)?.error ?? "");
  }

  #drop(item) {
    this.#items = this.#items.filter((other) => other !== item);
    if (item.preview) URL.revokeObjectURL(item.preview);
    item.chip.remove();
    const {shelf} = this.#composer;
    shelf.hidden = !shelf.children.length;
    this.#remember();
  }

  #ready() {
    if (this.#items.length || !this.#sends) return;
    this.#sends = false;
    if (this.#composer.isConnected) {
      this.#composer.send();
      return;
    }
    const draft = takeDraft(this.#conversation);
    if (draft) send({conversation: this.#conversation, ...draft, text: draft.text.trim()});
  }

  // Bytes cannot be kept across a reload; what the server has already can be found again.
  #remember() {
    setUnderWay(this.#conversation, this.#items.map(({name, link, said, media, draft}) => ({name, link, said, media, draft})));
  }

  #goOn() {
    const kept = underWay(this.#conversation);
    setUnderWay(this.#conversation, []);
    const lost = kept.filter(({link, draft}) => !link && !draft).map(({name}) => name);
    for (const {name, link, said, media, draft} of kept) if (link || draft) this.#add({name, link, said, media, draft});
    if (lost.length) this.#composer.say(`${lost.join(", ")} did not arrive before the page was closed. Please add ${lost.length > 1 ? "them" : "it"} again.`);
    this.#pump();
  }
}

function until(draft, signal) {
  return new Promise((done) => {
    const heard = new AbortController();
    const end = () => {
      clearTimeout(timer);
      heard.abort();
      done();
    };
    const timer = setTimeout(end, LOOK_MS);
    document.addEventListener("live:draft.settled", (event) => event.detail.draft === draft && end(), {signal: heard.signal});
    signal.addEventListener("abort", end, {signal: heard.signal});
  });
}

function makeChip({name, link, preview}, {again, away}) {
  const chip = document.createElement("li");
  chip.className = "composer-pin is-bringing";
  const picture = preview ? new Image(56, 56) : document.createElement("span");
  if (preview) Object.assign(picture, {src: preview, alt: ""});
  else picture.append(icon(link ? "link" : "image"));
  picture.classList.add("bringing-picture");
  const progress = document.createElement("progress");
  progress.setAttribute("aria-label", link ? `Reading ${name}` : `Adding ${name}`);
  if (!link) progress.value = 0;
  const title = document.createElement("span");
  title.className = "composer-pin-title";
  title.textContent = name;
  chip.append(picture, progress, title, act("x", `Take ${name} away`, "composer-pin-away", away), act("rotate-ccw", `Try ${name} again`, "bringing-again", again));
  return chip;
}

function paintChip({chip, name}, words, mayTry = true) {
  chip.classList.toggle("is-failed", Boolean(words));
  chip.querySelector("progress").hidden = Boolean(words);
  chip.querySelector(".bringing-again").hidden = !mayTry;
  chip.title = words ? `${name}: ${words}` : "";
}

function act(symbol, label, className, run) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = className;
  button.setAttribute("aria-label", label);
  button.append(icon(symbol));
  button.addEventListener("click", run);
  return button;
}
