// An icon of the sprite, for HTML made in the browser. The sprite's hashed address is read from the page.

const SVG = "http://www.w3.org/2000/svg";

export function icon(name) {
  const sprite = document.querySelector(".icon use")?.getAttribute("href").split("#")[0] ?? "";
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "use"));
  svg.firstChild.setAttribute("href", `${sprite}#${name}`);
  return svg;
}
