"""Plain HTML: what every page has. Title, description, canonical address, and its pictures."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from pinboard.ingest import values
from pinboard.ingest.document import Document, attribute
from pinboard.ingest.pictures import MIN_PIXELS, is_decoration, names_decoration
from pinboard.ingest.reading import PageImage, Reading

MAX_IMAGES = 400
#: Classes of the part of a page that shows other pages.
_OTHER_THINGS = re.compile(
    r"\b(?:related|recommend\w*|up-?sells?|cross-?sells?|you-may-also)\b", re.I
)
_SURROUNDINGS = frozenset({"header", "footer", "nav", "aside"})
#: Where pages that load pictures late keep the real address.
_LATE = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-image", "data-large-src")
_SRCSETS = ("srcset", "data-srcset", "data-lazy-srcset")
_DESCRIPTOR = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)([wx])(?:,(.*))?$")


def read(document: Document) -> Reading:
    """What the page's ordinary elements say."""
    return Reading(
        title=_title(document),
        description=values.text(_meta(document, "description"), limit=values.TEXT_LENGTH),
        canonical_url=_canonical(document),
        author=_author(document),
        language=document.language or values.language(_meta(document, "content-language")),
        pictures=_pictures(document),
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


def _pictures(document: Document) -> tuple[PageImage, ...]:
    """Pictures of the page's content, in its order; the caller judges by size."""
    found = []
    linked = document.tree.css_first('link[rel~="image_src" i][href]')
    if linked and (url := document.absolute(attribute(linked, "href"))):
        found.append(PageImage(url=url, found_in="html"))
    elements = document.tree.css("img, amp-img, video[poster]")[:MAX_IMAGES]
    found += [picture for one in elements if (picture := _picture(one, document))]
    return tuple(found)


def _picture(element: LexborNode, document: Document) -> PageImage | None:
    """The largest version of one image element; None for decoration."""
    if element.tag == "video":
        url = document.absolute(attribute(element, "poster"))
        return PageImage(url=url, found_in="html") if url else None
    width, height = (_pixels(element, name) for name in ("width", "height"))
    if 0 < width < MIN_PIXELS or 0 < height < MIN_PIXELS or _is_decoration(element):
        return None
    reference, described_width = _largest(element)
    url = document.absolute(reference)
    if not url or is_decoration(url):
        return None
    if described_width > width:
        width, height = described_width, 0
    alt = values.text(attribute(element, "alt"))
    return PageImage(url=url, width=width, height=height, alt=alt, found_in="html")


def _pixels(element: LexborNode, name: str) -> int:
    written = attribute(element, name).strip().removesuffix("px")
    return int(written) if written.isdecimal() and len(written) < 6 else 0


def _is_decoration(element: LexborNode) -> bool:
    own = f"{attribute(element, 'class')} {attribute(element, 'id')}"[:500].lower()
    if names_decoration(own) or attribute(element, "role") == "presentation":
        return True
    parent = element.parent
    while parent is not None and parent.tag != "body":
        if _OTHER_THINGS.search(attribute(parent, "class")[:300]):
            return True
        if parent.tag in _SURROUNDINGS:
            # An article's own header holds its main picture; the page's header holds the logo.
            return parent.tag != "header" or not _is_inside_article(parent)
        parent = parent.parent
    return False


def _is_inside_article(element: LexborNode) -> bool:
    parent = element.parent
    while parent is not None:
        if parent.tag in ("article", "main"):
            return True
        parent = parent.parent
    return False


def _largest(element: LexborNode) -> tuple[str, int]:
    """The address of the largest version on offer, and its width if the srcset tells it."""
    offers: list[tuple[float, str, int]] = []
    holders = [element]
    parent = element.parent
    if parent is not None and parent.tag == "picture":
        holders += parent.css("source")[:10]
    for holder in holders:
        for name in _SRCSETS:
            offers += _read_srcset(attribute(holder, name))
    if offers:
        _, address, width = max(offers, key=lambda offer: offer[0])
        return address, width
    late = (attribute(element, name) for name in _LATE)
    return next((one for one in late if one), "") or attribute(element, "src"), 0


def _read_srcset(written: str) -> list[tuple[float, str, int]]:
    """(rank, address, width in pixels or 0) for each candidate; data: addresses left out."""
    offers: list[tuple[float, str, int]] = []
    address = ""
    for word in written[:8_000].split():
        descriptor = _DESCRIPTOR.match(word)
        if descriptor is None:
            offers.append((0.01, word.strip(","), 0))
            address = word.strip(",")
        elif offers:
            amount, unit, following = descriptor.groups()
            is_width = unit == "w"
            rank = float(amount) if is_width else float(amount) / 100
            offers[-1] = (rank, address, int(float(amount)) if is_width else 0)
            if following:  # "a.jpg 1x,b.jpg 2x"
                offers.append((0.01, following, 0))
                address = following
    return [offer for offer in offers if offer[1] and not offer[1].lower().startswith("data:")]
