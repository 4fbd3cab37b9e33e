"""What a source says about itself, in words for people: the line on a card, the block on a pin.

Works on the stored reading as it is (a mapping, see ingest/reading.py), because cards are made
by the dozen and most of a reading never shows on one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from pinboard.pins.models import Source

SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "CAD": "CA$", "AUD": "A$", "INR": "₹"}
WITHOUT_CENTS = {"JPY", "KRW", "HUF", "CLP", "ISK"}
STOCK = {"in_stock": "In stock", "out_of_stock": "Sold out", "preorder": "Pre-order"}


@dataclass(frozen=True, slots=True)
class Fact:
    """kind: price, was, stock, time, servings, rating, place or author. text: ready to show."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Details:
    """Everything the pin page shows of a reading; "" or () where the page said nothing."""

    kind: str
    price: str = ""
    was: str = ""
    stock: str = ""
    brand: str = ""
    author: str = ""
    published: str = ""
    minutes: str = ""
    servings: str = ""
    rating: str = ""
    ingredients: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    address: str = ""
    map_url: str = ""


def facts_of(source: Source) -> tuple[Fact, ...]:
    """The line under a card's title: at most three facts, the most telling first."""
    return facts_in(source.kind, source.reading)


def facts_in(kind: str, reading: Mapping[str, Any]) -> tuple[Fact, ...]:
    """The same of a reading without its source."""
    facts: list[Fact] = []
    if kind == "product":
        product = reading.get("product", {})
        facts += _some("price", money(product.get("price"), product.get("currency", "")))
        facts += _some("was", money(product.get("previous_price"), product.get("currency", "")))
        if product.get("availability") == "out_of_stock":
            facts += _some("stock", STOCK["out_of_stock"])
    elif kind == "recipe":
        recipe = reading.get("recipe", {})
        facts += _some("time", duration(recipe.get("total_minutes")))
        facts += _some("servings", _servings(recipe))
    elif kind == "place":
        facts += _some("place", _town(reading.get("place", {}).get("address", "")))
    elif kind == "movie":
        facts += _some("author", reading.get("movie", {}).get("director", ""))
        facts += _some("time", duration(reading.get("movie", {}).get("minutes")))
    elif kind == "article":
        facts += _some("author", reading.get("author", ""))
    return tuple(facts[:3])


def details_of(source: Source) -> Details | None:
    """The block on the pin page, or None for a page that says nothing about itself."""
    if source.kind == "plain":
        return None
    reading = source.reading
    product, recipe = reading.get("product", {}), reading.get("recipe", {})
    place, movie = reading.get("place", {}), reading.get("movie", {})
    currency = product.get("currency", "")
    return Details(
        kind=source.kind,
        price=money(product.get("price"), currency),
        was=money(product.get("previous_price"), currency),
        stock=STOCK.get(product.get("availability", ""), ""),
        brand=product.get("brand", ""),
        author=reading.get("author", "") or movie.get("director", ""),
        published=_day(reading.get("published", "")),
        minutes=duration(recipe.get("total_minutes") or movie.get("minutes")),
        servings=recipe.get("yields", "") or str(recipe.get("servings") or ""),
        rating=_rating(reading.get("rating", {})),
        ingredients=tuple(recipe.get("ingredients", ())),
        steps=tuple(recipe.get("steps", ())),
        address=place.get("address", ""),
        map_url=_map_url(place),
    )


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


def _some(kind: str, text: str) -> list[Fact]:
    return [Fact(kind, text)] if text else []


def _servings(recipe: Mapping[str, Any]) -> str:
    number = recipe.get("servings")
    if number:
        return f"{number} serving{'' if number == 1 else 's'}"
    return str(recipe.get("yields", ""))[:30]


def _town(address: str) -> str:
    """The last two parts of an address: "Rua da Rosa 10, 1200 Lisboa, Portugal" is long."""
    return ", ".join(part.strip() for part in address.split(",")[-2:])


def _day(stamp: str) -> str:
    try:
        return f"{datetime.fromisoformat(stamp):%-d %B %Y}"
    except ValueError:
        return ""


def _rating(rating: Mapping[str, Any]) -> str:
    value, count = rating.get("value"), rating.get("count")
    if not value:
        return ""
    return f"{value:g} of 5" + (f" ({count:,})" if count else "")


def _map_url(place: Mapping[str, Any]) -> str:
    """An address on OpenStreetMap; nothing is loaded from there unless somebody follows it."""
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if latitude is not None and longitude is not None:
        query = urlencode({"mlat": latitude, "mlon": longitude})
        return f"https://www.openstreetmap.org/?{query}#map=16/{latitude}/{longitude}"
    if place.get("address"):
        return "https://www.openstreetmap.org/search?" + urlencode({"query": place["address"]})
    return ""
