"""How the way to a source is, in words for its pin's page: read when, failing since, gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pinboard.pins.facts import STOCK, money
from pinboard.pins.freshness.keeping import CLOSED, FAILING, GONE
from pinboard.pins.freshness.models import PricePoint, Upkeep
from pinboard.pins.freshness.visiting import is_being_read
from pinboard.pins.models import Source
from pinboard.pins.read_times import read_words

# Of the history of a price, newest first.
MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Past:
    """What it cost from a moment on, ready to show."""

    at: datetime
    price: str
    stock: str


@dataclass(frozen=True, slots=True)
class SourceState:
    """state: as Source.state. sentence: what is wrong, "" for nothing. read: "Read 2 hours ago"."""

    state: str
    sentence: str
    read: str
    is_corrected: bool
    is_being_read: bool
    history: tuple[Past, ...] = ()


def state_of(source: Source) -> SourceState:
    """Two queries."""
    upkeep = Upkeep.objects.filter(pk=source.corrected_from_id or source.pk).first()
    read = read_words(source.read_at) if source.read_at else "never read"
    return SourceState(
        state=source.state,
        sentence=_sentence(source, upkeep),
        read=read[:1].upper() + read[1:],
        is_corrected=bool(source.corrections),
        is_being_read=is_being_read(upkeep),
        history=_history(source),
    )


def _history(source: Source) -> tuple[Past, ...]:
    """Nothing where it never changed: then it says no more than the price itself."""
    points = PricePoint.objects.filter(source=source.corrected_from_id or source.pk)
    newest = list(points.order_by("-pk")[:MOST_SHOWN])
    if source.kind != "product" or len(newest) < 2:
        return ()
    return tuple(
        Past(
            at=point.at,
            price=money(str(point.price), point.currency) if point.price else "No price",
            stock=STOCK.get(point.stock, ""),
        )
        for point in newest
    )


def _sentence(source: Source, upkeep: Upkeep | None) -> str:
    since = upkeep.failing_since if upkeep else None
    when = f" since {since:%-d %B %Y}" if since else ""
    if source.state == GONE:
        return f"This page seems to be gone{when}. What was read from it stays here."
    if source.state == FAILING:
        return f"This page could not be read{when}. What was read before stays here."
    if source.state == CLOSED:
        return (
            f"{source.site_name or 'This site'} asks programs not to visit this page, so it is"
            " read only when somebody asks for it here."
        )
    return ""
