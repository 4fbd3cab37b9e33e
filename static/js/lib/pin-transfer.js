// What a pin carries when it travels: from a card to a conversation, by drag, button or key.
// Feed and chat meet only here.

// card: any <pin-card>. Answers {id, title, url, picture, alt}; picture is "" while there is none.
export function pinOf(card) {
  const image = card.querySelector("img");
  const link = card.querySelector(".pin-card-picture, .shared-pin-picture, h3 a");
  const title = card.dataset.title ?? card.querySelector(".pin-card-title, .shared-pin-title")?.textContent.trim();
  return {
    id: Number(card.dataset.pin),
    title: title || "A pin",
    url: card.dataset.url ?? link?.getAttribute("href") ?? `/pins/${card.dataset.pin}/`,
    picture: card.dataset.picture ?? image?.getAttribute("src") ?? "",
    alt: image?.alt ?? "",
  };
}

// What goes along with a card: all chosen pins when it is one of them, else its own.
export function pinsWith(card) {
  const cards = card.matches(".is-chosen") ? document.querySelectorAll("pin-card.is-chosen") : [card];
  return [...cards].map(pinOf);
}
