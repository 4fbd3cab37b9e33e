// A pin that waits in the composer to be sent. pin: as in pin-transfer.js, perhaps with its draft.

export function pinChip(composer, {id, title, url, picture, draft}) {
  const item = composer.querySelector("[data-pin-template]").content.cloneNode(true).firstElementChild;
  Object.assign(item.dataset, {pin: id, title, url, picture});
  if (draft) item.dataset.draft = draft;
  item.querySelector("[name=pin]").value = id;
  item.querySelector(".composer-pin-title").textContent = title;
  item.querySelector("[data-act=detach]").setAttribute("aria-label", `Take ${title} away`);
  const image = item.querySelector("img");
  if (picture) image.src = picture;
  else image.hidden = true;
  return item;
}
