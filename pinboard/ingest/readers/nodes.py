"""Walking schema.org nodes: plain dictionaries somebody else filled, in any shape.

A property may be a value, a list of values, a node, a reference to a node elsewhere on the page
(``{"@id": "#author"}``), or missing. The functions here iron that out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pinboard.ingest import values

Node = dict[str, Any]

MAX_NODES = 20_000
MAX_DEPTH = 24
#: Most values we take from one property.
MAX_VALUES = 300

#: Where the thing a page is about hangs, seen from the root of a block.
_LEADING = ("@graph", "mainEntity", "mainEntityOfPage", "about", "hasPart", "itemOffered")
#: Where things hang that a page only mentions.
_ASIDE = frozenset(
    {
        *("isRelatedTo", "isSimilarTo", "isAccessoryOrSparePartFor", "isConsumableFor", "review"),
        *(
            "itemListElement",
            "hasVariant",
            "model",
            "isVariantOf",
            "mentions",
            "citation",
            "isPartOf",
        ),
        *("subjectOf", "publisher", "author", "comment", "offers", "workExample", "makesOffer"),
    }
)
_PREFIX = re.compile(r"(?:schema:|https?://(?:www\.)?schema\.org/)")


class Graph:
    """All nodes of a page, with references resolved."""

    def __init__(self, roots: list[Any]) -> None:
        self._by_id: dict[str, Node] = {}
        for node in _walk(roots):
            _without_prefixes(node)
            name = node.get("@id")
            if isinstance(name, str) and len(node) > 1:
                known = self._by_id.setdefault(name, node)
                if known is not node and len(node) > 2:
                    known.update({key: node[key] for key in node.keys() - known.keys()})
        self.leading = list(self._leading_nodes(roots))
        self._roots = roots

    def nested(self) -> Iterator[Node]:
        """Nodes anywhere else in the blocks, without what a page only mentions or recommends."""
        return _walk(self._roots, without=_ASIDE)

    def _leading_nodes(self, roots: list[Any]) -> Iterator[Node]:
        """The nodes that may be what the page is about, in the page's order."""
        seen: set[int] = set()
        waiting: list[tuple[Any, int]] = [(root, 0) for root in reversed(roots)]
        while waiting and len(seen) < MAX_NODES:
            value, depth = waiting.pop()
            if isinstance(value, list) and depth < MAX_DEPTH:
                waiting += [(inner, depth + 1) for inner in reversed(value)]
            node = self.node(value)
            if not node or id(node) in seen or depth >= MAX_DEPTH:
                continue
            seen.add(id(node))
            yield node
            waiting += [(node[key], depth + 1) for key in reversed(_LEADING) if key in node]

    def node(self, value: object) -> Node:
        """A value as a node, a reference followed once; {} if it is none."""
        if not isinstance(value, dict):
            return {}
        name = value.get("@id")
        if len(value) <= 2 and isinstance(name, str):  # {"@id": …}, perhaps with its @type
            return self._by_id.get(name, value)
        return value

    def all(self, node: Node, *names: str) -> list[Any]:
        """The values of the first of these properties that is there, as a list."""
        for name in names:
            value = node.get(name)
            if isinstance(value, dict) and len(value) <= 2:
                value = value.get("@list", value.get("@set", value))
            if value not in (None, "", [], {}):
                return value[:MAX_VALUES] if isinstance(value, list) else [value]
        return []

    def nodes(self, node: Node, *names: str) -> list[Node]:
        """Those of the values that are nodes."""
        return [found for value in self.all(node, *names) if (found := self.node(value))]

    def plain(self, node: Node, *names: str) -> Any:
        """The first plain value of a property, {"@value": …} unwrapped; None if there is none."""
        for value in self.all(node, *names):
            if isinstance(value, dict):
                value = value.get("@value", value.get("maxValue", value.get("value")))
            if isinstance(value, str | int | float) and value != "":
                return value
        return None

    def text(self, node: Node, *names: str, limit: int = values.LINE_LENGTH) -> str:
        """A property as one line of text; of a node, its name."""
        return next(iter(self.texts(node, *names, limit=limit)), "")

    def texts(self, node: Node, *names: str, limit: int = values.LINE_LENGTH) -> list[str]:
        """All of a property's values as lines of text."""
        found = (self.text_of(value, limit=limit) for value in self.all(node, *names))
        return [line for line in found if line]

    def text_of(self, value: object, *, limit: int = values.LINE_LENGTH) -> str:
        """One value as a line of text; of a node, its name."""
        if isinstance(value, dict):
            node = self.node(value)
            value = node.get("@value") or node.get("name") or node.get("text") or node.get("value")
            if isinstance(value, list):
                value = value[0] if value else ""
        return values.text(value, limit=limit)


def types_of(node: Node) -> set[str]:
    """A node's types, lower case, without the vocabulary: {"recipe"}."""
    declared = node.get("@type") or node.get("@Type") or node.get("type")
    listed = declared if isinstance(declared, list) else [declared]
    return {
        name[:200].rstrip("/").replace("#", "/").replace(":", "/").rsplit("/", 1)[-1].lower()
        for name in listed[:20]
        if isinstance(name, str)
    }


def _without_prefixes(node: Node) -> None:
    """ "schema:name" and "http://schema.org/name" are "name"."""
    prefixed = [key for key in node if key.startswith(("schema:", "http")) and _PREFIX.match(key)]
    for key in prefixed:
        node.setdefault(_PREFIX.sub("", key), node[key])


def _walk(roots: list[Any], *, without: frozenset[str] = frozenset()) -> Iterator[Node]:
    """Every node, without recursion, as far as a page made by people goes."""
    waiting: list[tuple[Any, int]] = [(root, 0) for root in reversed(roots)]
    count = 0
    while waiting and count < MAX_NODES:
        value, depth = waiting.pop()
        count += 1
        inner: list[Any] = []
        if isinstance(value, dict):
            yield value
            inner = [one for name, one in value.items() if name not in without]
        elif isinstance(value, list):
            inner = value
        if depth < MAX_DEPTH:
            waiting += [(one, depth + 1) for one in reversed(inner) if isinstance(one, dict | list)]
