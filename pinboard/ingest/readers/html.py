"""Plain HTML: what every page has. Title, description, canonical address; see images.py too."""

from __future__ import annotations

from pinboard.ingest import values
from pinboard.ingest.document import Document, attribute
from pinboard.ingest.readers import images
from pinboard.ingest.reading import Reading


def read(document: Document) -> Reading:
    """What the page's ordinary elements say."""
    return Reading(
        title=_title(document),
        description=values.text(_meta(document, "description"), limit=values.TEXT_LENGTH),
        canonical_url=_canonical(document),
        author=_author(document),
        language=document.language or values.language(_meta(document, "content-language")),
        pictures=images.read(document),
    )


def _title(document: Document) -> str:
    for selector in ("title", "h1", "h2"):
        for element in document.tree.css(selector)[:3]:
            if found := values.text(element.text(), limit=values.TITLE_LENGTH):
                return found
    return ""


def _meta(document: Document, name: str) -> str:
    element = document.tree.css_first(f'meta[name="{name}" i], meta[http-equiv="{name}" i]')
    return attribute(element, "content") if element else ""


def _author(document: Document) -> str:
    found = values.text(_meta(document, "author"), limit=100)
    return "" if found.startswith(("http", "@")) else found


def _canonical(document: Document) -> str:
    element = document.tree.css_first('link[rel~="canonical" i][href]')
    return document.absolute(attribute(element, "href")) if element else ""
