"""Facts by which pins can be narrowed down, read from an address and written back into links.

Lives beside the pins because search narrows by them and a conversation shows them on the card
of a shared search. Nothing here asks the database; a board is only a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from django.http import QueryDict

from pinboard.pins.facts import WITHOUT_CENTS, duration, money
from pinboard.web.numbers import read_id

KINDS = {
    "recipe": "Recipes",
    "product": "Products",
    "place": "Places",
    "article": "Articles",
    "movie": "Films",
    "plain": "Pictures",
}
# Where bands of prices may begin, in a currency with cents; a hundred times that in one without.
# The coarse ones are for few pins; of many, cut() finds the bands that part them best.
COARSE = (0, 25, 50, 100, 250, 500, 1000, 5000)
STEPS = (
    0, 5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 100, 150, 200, 250, 300, 400, 500, 750,
    1000, 1500, 2000, 3000, 5000, 10_000,
)  # fmt: skip
MOST_BANDS = 4
BAND = re.compile(r"([A-Za-z]{1,8})-(\d{1,9})-(\d{0,9})\Z")
MINUTES = (15, 30, 60)
COLOURS = {
    name: name.capitalize()
    for name in (
        "white", "grey", "black", "brown", "red", "orange", "yellow",
        "green", "teal", "blue", "purple", "pink",
    )
}  # fmt: skip
SHAPES = {"tall": "Tall", "square": "Square", "wide": "Wide"}
WHOSE = {"friends": "Friends", "mine": "Mine"}
SITE = re.compile(r"[^\s/?#@:]{1,100}\Z")


@dataclass(frozen=True, slots=True)
class PriceBand:
    """From low on, below high; without end where that is None."""

    currency: str
    low: int
    high: int | None

    @classmethod
    def read(cls, text: str) -> PriceBand | None:
        """From "EUR-25-50" or "EUR-500-"; None for anything else."""
        band = BAND.match(text)
        return cls(band[1], int(band[2]), int(band[3]) if band[3] else None) if band else None

    def __str__(self) -> str:
        """As it stands in an address: "EUR-25-50", "EUR-500-"."""
        return f"{self.currency}-{self.low}-{'' if self.high is None else self.high}"

    @property
    def is_stepped(self) -> bool:
        """Whether it begins and ends where bands may: others are in no index."""
        steps = steps_of(self.currency)
        if self.high is None:
            return self.low in steps
        return self.low in steps and self.high in steps and self.low < self.high

    def smallest(self) -> Iterator[PriceBand]:
        """The smallest bands it is made of, for one that is stepped."""
        for band in _between(self.currency, steps_of(self.currency)):
            is_below = self.high is None or (band.high is not None and band.high <= self.high)
            if band.low >= self.low and is_below:
                yield band

    @property
    def label(self) -> str:
        low = money(str(self.low), self.currency).removesuffix(".00").replace(".00 ", " ")
        if self.high is None:
            return f"{low} and more"
        high = money(str(self.high), self.currency).removesuffix(".00").replace(".00 ", " ")
        return f"{low} – {high}" if self.low else f"Under {high}"


def bands_of(currency: str) -> Iterator[PriceBand]:
    """The coarse bands of a currency, the cheapest first."""
    yield from _between(currency, _scaled(currency, COARSE))


def steps_of(currency: str) -> Sequence[int]:
    """Where bands of a currency may begin, the lowest first."""
    return _scaled(currency, STEPS)


def cut(prices: Sequence[int], currency: str) -> list[PriceBand]:
    """A few bands that hold about as many of these prices each; none where one would hold all."""
    ordered, steps = sorted(prices), steps_of(currency)
    if not ordered or ordered[0] == ordered[-1]:
        return []
    edges = {0}
    for part in range(1, MOST_BANDS):
        wanted = ordered[len(ordered) * part // MOST_BANDS]
        edges.add(min(steps, key=lambda step: (abs(step - wanted), step)))
    # An edge with nothing below or nothing from it on parts nothing.
    kept = [edge for edge in sorted(edges) if not edge or ordered[0] < edge <= ordered[-1]]
    return list(_between(currency, kept)) if len(kept) > 1 else []


def _scaled(currency: str, steps: Sequence[int]) -> Sequence[int]:
    return [step * 100 for step in steps] if currency in WITHOUT_CENTS else steps


def _between(currency: str, edges: Sequence[int]) -> Iterator[PriceBand]:
    for low, high in zip(edges, [*edges[1:], None], strict=True):
        yield PriceBand(currency, low, high)


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Each field is one fact; its empty value means everything.

    minutes: at most so many. site: a host without "www.". board: a board's id.
    """

    kind: str = ""
    price: PriceBand | None = None
    minutes: int = 0
    site: str = ""
    colour: str = ""
    shape: str = ""
    whose: str = ""
    board: int = 0

    @classmethod
    def of(cls, data: QueryDict) -> Narrowing:
        """What an address says; what nobody knows is passed over."""
        raw = {name: data.get(ADDRESS[name], "")[:100] for name in ADDRESS}
        minutes, band = read_id(raw["minutes"]), PriceBand.read(raw["price"])
        return cls(
            kind=raw["kind"] if raw["kind"] in KINDS else "",
            price=band if band and band.is_stepped else None,
            minutes=minutes if minutes in MINUTES else 0,
            site=raw["site"].lower() if SITE.match(raw["site"]) else "",
            colour=raw["colour"] if raw["colour"] in COLOURS else "",
            shape=raw["shape"] if raw["shape"] in SHAPES else "",
            whose=raw["whose"] if raw["whose"] in WHOSE else "",
            board=read_id(raw["board"]) or 0,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """As they stand in an address, in a fixed order."""
        return [(ADDRESS[name], str(getattr(self, name))) for name in self.set_facts()]

    def set_facts(self) -> list[str]:
        return [field.name for field in fields(self) if getattr(self, field.name)]

    def without(self, name: str) -> Narrowing:
        return replace(self, **{name: getattr(EVERYTHING, name)})

    def shared(self) -> Narrowing:
        """What of it means the same to somebody else: "mine" does not."""
        return self.without("whose")

    def labels(self) -> dict[str, str]:
        """By fact, in words for people. A board's name is for whoever may see it to find."""
        words = {
            "kind": KINDS.get(self.kind, ""),
            "price": self.price.label if self.price else "",
            "minutes": f"Under {duration(self.minutes)}" if self.minutes else "",
            "site": self.site,
            "colour": COLOURS.get(self.colour, ""),
            "shape": SHAPES.get(self.shape, ""),
            "whose": WHOSE.get(self.whose, ""),
        }
        return {name: text for name, text in words.items() if text}


# A fact's name in an address. None of them is the name of anything else that a message carries.
ADDRESS = {
    "kind": "type",
    "price": "price",
    "minutes": "minutes",
    "site": "site",
    "colour": "colour",
    "shape": "shape",
    "whose": "from",
    "board": "on",
}
EVERYTHING = Narrowing()
