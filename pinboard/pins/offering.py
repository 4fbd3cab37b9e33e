"""Which pictures of a page are offered, once they are here: fetched politely, without doubles.

The page's own order of merit (ingest/pictures.py) goes by what its markup says; here the pictures
themselves are known, with their true size and what they look like.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.conf import settings

from pinboard.errors import PinboardError
from pinboard.images.likeness import looks_like
from pinboard.images.models import Picture
from pinboard.images.storing import store_picture
from pinboard.ingest.page import fetch_picture
from pinboard.ingest.pictures import MIN_PIXELS
from pinboard.ingest.reading import PageImage

# Pictures of a page that are fetched and offered. Fetching is polite: two at a time.
MAX_OFFERS = 24
MAX_TRIES = 36
AT_ONCE = 2
# Somebody looks on: after so long no further picture is waited for, if there is one to show.
PATIENCE_SECONDS = 8.0
# A side shorter than that is a thumbnail, and more than so many times as long as wide a stripe:
# both are offered last.
GOOD_PIXELS = 300
LONG_SHAPE = 3.0
# Errors that would meet every other picture of the page just the same.
NOT_THE_PICTURES_FAULT = {"uploads_exhausted", "sandbox_busy"}


@dataclass(frozen=True, slots=True)
class Offered:
    """is_wanted: it came with the link, so somebody pointed at it."""

    picture: Picture
    alt: str
    is_wanted: bool


def gather(
    *, owner_id: int, wanted: Sequence[PageImage], found: Sequence[PageImage]
) -> list[tuple[Picture, str]]:
    """Fetch and store the pictures of a page; those to be offered, best first, with their words.

    wanted: pictures that came with the link. found: the page's own, best first.
    Raises PinboardError for what kept all of them from being stored.
    """
    pointed_at = {image.url for image in wanted}
    candidates = list({image.url: image for image in (*wanted, *found)}.values())[:MAX_TRIES]
    known = {image.url: image.alt for image in found if image.alt}
    until = time.monotonic() + PATIENCE_SECONDS
    offered: list[Offered] = []
    for data, image in _fetched(candidates):
        picture = _stored(data, owner_id, is_first=not offered)
        is_wanted = image.url in pointed_at
        if picture and (is_wanted or _is_usable(picture) or len(candidates) == 1):
            offered.append(Offered(picture, image.alt or known.get(image.url, ""), is_wanted))
        if len(offered) >= MAX_OFFERS or (offered and time.monotonic() > until):
            break
    return [(one.picture, one.alt) for one in sorted(folded(offered), key=_merit)]


def folded(offered: Iterable[Offered]) -> list[Offered]:
    """One of each: of those that look alike the largest, at the place of the first."""
    kept: list[Offered] = []
    for one in offered:
        at = next((at for at, other in enumerate(kept) if _is_same(one, other)), -1)
        if at < 0:
            kept.append(one)
            continue
        other = kept[at]
        larger = one if one.picture.width > other.picture.width else other
        alt = other.alt or one.alt
        kept[at] = Offered(larger.picture, alt, one.is_wanted or other.is_wanted)
    return kept


def _is_same(one: Offered, other: Offered) -> bool:
    return one.picture.pk == other.picture.pk or looks_like(one.picture, other.picture)


def _merit(one: Offered) -> tuple[bool, bool]:
    """To sort by; what is equal stays in the page's order."""
    short, long = sorted((one.picture.width, one.picture.height))
    return not one.is_wanted, short < GOOD_PIXELS or long > LONG_SHAPE * short


def _is_usable(picture: Picture) -> bool:
    return min(picture.width, picture.height) >= MIN_PIXELS


def _fetched(candidates: Sequence[PageImage]) -> Iterator[tuple[bytes, PageImage]]:
    """Those that could be had, in order; whoever stops asking stops the fetching."""
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        futures = [(pool.submit(_fetch, image.url), image) for image in candidates]
        try:
            for future, image in futures:
                if data := future.result():
                    yield data, image
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _fetch(url: str) -> bytes | None:
    try:
        return fetch_picture(url, allow=settings.FETCH_ALLOW, on_behalf_of=settings.FETCH_AS)
    except PinboardError:
        return None


def _stored(data: bytes, owner_id: int, *, is_first: bool) -> Picture | None:
    try:
        return store_picture(data, owner_id=owner_id)
    except PinboardError as error:
        if error.code in NOT_THE_PICTURES_FAULT and is_first:
            raise
        return None
