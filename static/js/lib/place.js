// Where something that floats stands: near the control that opened it, inside the window. On
// narrow screens the style sheet makes it a sheet at the bottom.

const MARGIN = 8; // px between it, its control and the window's edge

export function placeNear(element, control) {
  const {style} = element;
  style.top = style.left = style.right = style.bottom = "";
  if (!control || matchMedia("(max-width: 40rem)").matches) return;
  const from = control.getBoundingClientRect();
  const {offsetWidth: width, offsetHeight: height} = element;
  const below = from.bottom + MARGIN + height < innerHeight;
  const top = below ? from.bottom + MARGIN : Math.max(MARGIN, Math.min(from.top, innerHeight - height - MARGIN));
  style.right = style.bottom = "auto";
  style.top = `${top}px`;
  style.left = `${Math.max(MARGIN, Math.min(from.right - width, innerWidth - width - MARGIN))}px`;
}
