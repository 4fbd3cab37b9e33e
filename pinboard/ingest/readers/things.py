"""What articles, places, films and videos have of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pinboard.ingest import times, values
from pinboard.ingest.document import Document
from pinboard.ingest.players import player
from pinboard.ingest.readers.nodes import Graph, Node, types_of
from pinboard.ingest.reading import Article, Movie, Place, Video

_MAX_CAST = 12
_MAX_HOURS = 14
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def article(graph: Graph, node: Node, document: Document) -> Article:
    """Section and last change."""
    country = document.locale.rpartition("-")[2]
    return Article(
        section=graph.text(node, "articleSection", limit=100),
        modified=times.moment(graph.plain(node, "dateModified"), country=country),
    )


def place(graph: Graph, node: Node, _document: Document) -> Place:
    """Address in one line, coordinates, phone, hours."""
    geo = next(iter(graph.nodes(node, "geo")), node)
    latitude = values.coordinate(graph.plain(geo, "latitude"), most=90)
    longitude = values.coordinate(graph.plain(geo, "longitude"), most=180)
    known = latitude is not None and longitude is not None and (latitude or longitude)
    return Place(
        address=_address(graph, node),
        latitude=latitude if known else None,
        longitude=longitude if known else None,
        phone=graph.text(node, "telephone", limit=40),
        price_range=graph.text(node, "priceRange", limit=40),
        hours=tuple(dict.fromkeys(_hours(graph, node)))[:_MAX_HOURS],
    )


def _address(graph: Graph, node: Node) -> str:
    parts: list[str] = []
    holder = next(iter(graph.nodes(node, "location")), node) if "address" not in node else node
    for address in graph.nodes(holder, "address")[:1]:
        town = [graph.text(address, name, limit=100) for name in ("postalCode", "addressLocality")]
        parts.append(graph.text(address, "streetAddress", limit=200))
        parts.append(" ".join(filter(None, town)))
        parts += [
            graph.text(address, name, limit=100) for name in ("addressRegion", "addressCountry")
        ]
    return ", ".join(dict.fromkeys(filter(None, parts))) or graph.text(holder, "address")


def _hours(graph: Graph, node: Node) -> Iterator[str]:
    """ "Mo-Fr 09:00-18:00", from openingHours as it is, or from openingHoursSpecification."""
    for line in graph.texts(node, "openingHours", limit=200):
        yield from (part.strip() for part in re.split(r"\s*;\s*", line) if part.strip())
    for one in graph.nodes(node, "openingHoursSpecification"):
        opens, closes = (_clock(graph.text(one, name)) for name in ("opens", "closes"))
        days = [_day(graph.text_of(day)) for day in graph.all(one, "dayOfWeek")]
        if opens and closes and opens != closes:
            yield f"{_span([day for day in days if day is not None])} {opens}-{closes}".strip()


def _clock(written: str) -> str:
    match = re.match(r"(?:.*T)?(\d{1,2}):(\d{2})", written)
    return f"{int(match[1]):02}:{match[2]}" if match else ""


def _day(written: str) -> int | None:
    name = written.rsplit("/", 1)[-1].strip().lower()
    found = [place for place, day in enumerate(_DAYS) if name and day.startswith(name[:6])]
    return found[0] if len(found) == 1 or (found and len(name) > 1) else None


def _span(days: list[int]) -> str:
    """Days in a row as "Mo-Fr", others as "Mo,We"."""
    days = sorted(set(days))
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{_SHORT[days[0]]}-{_SHORT[days[-1]]}"
    return ",".join(_SHORT[day] for day in days)


def movie(graph: Graph, node: Node, _document: Document) -> Movie:
    """Director, cast and length."""
    trailer = bool(types_of(node) & {"videoobject", "clip"})
    return Movie(
        director=", ".join(graph.texts(node, "director", limit=100)[:3]),
        minutes=times.seconds(graph.plain(node, "duration")) if trailer else _length(graph, node),
        cast=tuple(dict.fromkeys(graph.texts(node, "actor", "actors", limit=100)))[:_MAX_CAST],
    )


def _length(graph: Graph, node: Node) -> int:
    return times.minutes(graph.plain(node, "duration", "timeRequired"))


def video(graph: Graph, document: Document) -> Video:
    """The first video of the page that can be shown elsewhere."""
    holders = list(graph.leading)
    for node in graph.leading:
        holders += graph.nodes(node, "video", "trailer")
    for node in holders:
        if not types_of(node) & {"videoobject", "clip"}:
            continue
        for name in ("embedUrl", "embedURL", "contentUrl", "url"):
            found = player(document.absolute(graph.plain(node, name)))
            if found.embed_url:
                minutes = times.seconds(graph.plain(node, "duration"))
                return Video(found.embed_url, found.provider, minutes)
    return Video()
