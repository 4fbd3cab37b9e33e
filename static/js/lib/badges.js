// The numbers on messages and notifications, wherever they are shown.

export function setBadge(name, count) {
  for (const badge of document.querySelectorAll(`[data-badge="${name}"]`)) {
    badge.querySelector("[data-badge-number]").textContent = count > 99 ? "99+" : String(count);
    badge.hidden = !count;
  }
}
