"""Microdata: ``itemscope`` and ``itemprop`` attributes, turned into schema.org nodes."""

from __future__ import annotations

from typing import Any

from selectolax.lexbor import LexborNode

from pinboard.ingest.document import Document, attribute
from pinboard.ingest.readers import schema
from pinboard.ingest.readers.nodes import Node
from pinboard.ingest.reading import Reading

MAX_PROPERTIES = 2_000
#: Text of all properties together: nested ones would hand us the same words again and again.
MAX_CHARACTERS = 1 << 20

#: Where an element of this name keeps its value.
_VALUE_IN = {
    "a": "href", "area": "href", "link": "href",
    "img": "src", "source": "src", "video": "src", "audio": "src", "iframe": "src", "embed": "src",
    "object": "data", "time": "datetime", "data": "value", "meter": "value", "meta": "content",
}  # fmt: skip
#: Properties whose list items and paragraphs are separate lines.
_LISTS = frozenset({"recipeInstructions", "recipeIngredient", "ingredients"})
#: Properties people put on a link although they mean its words.
_WORDS = frozenset({"name", "author", "brand", "headline", "recipeCategory", "recipeCuisine"})


def read(document: Document) -> Reading:
    """What the page's microdata says."""
    return schema.read(_items(document), document, found_in="microdata")


def _items(document: Document) -> list[Any]:
    """The top-level items of the page as nodes."""
    items: dict[int, Node] = {}  # by the identity of the element that opens the scope
    roots: list[Any] = []
    characters = 0
    seen: set[int] = set()
    for element in document.tree.css("[itemscope], [itemprop]")[: 2 * MAX_PROPERTIES]:
        if element.mem_id in seen:  # selectolax lists an element once for each part that matches
            continue
        seen.add(element.mem_id)
        attributes = element.attributes
        value: Any = None
        if "itemscope" in attributes:
            value = {"@type": (attributes.get("itemtype") or "").split()[:5]}
            if attributes.get("itemid"):
                value["@id"] = attributes["itemid"]
            items[element.mem_id] = value
        name = (attributes.get("itemprop") or "").partition(" ")[0]
        owner = _owner(element, items)
        if name and owner is not None and not name.startswith("@"):
            if value is None and characters < MAX_CHARACTERS:
                value = value_of(element, name)
                characters += len(value)
            owner.setdefault(name, []).append(value)
        elif value is not None:
            roots.append(value)
    return roots


def _owner(element: LexborNode, items: dict[int, Node]) -> Node | None:
    """The item an element's property belongs to: the nearest open scope around it."""
    parent = element.parent
    while parent is not None:
        if parent.mem_id in items:
            return items[parent.mem_id]
        parent = parent.parent
    return None


def value_of(element: LexborNode, name: str) -> str:
    """A property's value: where its kind of element keeps it, or its words."""
    content = attribute(element, "content")
    if content:
        return content
    where = _VALUE_IN.get(element.tag or "")
    if where and not (name in _WORDS and element.tag == "a"):
        written = attribute(element, where)
        if not written and element.tag == "img":
            written = attribute(element, "data-src")
        if written:
            return written
    entries = element.css("li, p")[:200] if name in _LISTS else []
    if entries:
        return "\n".join(_words(entry) for entry in entries)
    return _words(element)


def _words(element: LexborNode) -> str:
    return " ".join(element.text(separator=" ").split())
