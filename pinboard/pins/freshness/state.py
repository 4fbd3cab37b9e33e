"""How the way to a source is, in words for its pin's page: read when, failing since, gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from pinboard.pins.facts import STOCK, money
from pinboard.pins.freshness.keeping import CLOSED, FAILING, GONE
from pinboard.pins.models import Source
from pinboard.pins.read_times import read_words

# Of the history of a price, newest first.
MOST_SHOWN = 12
POINT = ("prices__at", "prices__price", "prices__currency", "prices__stock")


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
    """One query, for how it is kept true and for what it cost."""
    origin = Source.objects.filter(pk=source.corrected_from_id or source.pk)
    joined = origin.values_list("upkeep__leased_until", "upkeep__failing_since", *POINT)
    rows = list(joined.order_by("-prices__pk")[:MOST_SHOWN])
    leased_until, failing_since = rows[0][:2] if rows else (None, None)
    read = read_words(source.read_at) if source.read_at else "never read"
    return SourceState(
        state=source.state,
        sentence=_sentence(source, failing_since),
        read=read[:1].upper() + read[1:],
        is_corrected=bool(source.corrections),
        is_being_read=bool(leased_until and leased_until > timezone.now()),
        history=_history(source, [row[2:] for row in rows if row[2]]),
    )


def _history(source: Source, newest: Sequence[tuple[Any, ...]]) -> tuple[Past, ...]:
    """Nothing where it never changed: then it says no more than the price itself."""
    if source.kind != "product" or len(newest) < 2:
        return ()
    return tuple(
        Past(
            at=at,
            price=money(str(price), currency) if price else "No price",
            stock=STOCK.get(stock, ""),
        )
        for at, price, currency, stock in newest
    )


def _sentence(source: Source, since: datetime | None) -> str:
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
