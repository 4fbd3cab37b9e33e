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

export function offerEnd(scroll, on) {
  const pill = scroll.parentElement.querySelector(".window-new");
  if (!on) pill?.remove();
  if (!on || pill) return;
  const made = document.createElement("button");
  made.type = "button";
  made.className = "window-new";
  made.dataset.act = "end";
  made.textContent = "New messages";
  scroll.after(made);
}
