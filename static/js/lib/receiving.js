// What a composer does with things from outside: files, pictures, links, and links to what is ours.

import {takeBrought} from "./open-conversation.js";
import {pinOf} from "./pin-transfer.js";
import {getJson, getPart} from "./post.js";
import {readTransfer} from "./transfer.js";

// Drops anywhere on the conversation, and what is pasted into its composer.
export function heedOutside(composer, signal) {
  const place = composer.closest("conversation-window") ?? composer;
  const isOurs = ({target}) => !target.closest?.("input");
  place.addEventListener("dragover", (event) => {
    if (!isOurs(event)) return;
    event.preventDefault();
    place.classList.add("is-over");
  }, {signal});
  place.addEventListener("dragleave", ({relatedTarget}) => {
    if (!place.contains(relatedTarget)) place.classList.remove("is-over");
  }, {signal});
  place.addEventListener("drop", (event) => {
    place.classList.remove("is-over");
    if (!isOurs(event)) return;
    event.preventDefault();
    composer.focusText({always: true});
    receive(composer, readTransfer(event.dataTransfer));
  }, {signal});
  composer.addEventListener("paste", (event) => paste(composer, event), {signal});
  if (composer.checkVisibility()) receiveBrought(composer);
}

// What was dropped on this conversation before it was open.
export function receiveBrought(composer) {
  const found = takeBrought(Number(composer.dataset.conversation));
  if (found) receive(composer, found);
}

// Words are pasted as everywhere; what is more than words becomes what it stands for.
function paste(composer, event) {
  const found = readTransfer(event.clipboardData);
  if (found.pin || found.search || found.board || found.files.length || found.image) {
    event.preventDefault();
    receive(composer, found);
  } else if (found.link) {
    makePin(composer, found);
  }
}

// found: as in transfer.js.
async function receive(composer, found) {
  if (found.pin) composer.attach(found.pin.picture ? found.pin : await described(found.pin));
  else if (found.search) composer.attachSearch(found.search);
  else if (found.board) await receiveBoard(composer, found);
  else if (found.files.length) (await composer.bringer())?.files(found.files);
  else if (found.image) (await composer.bringer())?.link(found.page || found.image, {media: found.page ? [found.image] : []});
  else composer.insert(found.words);
  if (found.link && !found.image) makePin(composer, found);
}

// A link that stands among the words becomes a pin, or stays one. Guests bring no pins, and a message
// that is being edited carries what it carries.
async function makePin(composer, {link, words}) {
  if (composer.closest("[data-guest]") || composer.matches(".is-amending")) return;
  (await composer.bringer())?.link(link, {said: words.trim()});
}

// A board one may not see, or that is gone, stays a link.
async function receiveBoard(composer, {board, words}) {
  const answer = await getJson(`/messages/boards/${board.slice(2)}`).catch(() => null);
  if (answer) composer.attachBoard(answer);
  else composer.insert(words);
}

// A pin of which only the address is known, with its title and picture.
async function described(pin) {
  const part = document.createElement("template");
  part.innerHTML = await getPart(`/pins/${pin.id}/card/`).catch(() => "");
  const card = part.content.querySelector("pin-card");
  return card ? pinOf(card) : pin;
}
