"""Files, pictures and links as they come from other programs: dropped, carried and pasted."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from tests.browser.conftest import draw

if TYPE_CHECKING:
    from playwright.sync_api import Locator

# What another program would hand over: files by name and content, or text by type. Answers
# whether the page took what happened last.
HAND_OVER = """(place, {kinds, files, texts}) => {
  const transfer = new DataTransfer();
  for (const {name, bytes} of files) {
    const data = Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0));
    transfer.items.add(new File([data], name, {type: "image/jpeg"}));
  }
  for (const [type, text] of Object.entries(texts)) transfer.setData(type, text);
  const events = kinds.map((kind) => kind === "paste"
    ? new ClipboardEvent(kind, {bubbles: true, cancelable: true, clipboardData: transfer})
    : new DragEvent(kind, {bubbles: true, cancelable: true, dataTransfer: transfer}));
  for (const event of events) place.dispatchEvent(event);
  return events.at(-1).defaultPrevented;
}"""


def photo(number: int, name: str) -> dict[str, str]:
    return {"name": name, "bytes": base64.b64encode(draw(number, (500, 400))).decode()}


def hand_over(place: Locator, *kinds: str, files: tuple[dict[str, str], ...], **texts: str) -> bool:
    """kinds: of events, such as "dragover". texts: by type, text_plain for "text/plain"."""
    typed = {name.replace("_", "/", 1): text for name, text in texts.items()}
    what = {"kinds": kinds, "files": files, "texts": typed}
    return bool(place.evaluate(HAND_OVER, what))


def drop(place: Locator, *files: dict[str, str], **texts: str) -> None:
    hand_over(place, "dragover", "drop", files=files, **texts)


def paste(place: Locator, *files: dict[str, str], **texts: str) -> None:
    hand_over(place, "paste", files=files, **texts)
