"""Which of a page's many schema.org nodes is the one the page is about."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pinboard.ingest.document import Document
from pinboard.ingest.links import absolute, query_of
from pinboard.ingest.readers.nodes import Graph, Node, types_of
from pinboard.ingest.reading import Kind

#: In the order in which one of them on a page makes it a page about that.
_TYPES: dict[Kind, frozenset[str]] = {
    "recipe": frozenset({"recipe"}),
    "product": frozenset(
        {
            *("product", "productgroup", "individualproduct", "productmodel", "someproducts"),
            *("vehicle", "car", "motorcycle"),
        }
    ),
    "movie": frozenset({"movie", "tvseries", "tvepisode", "tvseason", "videoobject", "clip"}),
    "article": frozenset(
        {"report", "howto", "scholarlyarticle", "review", "criticreview", "claimreview"}
    ),
    "place": frozenset(
        {
            *("place", "localbusiness", "cafeorcoffeeshop", "barorpub", "bakery", "brewery"),
            *("foodestablishment", "winery", "hostel", "motel", "resort", "bedandbreakfast"),
            *("campground", "apartment", "vacationrental", "accommodation", "house", "lodging"),
            *("singlefamilyresidence", "residence", "museum", "touristattraction", "park"),
            *("beach", "landmarksorhistoricalbuildings", "artgallery", "library", "zoo"),
            *("aquarium", "florist", "eventvenue", "dayspa", "castle", "church", "mountain"),
            *("waterfall", "theater", "movietheater", "amusementpark", "touristdestination"),
            *("campingpitch", "nightclub", "city", "hospital", "physician", "dentist"),
        }
    ),
}
_TYPE_ENDINGS: dict[Kind, tuple[str, ...]] = {
    "article": ("article", "posting"),
    "place": ("business", "restaurant", "hotel", "store", "shop", "salon", "gym"),
}
#: Sold on many pages, but only a product where it has a price.
_SOLD = frozenset(
    {
        *("book", "softwareapplication", "mobileapplication", "webapplication", "videogame"),
        *("musicalbum", "course", "visualartwork", "service"),
    }
)
#: A page with more of them than this and no main one is a list.
_MOST: dict[Kind, int] = {"product": 2, "recipe": 1, "movie": 2}


def choose(graph: Graph, document: Document) -> tuple[Kind, Node]:
    """The node the page is about: by kind, the most telling first, then by address and name."""
    found = {kind: [n for n in graph.leading if is_kind(n, kind)] for kind in _TYPES}
    if not found["product"]:
        found["product"] = [n for n in graph.leading if types_of(n) & _SOLD and n.get("offers")]
    if not any(found.values()):
        for kind in ("recipe", "product"):
            found[kind] = [n for n in graph.nested() if is_kind(n, kind)]
    for kind, nodes in found.items():
        here = _here(graph, nodes, document)
        if here and not _is_aside(graph, kind, here, found, document):
            return kind, here
    return "plain", {}


def is_kind(node: Node, kind: Kind) -> bool:
    """Whether a node's type is one of a kind's."""
    names = types_of(node)
    endings = _TYPE_ENDINGS.get(kind, ())
    return bool(names & _TYPES[kind]) or any(name.endswith(endings) for name in names if endings)


def _here(graph: Graph, nodes: list[Node], document: Document) -> Node:
    """The one of several that this page is about; {} where it only lists them."""
    for fits in (_has_address, _has_name):
        fitting = [node for node in nodes if fits(graph, node, document)]
        if fitting:
            return max(fitting, key=len)  # some pages write a stub first
    if not nodes:
        return {}
    kinds = [kind for kind in _MOST if is_kind(nodes[0], kind)]
    names = {graph.text(node, "name", "headline") for node in nodes}
    is_list = bool(kinds) and len(names) > _MOST[kinds[0]]
    return {} if is_list else nodes[0]


def _is_aside(
    graph: Graph, kind: Kind, node: Node, found: dict[Kind, list[Node]], document: Document
) -> bool:
    """Whether the node is only what an article on the page is about, or stands beside."""
    articles = [one for one in found["article"] if not types_of(one) <= {"review", "howto"}]
    if kind == "product" and (articles or document.og_type == "article"):
        return not graph.all(node, "offers", "hasVariant")
    if kind == "movie":
        is_clip = bool(types_of(node) & {"videoobject", "clip"})
        about_it = document.og_type == "article" or bool(found["place"])
        return bool(articles) or (is_clip and about_it)
    if kind == "place" and document.og_type in ("article", "product"):
        is_home = urlsplit(document.url).path in ("", "/")
        is_this = _has_address(graph, node, document) or _has_name(graph, node, document)
        return not (is_home or is_this)
    return False


def _has_address(graph: Graph, node: Node, document: Document) -> bool:
    page = urlsplit(document.url)
    path = page.path.rstrip("/")
    if not path:
        return False
    offered = [graph.plain(offer, "url") for offer in graph.nodes(node, "offers")[:20]]
    said = (graph.plain(node, "url"), node.get("@id"), graph.plain(node, "mainEntityOfPage"))
    for value in (*said, *offered):
        address = urlsplit(absolute(document.base, value))
        if address.path.rstrip("/") == path and _is_same_query(address.query, page.query):
            return True
    return False


def _is_same_query(first: str, other: str) -> bool:
    """No parameter with another value: of /item?id=1 and /item?id=2 only one is this page."""
    one, two = query_of("?" + first), query_of("?" + other)
    return all(one[name] == two[name] for name in one.keys() & two.keys())


def _has_name(graph: Graph, node: Node, document: Document) -> bool:
    """Whether the page's first heading is the node's name."""
    name = _bare(graph.text(node, "name", "headline"))
    return len(name) > 3 and name == _bare(document.headline)


def _bare(name: str) -> str:
    return re.sub(r"\W+", "", name.lower())
