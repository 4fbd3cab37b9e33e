// The pictures on a shared search: what the search shows its viewer now, not what it once showed.

import {getJson} from "./post.js";

export function fillCovers(root) {
  for (const covers of root.querySelectorAll(".search-card-covers:not([data-asked])")) {
    covers.dataset.asked = "";
    fill(covers, new URL(covers.closest("a").href).search);
  }
}

async function fill(covers, search) {
  const answer = await getJson(`/search/covers/${search}`).catch(() => ({covers: []}));
  covers.append(...(answer.covers ?? []).slice(0, 4).map(({src, width, height, colour}) => {
    const image = new Image(width, height);
    image.src = src;
    image.alt = "";
    image.dataset.colour = colour ?? "";
    return image;
  }));
}
