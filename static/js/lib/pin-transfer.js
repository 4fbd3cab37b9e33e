// What a pin carries when it travels: from a card to a conversation, by drag, button or key.
// Feed and chat meet only here.

const TYPE = "application/x-pinboard-pin";

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

export function writePin(transfer, pin) {
  transfer.setData(TYPE, JSON.stringify(pin));
  transfer.setData("text/uri-list", new URL(pin.url, location.origin).href);
  transfer.effectAllowed = "copyLink";
}

// Answers the pin that was dropped or pasted, or null. Also understands a link to one of our pins.
export function readPin(transfer) {
  const own = transfer.getData(TYPE);
  if (own) return JSON.parse(own);
  const link = transfer.getData("text/uri-list").split("\n").find((line) => line && !line.startsWith("#"));
  return link ? pinAt(link.trim()) : null;
}

function pinAt(address) {
  if (!URL.canParse(address, location.origin)) return null;
  const url = new URL(address, location.origin);
  const match = url.origin === location.origin && url.pathname.match(/^\/pins\/(\d+)\/$/);
  return match ? {id: Number(match[1]), title: "A pin", url: url.pathname, picture: "", alt: ""} : null;
}
