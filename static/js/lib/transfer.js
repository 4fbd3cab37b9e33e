// What was dropped or pasted, read at once: a transfer is empty as soon as its event is over.

// Answers {pin, search, board, files, image, page, link, words}: the first of them that is there is meant.
// pin as in pin-transfer.js; search: a query string; board: its path "/@ana/dinner/"; image: the
// address of a picture dragged from another page, and page: of where it leads, "" if nowhere; link:
// an address elsewhere that stands alone. images: of all pictures in what was copied, words or not.
export function readTransfer(transfer) {
  const plain = transfer.getData("text/plain");
  const words = transfer.getData("text/uri-list") || plain;
  const address = addressIn(words);
  const fragment = readFragment(transfer.getData("text/html"));
  const found = {pin: null, search: "", board: "", files: [], image: "", page: "", link: "", words, images: fragment.images};
  const own = address && address.origin === location.origin ? ownOf(address) : {};
  if (own.pin || own.search || own.board) return {...found, ...own};
  // A table or a page copied from elsewhere brings a picture of itself along; its words are meant.
  const files = [...transfer.files];
  const image = fragment.hasWords ? "" : fragment.images[0] ?? "";
  if (files.length && (!plain || image || address)) return {...found, files};
  if (fragment.drawn.length && !fragment.hasWords) return {...found, files: fragment.drawn};
  if (image && (!plain || address)) return {...found, image, page: fragment.page || pageOf(address, [image, ...fragment.shown])};
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

// Where a dragged picture leads: the address that comes along, unless it is the picture's own.
function pageOf(address, images) {
  return address && !images.includes(address.href) && address.origin !== location.origin ? address.href : "";
}

// Of pictures and links dragged or copied from a page, without fetching anything. images: their widest
// copies; shown: the copies seen there; drawn: pictures that are in the fragment themselves.
function readFragment(html) {
  const found = {images: [], shown: [], drawn: [], page: "", hasWords: false};
  if (!html) return found;
  const {body} = new DOMParser().parseFromString(html, "text/html");
  for (const image of body.querySelectorAll("img")) {
    const address = largest(image);
    found.shown.push(image.getAttribute("src") ?? "");
    if (isWeb(address)) found.images.push(address);
    else if (address.startsWith("data:image/")) found.drawn.push(...fileOf(address));
  }
  const lead = body.querySelector("a[href]:has(img)")?.getAttribute("href") ?? "";
  found.page = isWeb(lead) && !found.images.includes(lead) && !found.shown.includes(lead) ? lead : "";
  found.hasWords = Boolean(body.textContent.trim());
  return found;
}

function isWeb(address) {
  return /^https?:\/\//i.test(address) && URL.canParse(address);
}

// The widest copy that a fragment offers of a picture.
function largest(image) {
  const offers = (image.getAttribute("srcset") ?? "").split(/,\s+/).map((one) => one.trim().split(/\s+/));
  const wide = offers.filter(([address, size]) => isWeb(address) && /^\d+w$/.test(size));
  wide.sort((one, other) => parseInt(other[1], 10) - parseInt(one[1], 10));
  return wide[0]?.[0] ?? (image.getAttribute("src") ?? "").trim();
}

// A data: address as a file; none when it cannot be read.
function fileOf(address) {
  const [, type, bytes] = address.match(/^data:(image\/[a-z+.-]+);base64,([A-Za-z0-9+/=\s]+)$/) ?? [];
  if (!bytes) return [];
  try {
    return [new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], "picture", {type})];
  } catch {
    return [];
  }
}
