// Where the unread begins, and the way down to it for somebody who reads above.

// A line above the first message one has not read.
export function markNew(list, read, viewer) {
  const first = [...list.querySelectorAll("[data-sender]")].find((message) =>
    Number(message.dataset.place) > read && message.dataset.sender !== viewer);
  if (!first || !read || list.querySelector(".message-new")) return;
  const line = document.createElement("li");
  line.className = "message-new";
  line.textContent = "New";
  first.before(line);
}

// words: of the button, "" for none.
export function offerEnd(scroll, words) {
  const pill = scroll.parentElement.querySelector(".window-new");
  if (!words && pill === document.activeElement) scroll.focus({preventScroll: true});
  if (!words) pill?.remove();
  else if (pill) pill.textContent = words;
  if (!words || pill) return;
  const made = document.createElement("button");
  made.type = "button";
  made.className = "window-new";
  made.dataset.act = "end";
  made.textContent = words;
  scroll.after(made);
}
