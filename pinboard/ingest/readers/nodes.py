"""Walking schema.org nodes: plain dictionaries somebody else filled, in any shape.

A property may be a value, a list of values, a node, a reference to a node elsewhere on the page
(``{"@id": "#author"}``), or missing. The functions here iron that out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pinboard.ingest import values

Node = dict[str, Any]

MAX_NODES = 20_000
MAX_DEPTH = 24
#: Most values we take from one property.
MAX_VALUES = 300

#: Where the thing a page is about hangs, seen from the root of a block.
_LEADING = ("@graph", "mainEntity", "mainEntityOfPage", "itemReviewed")


class Graph:
    """All nodes of a page, with references resolved."""

    def __init__(self, roots: list[Any]) -> None:
        self._by_id: dict[str, Node] = {}
        for node in _walk(roots):
            name = node.get("@id")
            if isinstance(name, str) and len(node) > 1:
                self._by_id.setdefault(name, node)
        self.leading = list(self._leading_nodes(roots))

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
            value = node.get(name, node.get("schema:" + name))
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
                value = value.get("@value")
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
            value = node.get("@value") or node.get("name") or node.get("text")
            if isinstance(value, list):
                value = value[0] if value else ""
        return values.text(value, limit=limit)


def types_of(node: Node) -> set[str]:
    """A node's types, lower case, without the vocabulary: {"recipe"}."""
    declared = node.get("@type")
    listed = declared if isinstance(declared, list) else [declared]
    return {
        name[:200].rstrip("/").replace("#", "/").replace(":", "/").rsplit("/", 1)[-1].lower()
        for name in listed[:20]
        if isinstance(name, str)
    }


def _walk(roots: list[Any]) -> Iterator[Node]:
    """Every node, without recursion, as far as a page made by people goes."""
    waiting: list[tuple[Any, int]] = [(root, 0) for root in roots]
    count = 0
    while waiting and count < MAX_NODES:
        value, depth = waiting.pop()
        count += 1
        if isinstance(value, dict):
            yield value
        inner = value.values() if isinstance(value, dict) else value
        if isinstance(value, dict | list) and depth < MAX_DEPTH:
            waiting += [(one, depth + 1) for one in inner if isinstance(one, dict | list)]
