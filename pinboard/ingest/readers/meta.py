"""``<meta>`` elements, collected once for the readers that understand them."""

from __future__ import annotations

from pinboard.ingest import values
from pinboard.ingest.document import Document, attribute

MAX_TAGS = 400
_NAMES = ("property", "name", "http-equiv")
_PICTURES = (
    "og:image",
    "og:image:url",
    "og:image:secure_url",
    "twitter:image",
    "twitter:image:src",
)

Tags = dict[str, list[str]]


def collect(document: Document) -> tuple[Tags, list[dict[str, str]]]:
    """All meta properties by name, and the pictures with the lines that describe each.

    "og:image:width" belongs to the "og:image" before it, so order matters there.
    """
    tags: Tags = {}
    pictures: list[dict[str, str]] = []
    for element in document.tree.css("meta[content]")[:MAX_TAGS]:
        content = attribute(element, "content").strip()
        both = " ".join(attribute(element, one) for one in _NAMES).lower()
        for name in dict.fromkeys(both.split() if content else ()):
            tags.setdefault(name, []).append(content)
            if name in _PICTURES and not (pictures and pictures[-1]["url"] == content):
                if name == "og:image:secure_url" and pictures and "secure_url" not in pictures[-1]:
                    pictures[-1]["secure_url"] = content
                else:
                    pictures.append({"url": content, "said_by": name.partition(":")[0]})
            elif name.startswith(("og:image:", "twitter:image:")) and pictures:
                pictures[-1].setdefault(name.rsplit(":", 1)[-1], content)
    return tags, pictures


def first(tags: Tags, *names: str) -> str:
    """The first content of the first of these names that is there."""
    return next((tags[name][0] for name in names if name in tags), "")


def line(tags: Tags, *names: str, limit: int = values.LINE_LENGTH) -> str:
    """The same as a line of text, passing over empty ones."""
    found = (values.text(first(tags, name), limit=limit) for name in names)
    return next((one for one in found if one), "")


def names_of_people(tags: Tags, *names: str) -> str:
    """The names under the first of these that holds any; addresses of profiles left out."""
    for name in names:
        found = [values.text(one, limit=100) for one in tags.get(name, [])[:3]]
        people = [
            one for one in found if one and not one.startswith(("http:", "https:", "@", "www."))
        ]
        if people:
            return ", ".join(dict.fromkeys(people))
    return ""
