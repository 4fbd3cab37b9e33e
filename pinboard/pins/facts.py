"""What a source says about itself, in words for people: the line on a card, in chat, on a shelf.

Works on the stored reading as it is (a mapping, see ingest/reading.py), because cards are made
by the dozen and most of a reading never shows on one. What the pin page shows is in details.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from pinboard.pins.models import Source
from pinboard.pins.read_times import price_holds, read_words

SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "CAD": "CA$", "AUD": "A$", "INR": "₹"}
WITHOUT_CENTS = {"JPY", "KRW", "HUF", "CLP", "ISK"}
STOCK = {"in_stock": "In stock", "out_of_stock": "Sold out", "preorder": "Pre-order"}
# What is true only for a while, and carries the time it was read.
PASSING = {"price", "was", "stock", "cheaper", "back"}
# What nobody can promise any more once the page is gone.
STANDING = {"stock", "back"}
ON_A_CARD = 3


@dataclass(frozen=True, slots=True)
class Fact:
    """text: ready to show. when: of kind "read" only, the exact time in ISO form.

    kind: price, was, stock, cheaper (than it was), back (in stock), read, rating, brand, time,
    servings, diet, place, range, author, date, cast or video.
    """

    kind: str
    text: str
    when: str = ""


def facts_of(source: Source) -> tuple[Fact, ...]:
    """Everything a message and a shelf show of it now, the most telling first."""
    facts = facts_in(source.kind, source.reading, source.news)
    return facts_now(facts, source.read_at, source.state)


def facts_in(
    kind: str, reading: Mapping[str, Any], news: Mapping[str, Any] | None = None
) -> tuple[Fact, ...]:
    """The same of a reading without its source, whatever its age. news: as Source.news."""
    facts = [*_FACTS[kind](reading)] if kind in _FACTS else []
    if news and kind == "product":
        facts = _with_news(facts, news, reading.get("product", {}).get("currency", ""))
    if reading.get("video"):
        facts.append(Fact("video", duration(reading["video"].get("minutes")) or "Video"))
    return tuple(fact for fact in facts if fact.text)


def _with_news(facts: list[Fact], news: Mapping[str, Any], currency: str) -> list[Fact]:
    """What changed stands behind the price, in place of what says the same."""
    if news.get("kind") == "back":
        fact, same = Fact("back", "Back in stock"), "stock"
    else:
        before = money(news.get("was"), currency)
        fact, same = Fact("cheaper", f"down from {before}" if before else ""), "was"
    price, *others = facts
    return [price, fact, *(one for one in others if one.kind != same)]


def facts_now(facts: tuple[Fact, ...], read_at: datetime | None, state: str) -> tuple[Fact, ...]:
    """Without the prices and the stock that are too old; with their age where they are not.

    state: as Source.state. Of a page that is gone nothing is said of its stock.
    """
    if state == "gone":
        facts = tuple(fact for fact in facts if fact.kind not in STANDING)
    if not has_passing(facts):
        return facts
    if read_at is None or not price_holds(read_at):
        return tuple(fact for fact in facts if fact.kind not in PASSING)
    return (*facts, Fact("read", read_words(read_at), read_at.isoformat(timespec="seconds")))


def has_passing(facts: tuple[Fact, ...]) -> bool:
    return any(fact.kind in PASSING for fact in facts)


def on_a_card(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The few that a grid has room for; a price never without its age."""
    first = tuple(fact for fact in facts if fact.kind != "read")[:ON_A_CARD]
    if not has_passing(first):
        return first
    return (*first, *(fact for fact in facts if fact.kind == "read"))


def _product(reading: Mapping[str, Any]) -> list[Fact]:
    product = reading.get("product", {})
    currency, stock = product.get("currency", ""), product.get("availability", "")
    price = price_range(product)
    # Whether one can have it is news when one cannot; otherwise it follows from the price.
    news = STOCK.get(stock, "") if stock != "in_stock" else ""
    brand = product.get("brand", "")
    return [
        Fact("price", price),
        Fact("was", money(product.get("previous_price"), currency) if price else ""),
        Fact("stock", news),
        Fact("rating", stars(reading.get("rating", {}))),
        # A maker's own shop has the same name, which stands below.
        Fact("brand", brand if brand != reading.get("site_name") else ""),
        Fact("stock", "" if news else STOCK.get(stock, "")),
    ]


def _recipe(reading: Mapping[str, Any]) -> list[Fact]:
    recipe = reading.get("recipe", {})
    return [
        Fact("time", duration(recipe.get("total_minutes"))),
        Fact("servings", _servings(recipe)),
        Fact("diet", ", ".join(recipe.get("diets", ())[:2]).capitalize()),
        Fact("rating", stars(reading.get("rating", {}))),
    ]


def _place(reading: Mapping[str, Any]) -> list[Fact]:
    place = reading.get("place", {})
    return [
        Fact("place", _town(place.get("address", ""))),
        Fact("rating", stars(reading.get("rating", {}))),
        Fact("range", place.get("price_range", "")[:12]),
    ]


def _movie(reading: Mapping[str, Any]) -> list[Fact]:
    movie = reading.get("movie", {})
    return [
        Fact("author", movie.get("director", "")),
        Fact("time", duration(movie.get("minutes"))),
        Fact("rating", stars(reading.get("rating", {}))),
        Fact("cast", ", ".join(movie.get("cast", ())[:2])),
    ]


def _article(reading: Mapping[str, Any]) -> list[Fact]:
    return [Fact("author", reading.get("author", "")), Fact("date", day(reading.get("published")))]


_FACTS = {
    "product": _product,
    "recipe": _recipe,
    "place": _place,
    "movie": _movie,
    "article": _article,
}


def price_range(product: Mapping[str, Any]) -> str:
    """ "€24.00", or "€24.00 – €36.00" where its variants differ."""
    currency = product.get("currency", "")
    low, high = money(product.get("price"), currency), money(product.get("highest_price"), currency)
    return f"{low} – {high}" if low and high and high != low else low


def money(amount: str | None, currency: str) -> str:
    """A price as people write it: "€24.00", "¥3,200", "24.00 SEK"; "" for none."""
    if not amount:
        return ""
    try:
        value = Decimal(amount)
    except InvalidOperation:
        return ""
    written = f"{value:,.0f}" if currency in WITHOUT_CENTS else f"{value:,.2f}"
    symbol = SYMBOLS.get(currency)
    return f"{symbol}{written}" if symbol else f"{written} {currency}".strip()


def duration(minutes: int | None) -> str:
    """35 as "35 min", 95 as "1 h 35 min"; "" for none."""
    if not minutes:
        return ""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def stars(rating: Mapping[str, Any]) -> str:
    """ "4.6 of 5"; "" for none."""
    value = rating.get("value")
    return f"{value:.1f} of 5".replace(".0 ", " ") if value else ""


def day(stamp: str | None) -> str:
    """An ISO date or time as "3 November 2026"; "" for none."""
    try:
        return f"{datetime.fromisoformat(stamp or ''):%-d %B %Y}"
    except ValueError:
        return ""


def _servings(recipe: Mapping[str, Any]) -> str:
    number = recipe.get("servings")
    if number:
        return f"{number} serving{'' if number == 1 else 's'}"
    return str(recipe.get("yields", ""))[:30]


def _town(address: str) -> str:
    """The last two parts of an address: "Rua da Rosa 10, 1200 Lisboa, Portugal" is long."""
    return ", ".join(part.strip() for part in address.split(",")[-2:])
