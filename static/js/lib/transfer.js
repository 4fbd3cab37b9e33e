// What was dropped or pasted, read at once: a transfer is empty as soon as its event is over.

// Answers {pin, search, board, files, image, link, words}: the first of them that is there is meant.
// pin as in pin-transfer.js; search: a query string; board: its path "/@ana/dinner/"; image: the
// address of a picture dragged from another page; link: an address elsewhere that stands alone.
export function readTransfer(transfer) {
  const plain = transfer.getData("text/plain");
  const words = transfer.getData("text/uri-list") || plain;
  const address = addressIn(words);
  const found = {pin: null, search: "", board: "", files: [], image: "", link: "", words};
  const own = address && address.origin === location.origin ? ownOf(address) : {};
  if (own.pin || own.search || own.board) return {...found, ...own};
  // A table or a page copied from elsewhere brings a picture of itself along; its words are meant.
  const files = [...transfer.files];
  const image = imageIn(transfer.getData("text/html"));
  if (files.length && (!plain || image || address)) return {...found, files};
  if (image && (!plain || address)) return {...found, image};
  return {...found, link: address && address.origin !== location.origin ? address.href : ""};
}

// The address, if these words are one and nothing else.
function addressIn(words) {
  const lines = words.split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
  const isAddress = lines.length === 1 && /^https?:\/\/\S+$/i.test(lines[0]) && URL.canParse(lines[0]);
  return isAddress ? new URL(lines[0]) : null;
}

function ownOf({pathname, searchParams}) {
  const pin = pathname.match(/^\/pins\/(\d+)\/$/);
  if (pin) return {pin: {id: Number(pin[1]), title: "A pin", url: pathname, picture: "", alt: ""}};
  if (/^\/@[^/]+\/[-\w]+\/$/.test(pathname)) return {board: pathname};
  if (pathname !== "/search/") return {};
  searchParams.delete("cursor");
  return {search: searchParams.toString()}; // the server knows which parts mean something
}

// Of a picture dragged or copied from a page, without fetching anything.
function imageIn(html) {
  if (!html) return "";
  const source = new DOMParser().parseFromString(html, "text/html");
  const image = source.querySelector("img[src]");
  const src = image?.getAttribute("src") ?? "";
  return image && !source.body.textContent.trim() && /^https?:\/\//i.test(src) ? src : "";
}
