"""schema.org: what the page is about, and what it says about that.

A page carries many nodes: breadcrumbs, the shop, related products. `_choose` picks the one the
page is about; ``things.py`` reads what its kind has of its own; here is what all kinds share.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from pinboard.ingest import values
from pinboard.ingest.document import Document
from pinboard.ingest.links import absolute
from pinboard.ingest.readers import things
from pinboard.ingest.readers.nodes import Graph, Node, types_of
from pinboard.ingest.reading import Kind, PageImage, Rating, Reading

_TYPES: dict[Kind, frozenset[str]] = {
    "recipe": frozenset({"recipe"}),
    "product": frozenset(
        {"product", "productgroup", "individualproduct", "productmodel", "vehicle", "car"}
    ),
    "movie": frozenset({"movie", "tvseries", "tvepisode"}),
    "article": frozenset(
        {
            *("article", "newsarticle", "blogposting", "techarticle", "report", "howto"),
            *("reportagenewsarticle", "opinionnewsarticle", "analysisnewsarticle"),
            *("scholarlyarticle", "liveblogposting", "socialmediaposting"),
        }
    ),
    "place": frozenset(
        {
            *("place", "localbusiness", "restaurant", "cafeorcoffeeshop", "barorpub", "bakery"),
            *("foodestablishment", "winery", "brewery", "icecreamshop", "hotel", "hostel"),
            *("motel", "resort", "lodgingbusiness", "bedandbreakfast", "campground", "apartment"),
            *("vacationrental", "accommodation", "museum", "touristattraction", "park", "beach"),
            *("landmarksorhistoricalbuildings", "artgallery", "library", "zoo", "aquarium"),
            *("store", "homegoodsstore", "furniturestore", "florist", "eventvenue", "dayspa"),
            *("castle", "church", "mountain", "waterfall", "theater", "movietheater"),
        }
    ),
}
_READERS = {
    "recipe": things.recipe,
    "product": things.product,
    "movie": things.movie,
    "article": things.article,
    "place": things.place,
}
#: A page with more products than this and no main one is a list of products.
_MOST_PRODUCTS = 2
_MAX_PICTURES = 12


def read(roots: list[Any], document: Document, *, found_in: str) -> Reading:
    """What schema.org nodes say about the page they stand on.

    roots: the top-level values of all blocks. found_in: for `PageImage`.
    """
    graph = Graph(roots)
    kind, node = _choose(graph, document)
    reading = Reading(site_name=_site_name(graph))
    if kind == "plain":
        return reading
    reading = _shared(graph, kind, node, reading, document, found_in)
    own = _READERS[kind](graph, node, document.language)
    return replace(reading, kind=kind, **{kind: own})  # type: ignore[arg-type]  # kind names it


def _choose(graph: Graph, document: Document) -> tuple[Kind, Node]:
    """The node the page is about: by kind, the most telling first, then by address."""
    for kind, names in _TYPES.items():
        found = [node for node in graph.leading if types_of(node) & names]
        if not found:
            continue
        here = [node for node in found if _is_about_this_page(graph, node, document)]
        if here:
            return kind, here[0]
        if kind != "product" or len(found) <= _MOST_PRODUCTS:
            return kind, found[0]
    return "plain", {}


def _is_about_this_page(graph: Graph, node: Node, document: Document) -> bool:
    path = urlsplit(document.url).path.rstrip("/")
    for value in (graph.plain(node, "url"), node.get("@id"), graph.plain(node, "mainEntityOfPage")):
        address = absolute(document.base, value)
        if path and address and urlsplit(address).path.rstrip("/") == path:
            return True
    return False


def _shared(
    graph: Graph, kind: Kind, node: Node, reading: Reading, document: Document, found_in: str
) -> Reading:
    """What every kind of thing has."""
    names = ("headline", "name") if kind == "article" else ("name", "headline", "title")
    publisher = graph.text(node, "publisher", limit=100) if kind in ("article", "recipe") else ""
    return replace(
        reading,
        title=graph.text(node, *names, limit=values.TITLE_LENGTH),
        description=graph.text(node, "description", "abstract", limit=values.TEXT_LENGTH),
        site_name=reading.site_name or publisher,
        canonical_url=document.absolute(graph.plain(node, "url")),
        author=_author(graph, node),
        published=values.moment(graph.plain(node, "datePublished", "dateCreated")),
        language=values.language(graph.plain(node, "inLanguage")),
        rating=_rating(graph, node),
        pictures=_pictures(graph, node, document, found_in),
    )


def _author(graph: Graph, node: Node) -> str:
    names = graph.texts(node, "author", "creator", limit=100)
    return ", ".join(dict.fromkeys(n for n in names[:3] if not n.startswith(("http", "@", "#"))))


def _rating(graph: Graph, node: Node) -> Rating:
    """The average, on a scale to five whatever the page's scale."""
    for rating in graph.nodes(node, "aggregateRating"):
        value = values.number(graph.plain(rating, "ratingValue"))
        best = values.number(graph.plain(rating, "bestRating")) or 5.0
        if value is not None and 0 < value <= best:
            count = values.whole(graph.plain(rating, "ratingCount", "reviewCount"))
            return Rating(value=round(value * 5 / best, 2), count=count)
    return Rating()


def _pictures(graph: Graph, node: Node, document: Document, found_in: str) -> tuple[PageImage, ...]:
    found = []
    values_found = graph.all(node, "image", "photo", "primaryImageOfPage", "thumbnailUrl")
    for value in values_found[:_MAX_PICTURES]:
        image = graph.node(value)
        reference = graph.plain(image, "contentUrl", "url", "@id") if image else value
        if url := document.absolute(reference):
            found.append(
                PageImage(
                    url=url,
                    width=values.whole(graph.plain(image, "width")),
                    height=values.whole(graph.plain(image, "height")),
                    alt=graph.text(image, "caption", "description"),
                    found_in=found_in,
                )
            )
    return tuple(found)


def _site_name(graph: Graph) -> str:
    for node in graph.leading:
        if "website" in types_of(node):
            return graph.text(node, "name", limit=100)
    return ""
