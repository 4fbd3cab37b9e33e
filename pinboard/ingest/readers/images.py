"""The pictures in a page's markup: img with srcset and lazy addresses, picture, noscript, video.

Backgrounds of style sheets are left out, they decorate. A site may keep a picture to itself
(nopin, data-pin-nopin), and say which copy of it to save (data-pin-media).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from pinboard.ingest import values
from pinboard.ingest.document import Document, attribute
from pinboard.ingest.pictures import MIN_PIXELS, is_decoration, names_decoration
from pinboard.ingest.reading import PageImage
from pinboard.ingest.sizes import identity

MAX_IMAGES = 400
MAX_ANCESTORS = 60
#: Classes and ids of the parts of a page that show other pages, or other things.
_OTHER_THINGS = re.compile(
    r"(?:^|[\s_-])(?:related|recommend\w*|up-?sells?|cross-?sells?|you-may-also|also-like|sidebar"
    r"|comments?|author-(?:box|bio)|newsletter|subscribe|cookies?|breadcrumbs?|mega-?menu|instagram"
    r"|more-from|read-next|sponsored|advert\w*|navbar|site-(?:header|footer))(?:$|[\s_-])",
    re.IGNORECASE,
)
_MAIN = re.compile(r"(?:^|[\s_-])(?:hero|featured?|main|primary|gallery|product|post)", re.I)
_NAVIGATION = frozenset({"footer", "nav"})
#: Where pages that load pictures late, or large on demand, keep the address: largest first.
_LARGE = ("data-pin-media", "data-large_image", "data-zoom-image", "data-orig-file", "data-full")
_LATE = (
    *("data-src", "data-original", "data-lazy-src", "data-lazy", "data-image", "data-large-src"),
    *("data-large-file", "data-hi-res-src", "data-original-src", "data-echo", "data-url"),
)
_SRCSETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-original-set", "imagesrcset")
_DESCRIPTOR = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)([wx])(?:,(.*))?$")
_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif)$", re.IGNORECASE)
#: The place of a picture that stands beside the content.
_BESIDE = 0.1
#: A side of which nothing is known counts as that long.
_USUAL_PIXELS = 400


def read(document: Document) -> tuple[PageImage, ...]:
    """Pictures of the page's content, best first by size, shape and place.

    When all of them stand beside the content, where other things do, those are better than none.
    """
    found: list[PageImage] = []
    linked = document.tree.css_first('link[rel~="image_src" i][href]')
    if linked and (url := document.absolute(attribute(linked, "href"))):
        found.append(PageImage(url=url, found_in="html"))
    elements = document.tree.css("img, amp-img, video[poster]")[:MAX_IMAGES]
    seen = [(one, picture) for one in elements if (picture := _picture(one, document))]
    placed = [(place, picture) for one, picture in seen if (place := _place(one))]
    placed = [pair for pair in placed if pair[0] > _BESIDE] or placed
    placed.sort(key=lambda pair: -_merit(*pair))
    return (*found, *(picture for _, picture in placed))


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
        height = round(height * described_width / width) if width else 0
        width = described_width
    alt = values.text(attribute(element, "data-pin-description") or attribute(element, "alt"))
    return PageImage(url=url, width=width, height=height, alt=alt, found_in="html")


def _pixels(element: LexborNode, name: str) -> int:
    written = attribute(element, name).strip().removesuffix("px")
    return int(written) if written.isdecimal() and len(written) < 6 else 0


def _is_decoration(element: LexborNode) -> bool:
    names = element.attributes
    if "nopin" in names or names.get("data-pin-nopin", "false") not in ("false", "0"):
        return True
    own = f"{attribute(element, 'class')} {attribute(element, 'id')}"[:500].lower()
    # A picture may stand in a banner and lie at first under a placeholder.
    own = re.sub(r"banner|placeholder|loading|blank|transparent", "", own)
    return names_decoration(own) or attribute(element, "role") == "presentation"


def _ancestors(element: LexborNode) -> Iterator[LexborNode]:
    parent = element.parent
    for _ in range(MAX_ANCESTORS):
        if parent is None or parent.tag == "body":
            return
        yield parent
        parent = parent.parent


def _place(element: LexborNode) -> float:
    """How well a picture stands for its page by where it stands; 0 in its navigation."""
    own = f"{attribute(element, 'class')} {attribute(element, 'id')}"[:300]
    place = 1.5 if _MAIN.search(own) else 1.0
    tags: set[str] = set()
    is_beside = False
    for parent in _ancestors(element):
        names = f"{attribute(parent, 'class')} {attribute(parent, 'id')}"[:300]
        if _OTHER_THINGS.search(names) and parent.tag not in ("article", "main", "html"):
            is_beside = True
        tags.add(parent.tag or "")
    # An article's own header holds its main picture; the page's header holds the logo.
    is_in_header = "header" in tags and not tags & {"article", "main"}
    if is_in_header or tags & _NAVIGATION:
        return 0.0
    if is_beside or "aside" in tags:
        return _BESIDE
    if tags & {"article", "main"}:
        place *= 2
    return place * 1.2 if "figure" in tags else place


def _merit(place: float, image: PageImage) -> int:
    """Doubling the area is one step, and so is a better place: small differences keep order."""
    width = image.width or _USUAL_PIXELS
    height = image.height or (width * 2 // 3 if image.width else _USUAL_PIXELS)
    area = min(width * height, 1600 * 1600)
    shape = 1 / 16 if max(width, height) > 3 * min(width, height) else 1.0
    return math.floor(math.log2(max(1.0, area * place * shape)) / 2)


def _largest(element: LexborNode) -> tuple[str, int]:
    """The address of the largest version on offer, and its width if the srcset tells it."""
    large = next((one for name in _LARGE if (one := attribute(element, name))), "")
    if large:
        return large, 0
    offers: list[tuple[float, str, int]] = []
    for holder in (element, *_sources(element)):
        for name in _SRCSETS:
            offers += _read_srcset(attribute(holder, name))
    if offers:
        _, address, width = max(offers, key=lambda offer: offer[0])
        return address, width
    late = next((one for name in _LATE if (one := attribute(element, name))), "")
    late = re.sub(r"\{(?:width|size)\}", "1080", late)  # Shopify's pattern for its widths
    shown = late if late and not late.startswith("data:") else attribute(element, "src")
    return _behind(element, shown) or shown, 0


def _sources(element: LexborNode) -> list[LexborNode]:
    """What a picture element offers beside its img."""
    parent = element.parent
    return parent.css("source")[:10] if parent is not None and parent.tag == "picture" else []


def _behind(element: LexborNode, shown: str) -> str:
    """The file a thumbnail links to: galleries show the small one and keep the large one there."""
    for parent in list(_ancestors(element))[:3]:
        if parent.tag == "a":
            href = attribute(parent, "href")
            is_file = _FILE.search(href.partition("?")[0])
            return href if is_file and _stem(href) == _stem(shown) else ""
    return ""


def _stem(address: str) -> str:
    """The name of the file, whatever its size: "vase" of /large/vase-600x400.jpg."""
    return identity(address).partition("?")[0].rpartition("/")[2]


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
