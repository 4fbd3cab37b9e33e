// Go to another page of ours the way a pressed link does, so that the dock stays.

export function visit(url) {
  const link = document.createElement("a");
  link.href = url;
  document.body.append(link);
  window.htmx?.process(link);
  link.click();
  link.remove();
}
