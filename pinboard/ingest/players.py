"""Video players: which addresses are one, whose it is, and how it asks for no cookies."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pinboard.ingest.links import query_of
from pinboard.ingest.reading import Video

#: Provider, what its addresses look like (with the video's number), and its player.
_KNOWN = (
    (
        "YouTube",
        (r"https?://(?:www\.|m\.|music\.)?(?:youtube(?:-nocookie)?\.com/(?:embed/|v/|shorts/|live/)"
        r"|youtu\.be/)([\w-]{11})(?:[?&#/].*)?"),
        "https://www.youtube-nocookie.com/embed/{}",
    ),
    (
        "Vimeo",
        (r"https?://(?:player\.vimeo\.com/video/|(?:www\.)?vimeo\.com/(?:channels/\w+/)?)(\d{5,12})"
        r"(?:[?&#/].*)?"),
        "https://player.vimeo.com/video/{}",
    ),
    (
        "Dailymotion",
        r"https?://(?:www\.|geo\.)?(?:dailymotion\.com/(?:embed/)?video/|dai\.ly/)(\w{5,12})(?:[?&#_/].*)?",
        "https://www.dailymotion.com/embed/video/{}",
    ),
)  # fmt: skip
#: Words in the address of a page that holds nothing but a player.
_IS_PLAYER = re.compile(r"embed|player|/e/|iframe", re.IGNORECASE)
_FILE = re.compile(r"\.(?:mp4|webm|m3u8|mov|ogv|mpd|m4v|swf|flv)$", re.IGNORECASE)


def player(url: str) -> Video:
    """The player behind an address, or an empty `Video`. url: absolute, or ""."""
    for provider, pattern, embed in _KNOWN:
        if match := re.fullmatch(pattern, url):
            return Video(embed.format(match[1]), provider)
    parts = urlsplit(url)
    watched = query_of(url).get("v", "") if parts.path == "/watch" else ""
    if re.fullmatch(r"[\w-]{11}", watched):
        return Video(f"https://www.youtube-nocookie.com/embed/{watched}", "YouTube")
    if parts.scheme != "https" or _FILE.search(parts.path) or not _IS_PLAYER.search(url):
        return Video()
    host = re.sub(r"^(?:www|player|players|embed|open)\.", "", parts.hostname or "")
    return Video(url, host)
