"""The pictures a page offers: without decoration and doubles, best first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from pinboard.ingest.reading import PageImage
from pinboard.ingest.sizes import identity, named_width

#: Smaller than this on either side is decoration.
MIN_PIXELS = 120
MAX_PICTURES = 40

#: Words in a file's name, a class or an id that say "not what the page is about".
_DECORATION = re.compile(
    r"(?:^|[^a-z])(?:sprite|spacer|pixel|1x1|blank|transparent|placeholder|loading|spinner|loader"
    r"|icons?|favicon|logos?|avatars?|gravatar|emoji|smil(?:ey|ies)|badge|button|btn|arrow"
    r"|banner|advert|ads?|tracking|beacon|captcha|share|social|payments?|visa|paypal|stars?"
    r")(?:[^a-z]|$)"
)
_TRACKERS = re.compile(
    r"(?:^|\.)(?:doubleclick\.net|google-analytics\.com|googletagmanager\.com|facebook\.com"
    r"|scorecardresearch\.com|quantserve\.com|bat\.bing\.com|pixel\.wp\.com|stats\.wp\.com"
    r"|hotjar\.com|yandex\.ru|gravatar\.com)$"
)
_CANNOT_BE_READ = re.compile(r"\.(?:svgz?|ico|cur|js|css|html?|php3?)$")


def names_decoration(words: str) -> bool:
    """Whether a class, an id or a file name (lower case) says that this is decoration."""
    return bool(_DECORATION.search(words))


def is_decoration(url: str) -> bool:
    """Whether an address looks like an icon, a tracker or something we cannot decode."""
    parts = urlsplit(url.lower())
    name = parts.path.rsplit("/", 1)[-1]
    return bool(
        _CANNOT_BE_READ.search(name)
        or _TRACKERS.search(parts.hostname or "")
        or names_decoration(name)
    )


def best_first(found: Iterable[PageImage]) -> tuple[PageImage, ...]:
    """One entry per picture, in the given order, but what looks like decoration comes last.

    Of several sizes of one picture the largest is kept, with whatever is known about any of them.
    """
    kept: dict[str, PageImage] = {}
    for image in found:
        if _is_tiny(image) or _CANNOT_BE_READ.search(urlsplit(image.url.lower()).path):
            continue
        key = identity(image.url)
        kept[key] = _better(kept[key], image) if key in kept else image
    ordered = sorted(kept.values(), key=lambda image: is_decoration(image.url))
    return tuple(ordered[:MAX_PICTURES])


def _is_tiny(image: PageImage) -> bool:
    return 0 < image.width < MIN_PIXELS or 0 < image.height < MIN_PIXELS


def _better(first: PageImage, other: PageImage) -> PageImage:
    """The original, else the larger of two sizes; of equals the one that was found first."""

    def size(image: PageImage) -> tuple[bool, int]:
        named = named_width(image.url)
        return not named, max(image.width, named)

    best = other if size(other) > size(first) else first
    return replace(best, alt=first.alt or other.alt, found_in=first.found_in)
