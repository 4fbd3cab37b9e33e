// The closed composer's own way back, for whoever closed it.

import {post} from "./post.js";
import {toast} from "./toast.js";

export async function run({window: shown, control: form}) {
  try {
    await post(form.getAttribute("action"));
  } catch (error) {
    toast(error.message);
    return;
  }
  const detail = {conversation: Number(shown.dataset.conversation)};
  document.dispatchEvent(new CustomEvent("live:membership.changed", {detail}));
}
