// Go to another page of ours the way a pressed link does, so that the dock stays.

export function visit(url) {
  const link = document.createElement("a");
  link.href = url;
  link.hidden = true;
  document.body.append(link);
  window.htmx?.process(link);
  // htmx asks the link once more, when the answer is there, what part of it to take.
  document.addEventListener("page-arrived", () => link.remove(), {once: true});
  link.click();
}
