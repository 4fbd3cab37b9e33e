"""A source's video: a still until somebody presses play, then the provider's own player.

Nothing leaves for the provider before the press. After it the player stands in a small page of
ours, alone: that page allows frames of this one provider and nothing else, so that our other
pages need not allow any.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pinboard.pins.facts import duration
from pinboard.pins.models import Source

HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+\Z")
# The same player, which sets no cookies until somebody plays.
QUIETER = {
    "www.youtube.com": "www.youtube-nocookie.com",
    "youtube.com": "www.youtube-nocookie.com",
}
# Who understands that it was pressed already.
STARTS = {"www.youtube-nocookie.com", "player.vimeo.com", "www.dailymotion.com"}


@dataclass(frozen=True, slots=True)
class Player:
    """url: https, of origin. length: "4 min", or ""."""

    url: str
    origin: str
    provider: str
    length: str


def player_of(source: Source, *, own_host: str) -> Player | None:
    """None for no video, and for an address that no player of somebody else can have.

    own_host: a frame of ours would run with the rights of its viewer.
    """
    video = source.reading.get("video", {})
    try:
        parts = urlsplit(video.get("embed_url", ""))
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    is_plain = parts.scheme == "https" and parts.username is None and port in (None, 443)
    if not is_plain or not HOST.match(host) or host == own_host.partition(":")[0].lower():
        return None
    host = QUIETER.get(host, host)
    query = dict(parse_qsl(parts.query)) | ({"autoplay": "1"} if host in STARTS else {})
    return Player(
        url=urlunsplit(("https", host, parts.path, urlencode(query), "")),
        origin=f"https://{host}",
        provider=video.get("provider", "") or host,
        length=duration(video.get("minutes")),
    )
