"""RDFa Lite: ``vocab``, ``typeof`` and ``property`` attributes, turned into schema.org nodes.

Only what speaks schema.org: inside an element with that ``vocab``, or with its prefix in the
names. Open Graph is RDFa as well, but has its own reader.
"""

from __future__ import annotations

from typing import Any

from selectolax.lexbor import LexborNode

from pinboard.ingest.document import Document, attribute
from pinboard.ingest.readers import microdata, schema
from pinboard.ingest.readers.nodes import Node
from pinboard.ingest.reading import Reading

_MAX_ELEMENTS = 4_000
_PREFIXES = ("schema:", "http://schema.org/", "https://schema.org/")


def read(document: Document) -> Reading:
    """What the page's RDFa says."""
    if document.tree.css_first("[typeof]") is None:
        return Reading()
    return schema.read(_nodes(document), document, found_in="rdfa")


def _nodes(document: Document) -> list[Any]:
    """The top-level typed resources of the page."""
    typed: dict[int, Node] = {}
    roots: list[Any] = []
    seen: set[int] = set()
    characters = 0
    for element in document.tree.css("[typeof], [property]")[:_MAX_ELEMENTS]:
        if element.mem_id in seen:
            continue
        seen.add(element.mem_id)
        value: Any = None
        types = [_bare(name) for name in attribute(element, "typeof").split()[:5]]
        if any(types):
            value = {"@type": [name for name in types if name]}
            if address := attribute(element, "resource") or attribute(element, "about"):
                value["@id"] = address
            typed[element.mem_id] = value
        names = [_bare(name) for name in attribute(element, "property").split()[:5]]
        owner = _owner(element, typed)
        if not any(names) or owner is None:
            if value is not None:
                roots.append(value)
            continue
        for name in filter(None, names):
            if value is None and characters < microdata.MAX_CHARACTERS:
                found = _value(element, name)
                characters += len(found)
                owner.setdefault(name, []).append(found)
            elif value is not None:
                owner.setdefault(name, []).append(value)
    return roots


def _bare(name: str) -> str:
    """A schema.org name without its prefix; "" for another vocabulary's."""
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    return "" if ":" in name or name.startswith("@") else name


def _owner(element: LexborNode, typed: dict[int, Node]) -> Node | None:
    parent = element.parent
    while parent is not None:
        if parent.mem_id in typed:
            return typed[parent.mem_id]
        parent = parent.parent
    return None


def _value(element: LexborNode, name: str) -> str:
    for where in ("content", "resource", "datetime"):
        if written := attribute(element, where):
            return written
    return microdata.value_of(element, name)
