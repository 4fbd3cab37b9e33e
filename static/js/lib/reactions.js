// Which of the reactions are the viewer's own: their HTML is the same for everybody.

export function paintReactions(root, viewer) {
  for (const chip of root.querySelectorAll(".reaction")) {
    chip.setAttribute("aria-pressed", String(chip.dataset.people.split(" ").includes(viewer)));
  }
}
