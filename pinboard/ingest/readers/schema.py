"""schema.org: what the page is about, and what it says about that.

A page carries many nodes: breadcrumbs, the shop, related products. ``choosing`` picks the one
the page is about; ``things`` and ``food`` read what its kind has of its own; here is what all
kinds share.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pinboard.ingest import times, values
from pinboard.ingest.document import Document
from pinboard.ingest.readers import food, offers, things
from pinboard.ingest.readers.choosing import choose
from pinboard.ingest.readers.nodes import Graph, Node, types_of
from pinboard.ingest.reading import Kind, PageImage, Rating, Reading

_READERS = {
    "recipe": food.recipe,
    "product": offers.product,
    "movie": things.movie,
    "article": things.article,
    "place": things.place,
}
_MAX_PICTURES = 12


def read(roots: list[Any], document: Document, *, found_in: str) -> Reading:
    """What schema.org nodes say about the page they stand on.

    roots: the top-level values of all blocks. found_in: for `PageImage`.
    """
    graph = Graph(roots)
    kind, node = choose(graph, document)
    reading = Reading(site_name=_site_name(graph), video=things.video(graph, document))
    if kind == "plain":
        return reading
    reading = _shared(graph, kind, node, reading, document, found_in)
    own = _READERS[kind](graph, node, document)
    return replace(reading, kind=kind, **{kind: own})  # type: ignore[arg-type]  # kind names it


def _shared(
    graph: Graph, kind: Kind, node: Node, reading: Reading, document: Document, found_in: str
) -> Reading:
    """What every kind of thing has."""
    names = ("headline", "name") if kind == "article" else ("name", "headline", "title")
    publisher = graph.text(node, "publisher", limit=100) if kind in ("article", "recipe") else ""
    country = document.locale.rpartition("-")[2]
    return replace(
        reading,
        title=_title(graph, node, names, document),
        description=graph.text(node, "description", "abstract", limit=values.TEXT_LENGTH),
        site_name=reading.site_name or publisher,
        canonical_url=document.absolute(graph.plain(node, "url")),
        author=_author(graph, kind, node),
        published=times.moment(
            graph.plain(node, "datePublished", "uploadDate", "dateCreated"), country=country
        ),
        language=values.language(graph.plain(node, "inLanguage")),
        rating=rating(graph, node),
        pictures=_pictures(graph, node, document, found_in),
    )


def _title(graph: Graph, node: Node, names: tuple[str, ...], document: Document) -> str:
    """Of an article the name that is its heading: an encyclopedia's headline describes it."""
    told = [graph.text(node, name, limit=values.TITLE_LENGTH) for name in names]
    if names[0] == "headline":
        told.sort(key=lambda one: one.lower() != document.headline.lower())
    return next(filter(None, told), "")


def _author(graph: Graph, kind: Kind, node: Node) -> str:
    if kind == "product":
        return ""
    names = graph.texts(node, "author", "creator", limit=100)
    return ", ".join(dict.fromkeys(n for n in names[:3] if not n.startswith(("http", "@", "#"))))


def rating(graph: Graph, node: Node) -> Rating:
    """The average, on a scale to five whatever the page's scale."""
    for found in graph.nodes(node, "aggregateRating"):
        value = values.number(graph.plain(found, "ratingValue"))
        best = values.number(graph.plain(found, "bestRating")) or 5.0
        if value is not None and best < value <= 10:  # bestRating forgotten, or wrong
            best = 10.0
        if value is not None and 0 < value <= best:
            count = values.whole(graph.plain(found, "ratingCount", "reviewCount"))
            count = count or values.whole(graph.plain(found, "reviewCount"))
            return Rating(value=round(value * 5 / best, 2), count=count)
    return Rating()


def _pictures(graph: Graph, node: Node, document: Document, found_in: str) -> tuple[PageImage, ...]:
    found = []
    values_found = graph.all(node, "image", "photo", "primaryImageOfPage", "thumbnailUrl")
    if not values_found:  # a group's pictures hang on its variants
        for variant in graph.nodes(node, "hasVariant")[:4]:
            values_found += graph.all(variant, "image")[:2]
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
