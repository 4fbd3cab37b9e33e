"""oEmbed by discovery: what a page's provider says of it at another address (oembed.com).

That is a second visit, so it is bounded: only where a page links to one, only for what may be a
video, through the same guard and the same rules, a few seconds and a few kilobytes. Whatever goes
wrong there, the page keeps what it said itself.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable

from pinboard.ingest import times, values
from pinboard.ingest.document import Document, attribute
from pinboard.ingest.errors import FetchError
from pinboard.ingest.fetch import Limits
from pinboard.ingest.players import player
from pinboard.ingest.reading import Movie, PageImage, Reading, Video

#: How to get the text behind an address. Raises a FetchError.
Ask = Callable[[str], bytes]

LIMITS = Limits(
    wants="text", connect_seconds=2.0, total_seconds=3.0, redirects=2, text_bytes=100 << 10
)
_LINKS = 'link[type="application/json+oembed" i][href], link[type="text/json+oembed" i][href]'
_FRAME = re.compile(r"""<iframe\b[^>]{0,1000}?\ssrc\s*=\s*["']?([^"'\s>]{1,2000})""", re.IGNORECASE)


def endpoint(document: Document) -> str:
    """Where the page says more can be asked, or "".

    WordPress offers one on every page, whose player is the page itself again: not worth a visit.
    """
    element = document.tree.css_first(_LINKS)
    url = document.absolute(attribute(element, "href")) if element else ""
    return "" if "/wp-json/oembed" in url or "rest_route=/oembed" in url else url


def is_worth_asking(found: Iterable[Reading]) -> bool:
    """Whether the page may be a video, and has not said how it is played, by whom, or its title."""
    readings = list(found)
    if any(reading.kind not in ("plain", "movie") for reading in readings):
        return False
    return not (
        any(reading.video.embed_url for reading in readings)
        and any(reading.author for reading in readings)
        and any(reading.title for reading in readings)
    )


def read(document: Document, ask: Ask) -> Reading:
    """What the provider says. Never raises."""
    url = endpoint(document)
    if not url:
        return Reading()
    try:
        said = json.loads(ask(url))
    except (FetchError, ValueError, RecursionError):
        return Reading()
    return _reading(said, document) if isinstance(said, dict) else Reading()


def _reading(said: dict[str, object], document: Document) -> Reading:
    is_video = said.get("type") == "video"
    minutes = times.seconds(said.get("duration")) if is_video else 0
    frame = _FRAME.search(str(said.get("html") or "")[:10_000])
    found = player(document.absolute(html.unescape(frame[1]))) if frame and is_video else Video()
    picture = document.absolute(said.get("thumbnail_url"))
    width, height = (values.whole(said.get(f"thumbnail_{name}")) for name in ("width", "height"))
    image = PageImage(url=picture, width=width, height=height, found_in="oembed")
    return Reading(
        kind="movie" if is_video else "plain",
        title=values.text(said.get("title"), limit=values.TITLE_LENGTH),
        site_name=values.text(said.get("provider_name"), limit=100),
        author=values.text(said.get("author_name"), limit=100),
        movie=Movie(minutes=minutes),
        video=Video(found.embed_url, found.provider, minutes) if found.embed_url else Video(),
        pictures=(image,) if picture else (),
    )
