// What the bookmarklet does, on whatever page it is pressed: gathers the page's pictures as they are
// seen, the largest first, and hands their addresses to the small window. It fetches nothing, and
// everything it needs is in it, so that it works under other sites' policies too.

(() => {
  const ROOM = 5000;
  const areas = new Map();
  for (const image of document.images) {
    const {naturalWidth: width, naturalHeight: height} = image;
    const box = image.getBoundingClientRect();
    const isShown = box.width > 60 && box.height > 60;
    if (!isShown || Math.min(width, height) < 120 || Math.max(width, height) > 4 * Math.min(width, height)) continue;
    const address = image.currentSrc || image.src;
    if (/^https?:/.test(address)) areas.set(address, Math.max(areas.get(address) || 0, box.width * box.height));
  }
  const pictures = [...areas].sort((one, other) => other[1] - one[1]).map(([address]) => address);
  const words = String(getSelection()).trim().slice(0, 500);
  let address = "ORIGIN/pin/create/button/?url=" + encodeURIComponent(location.href) + "&title=" + encodeURIComponent(document.title.slice(0, 200));
  if (words) address += "&description=" + encodeURIComponent(words);
  for (const picture of pictures) {
    const more = "&media=" + encodeURIComponent(picture);
    if (address.length + more.length < ROOM) address += more;
  }
  if (!open(address, "_blank", "popup,width=760,height=820")) location.href = address;
})();
