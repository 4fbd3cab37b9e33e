// What stands in place of the messages when there is no conversation to see any more. What was
// written and not sent stays.

// Somebody took us out of the group.
export function showGone(shown) {
  const words = say("You are no longer part of this conversation.", [
    ...shown.classList.contains("is-page") ? [] : [button("Close")],
    link("All messages", "/messages/"),
  ]);
  empty(shown, words);
  for (const part of shown.querySelectorAll("message-composer, .window-menu, a.window-act")) part.remove();
  window.htmx?.process(words);
}

// The session ended, here or in another tab: whoever sits here now has to say who they are.
export function showSignedOut(shown) {
  if (shown.dataset.guest !== undefined) {
    showGuestGone(shown);
    return;
  }
  const way = link("Sign in again", location.href);
  way.setAttribute("hx-boost", "false");
  empty(shown, say("You are signed out. What you wrote is kept.", [way]));
  for (const part of shown.querySelectorAll(".window-menu")) part.remove();
}

// Guests have no account to sign in to: their link ended or was closed, or they were taken out.
function showGuestGone(shown) {
  empty(shown, say("Your time as a guest here is over. Whoever invited you can send you a new link.", [link("Look at the pins", "/")]));
  for (const part of shown.querySelectorAll("message-composer, .window-menu, a.window-act")) part.remove();
}

function empty(shown, words) {
  const list = shown.querySelector("[data-messages]");
  for (const item of [...list.children]) if (!item.matches(".is-unsent")) item.remove();
  list.prepend(words);
  for (const part of shown.querySelectorAll(".window-older, .window-new, message-receipts, [data-typing]")) part.remove();
}

function say(sentence, ways) {
  const item = document.createElement("li");
  item.className = "window-empty";
  const words = document.createElement("p");
  words.textContent = sentence;
  const row = document.createElement("p");
  row.className = "form-end";
  row.append(...ways);
  item.append(words, row);
  return item;
}

function button(words) {
  const made = document.createElement("button");
  Object.assign(made, {type: "button", className: "button is-small", textContent: words});
  made.dataset.act = "close";
  return made;
}

function link(words, url) {
  return Object.assign(document.createElement("a"), {className: "button is-small", textContent: words, href: url});
}
