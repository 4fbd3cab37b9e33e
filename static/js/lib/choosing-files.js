// Pictures from one's own device, by the button of the composer.

export function run({window: shown, control}) {
  control.closest("details")?.removeAttribute("open");
  const input = document.createElement("input");
  Object.assign(input, {type: "file", multiple: true, accept: "image/*"});
  input.addEventListener("change", async () => {
    const bringer = await shown.querySelector("message-composer").bringer();
    bringer.files([...input.files]);
  });
  input.click();
}
