"""What the shelf is asked for, read from its address and written back into links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from messaging.models import Verdict
from pinboard.errors import PinboardError
from pinboard.pins.narrowing import KINDS, PriceBand, bands_of
from pinboard.web.numbers import read_id

VERDICTS = {"unanswered": "Waiting for me", **dict(Verdict.Value.choices)}
STATES = {"undecided": "Undecided", "decided": "Decided"}
CURRENCIES = 2  # of which bands are offered


@dataclass(frozen=True, slots=True)
class Prices:
    """What the products of one currency cost."""

    currency: str
    amounts: Sequence[float]

    def lie_in(self, band: PriceBand) -> bool:
        high = float("inf") if band.high is None else band.high
        return any(band.low <= amount < high for amount in self.amounts)


@dataclass(frozen=True, slots=True)
class ShelfFilter:
    """Each field is what the address says under its name; "" or None for all."""

    sender: int | None = None
    verdict: str = ""
    state: str = ""
    kind: str = ""
    price: PriceBand | None = None

    @property
    def parameters(self) -> dict[str, str]:
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) for name, value in values.items() if value}

    @property
    def query(self) -> str:
        return urlencode(self.parameters)


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that sets one part of the filter, or takes it back where it is set."""

    label: str
    url: str
    active: bool


def read_filter(data: QueryDict) -> ShelfFilter:
    """Raises PinboardError "bad_filter": what is saved by a filter must not be guessed."""
    raw = {name: data.get(name, "") for name in ("sender", "verdict", "state", "kind", "price")}
    sender = read_id(raw["sender"]) if raw["sender"] else None
    price = PriceBand.read(raw["price"])
    known = (
        not (raw["sender"] and sender is None),
        raw["verdict"] in ("", *VERDICTS),
        raw["state"] in ("", *STATES),
        raw["kind"] in ("", *KINDS),
        not (raw["price"] and price is None),
    )
    if not all(known):
        raise PinboardError("The shelf cannot be filtered like this.", code="bad_filter")
    return ShelfFilter(sender, raw["verdict"], raw["state"], raw["kind"], price)


def choices(
    wanted: ShelfFilter,
    url: str,
    *,
    senders: Mapping[int, str],
    kinds: Sequence[str],
    prices: Sequence[Prices],
) -> list[tuple[str, list[Choice]]]:
    """Rows of links, each with its name; a row that leaves no choice is left out.

    senders: names by id. kinds, prices: what there is in the conversation.
    """
    rows: list[tuple[str, Mapping[Any, str]]] = [
        ("State", {(name, value): label for name, value, label in _states()}),
        ("Shared by", {("sender", pk): name for pk, name in senders.items()}),
        ("Kind", {("kind", kind): KINDS.get(kind, kind) for kind in KINDS if kind in kinds}),
        ("Price", {("price", band): band.label for band in _bands(prices)}),
    ]
    listed = []
    for name, options in rows:
        links = [
            _choice(wanted, url, part, value, label) for (part, value), label in options.items()
        ]
        if len(links) > 1 or any(link.active for link in links):
            listed.append((name, links))
    return listed


def _states() -> Iterator[tuple[str, str, str]]:
    yield from (("state", value, label) for value, label in STATES.items())
    yield from (("verdict", value, str(label)) for value, label in VERDICTS.items())


def _choice(wanted: ShelfFilter, url: str, part: str, value: Any, label: str) -> Choice:
    active = getattr(wanted, part) == value
    blank = "" if isinstance(value, str) else None
    turned: dict[str, Any] = {part: blank if active else value}
    query = replace(wanted, **turned).query
    return Choice(label, f"{url}?{query}" if query else url, active)


def _bands(prices: Sequence[Prices]) -> Iterator[PriceBand]:
    """The steps in which there is something, in the currencies most pins have."""
    for found in prices[:CURRENCIES]:
        yield from filter(found.lie_in, bands_of(found.currency))
