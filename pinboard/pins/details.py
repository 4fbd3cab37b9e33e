"""What the pin page, and pins side by side, show of a source: everything it said, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import quote, urlencode

from pinboard.pins.facts import STOCK, Fact, day, duration, money, price_range, stars
from pinboard.pins.models import Source
from pinboard.pins.read_times import price_holds, read_words

DIALLED = re.compile(r"[^0-9+*#]")
SHORTEST_NUMBER = 3


@dataclass(frozen=True, slots=True)
class Details:
    """ "" or () where the page said nothing, or what it said is too old to be shown.

    read: when price and stock were read, if there are any; None otherwise.
    map_url: an address on OpenStreetMap; app_url: a geo: address, which the person's own map
    opens; phone_url: a tel: address. coordinates: "38.71112° N, 9.14512° W".
    """

    kind: str
    price: str = ""
    was: str = ""
    stock: str = ""
    read: Fact | None = None
    news: str = ""
    variants: tuple[str, ...] = ()
    brand: str = ""
    author: str = ""
    director: str = ""
    cast: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    minutes: str = ""
    prep: str = ""
    cook: str = ""
    servings: str = ""
    diets: tuple[str, ...] = ()
    rating: str = ""
    votes: int = 0
    ingredients: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    address: str = ""
    coordinates: str = ""
    map_url: str = ""
    app_url: str = ""
    phone: str = ""
    phone_url: str = ""
    hours: tuple[str, ...] = ()
    price_range: str = ""

    @property
    def has_facts(self) -> bool:
        """Whether it says anything beside what it costs and how it is made."""
        bare = Details(kind=self.kind)
        return any(getattr(self, name) != getattr(bare, name) for name in _FACTS)


_MADE = {"kind", "price", "was", "stock", "news", "read"} | {
    *("ingredients", "steps", "prep", "cook", "votes")
}
_FACTS = tuple(one.name for one in fields(Details) if one.name not in _MADE)


def details_of(source: Source) -> Details | None:
    """The block on the pin page, or None where the page says nothing about itself any more."""
    if source.kind == "plain":
        return None
    reading = source.reading
    place, rating = reading.get("place", {}), reading.get("rating", {})
    said = Details(
        kind=source.kind,
        **_wares(source),
        **_cooking(reading.get("recipe", {})),
        **_film(reading.get("movie", {}), reading),
        author=reading.get("author", ""),
        published=day(reading.get("published")),
        modified=day(reading.get("article", {}).get("modified")),
        rating=stars(rating),
        votes=rating.get("count", 0),
        address=place.get("address", ""),
        coordinates=coordinates(place),
        map_url=_map_url(place),
        app_url=_app_url(place),
        phone=place.get("phone", ""),
        phone_url=phone_url(place.get("phone", "")),
        hours=tuple(place.get("hours", ())),
        price_range=place.get("price_range", ""),
    )
    return said if said != Details(kind=source.kind) else None


def _wares(source: Source) -> dict[str, Any]:
    product = source.reading.get("product", {})
    kept = {"brand": product.get("brand", ""), "variants": tuple(product.get("variants", ()))}
    if source.read_at is None or not price_holds(source.read_at):
        return kept
    price, stock = price_range(product), stock_words(source)
    when = source.read_at.isoformat(timespec="seconds")
    return {
        **kept,
        "price": price,
        "was": money(product.get("previous_price"), product.get("currency", "")) if price else "",
        "stock": stock,
        "news": news_words(source) if price and source.state != "gone" else "",
        "read": Fact("read", read_words(source.read_at), when) if price or stock else None,
    }


def stock_words(source: Source) -> str:
    """ "In stock"; "" where the page does not say, or is gone."""
    said = source.reading.get("product", {}).get("availability", "")
    return STOCK.get(said, "") if source.state != "gone" else ""


def news_words(source: Source) -> str:
    """ "Was €149.00 until 23 November 2026", "Back in stock since 3 June 2026"; "" for none."""
    news = source.news or {}
    since = day(news.get("since"))
    if news.get("kind") == "back":
        return f"Back in stock since {since}"
    before = money(news.get("was"), source.reading.get("product", {}).get("currency", ""))
    return f"Was {before} until {since}" if before else ""


def _cooking(recipe: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "prep": duration(recipe.get("prep_minutes")),
        "cook": duration(recipe.get("cook_minutes")),
        "servings": recipe.get("yields", "") or str(recipe.get("servings") or ""),
        "diets": tuple(recipe.get("diets", ())),
        "ingredients": tuple(recipe.get("ingredients", ())),
        "steps": tuple(recipe.get("steps", ())),
    }


def _film(movie: Mapping[str, Any], reading: Mapping[str, Any]) -> dict[str, Any]:
    recipe = reading.get("recipe", {})
    return {
        "director": movie.get("director", ""),
        "cast": tuple(movie.get("cast", ())),
        "minutes": duration(recipe.get("total_minutes") or movie.get("minutes")),
    }


def coordinates(place: Mapping[str, Any]) -> str:
    where = _where(place)
    if not where:
        return ""
    latitude, longitude = where
    north, east = "N" if latitude >= 0 else "S", "E" if longitude >= 0 else "W"
    return f"{abs(latitude):.5g}° {north}, {abs(longitude):.5g}° {east}"


def phone_url(phone: str) -> str:
    """ "tel:+351211234567" of "+351 21 123 45 67"; "" for what nobody can dial."""
    number = DIALLED.sub("", phone.split("ext")[0])
    return f"tel:{number}" if len(number) >= SHORTEST_NUMBER else ""


def _where(place: Mapping[str, Any]) -> tuple[float, float] | None:
    latitude, longitude = place.get("latitude"), place.get("longitude")
    return None if latitude is None or longitude is None else (latitude, longitude)


def _map_url(place: Mapping[str, Any]) -> str:
    """Nothing is loaded from there unless somebody follows it."""
    if where := _where(place):
        latitude, longitude = where
        query = urlencode({"mlat": latitude, "mlon": longitude})
        return f"https://www.openstreetmap.org/?{query}#map=16/{latitude}/{longitude}"
    if place.get("address"):
        return "https://www.openstreetmap.org/search?" + urlencode({"query": place["address"]})
    return ""


def _app_url(place: Mapping[str, Any]) -> str:
    """RFC 5870; "q" is what maps made of it, and the only way to look an address up."""
    where, address = _where(place), place.get("address", "")
    if where:
        return f"geo:{where[0]},{where[1]}?q={where[0]},{where[1]}"
    return f"geo:0,0?q={quote(address)}" if address else ""
