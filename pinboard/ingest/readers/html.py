"""Plain HTML: what every page has. Title, description, canonical address; see images.py too."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pinboard.ingest import values
from pinboard.ingest.document import Document, attribute
from pinboard.ingest.readers import essay, images, kitchen, shop
from pinboard.ingest.readers.meta import Tags, collect, first, line
from pinboard.ingest.reading import Kind, Product, Reading

_VIDEO_PATH = re.compile(r"/(?:videos?|watch|clips?|shorts|reels?)/(?=[^/])", re.IGNORECASE)


def read(document: Document) -> Reading:
    """What the page's ordinary elements say."""
    tags, _ = collect(document)
    recipe, product = kitchen.recipe(document), Product()
    if not recipe.ingredients:
        product = shop.product(document)
    is_article = essay.is_article(document, tags)
    kind: Kind = "article" if is_article else "movie" if _is_video(document, tags) else "plain"
    if recipe.ingredients or product != Product():
        kind = "recipe" if recipe.ingredients else "product"
    return Reading(
        kind=kind,
        title=_title(document),
        description=line(tags, "description", "dc.description", limit=values.TEXT_LENGTH),
        site_name=line(tags, "application-name", limit=100),
        canonical_url=_canonical(document),
        author="" if kind == "product" else essay.author(document, tags),
        published="" if kind == "product" else essay.published(document, tags),
        language=document.language or values.language(first(tags, "content-language", "language")),
        product=product,
        recipe=recipe,
        pictures=images.read(document),
    )


def _is_video(document: Document, tags: Tags) -> bool:
    """Whether the address says video, and a player or a number bears it out."""
    path = urlsplit(document.url).path
    named = _VIDEO_PATH.search(path)
    has_player = any(name.startswith(("og:video", "twitter:player")) for name in tags)
    has_video = has_player or document.tree.css_first("video") is not None
    return bool(named and (has_video or re.search(r"\d", path[named.end() :])))


def _title(document: Document) -> str:
    for selector in ("#productTitle", "title", "h1", "h2"):
        for element in document.tree.css(selector)[:3]:
            if found := values.text(element.text(), limit=values.TITLE_LENGTH):
                return found
    return ""


def _canonical(document: Document) -> str:
    element = document.tree.css_first('link[rel~="canonical" i][href]')
    return document.absolute(attribute(element, "href")) if element else ""
