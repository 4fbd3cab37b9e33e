"""What a pin can be narrowed by: read from its source and picture, once, when it is indexed.

The same facts stand in two places. As tokens in the pin's entries, so that the index itself
finds "pasta that is a recipe under half an hour" among a million pins within its usual bounds;
and as a row of PinFacts, from which the page reads what there is to choose from.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2s
from urllib.parse import urlsplit

from pinboard.ingest.reading import Reading
from pinboard.pins.models import Pin
from pinboard.pins.narrowing import KINDS, MINUTES, Narrowing, PriceBand, steps_of
from pinboard.pins.read_times import price_holds
from search.models import PinFacts
from search.text import FACT

HIGHEST_PRICE = 2_000_000_000  # fits the column
LONGEST = 100_000  # minutes
# A picture is square while its sides differ by less than this.
NEARLY = 1.12


def facts_of_pin(pin: Pin, reading: Reading | None) -> PinFacts:
    """pin: with its source, whose reading that is, and its picture."""
    source = pin.source
    facts = PinFacts(
        pin_id=pin.pk,
        kind="plain",
        colour=colour_name(pin.picture.colour),
        shape=shape_of(pin.picture.width, pin.picture.height),
    )
    if source and reading:
        facts.kind = source.kind if source.kind in KINDS else "plain"
        facts.site = site_of(source.url)
        facts.site_name = source.site_name[:60]
        if facts.kind == "product" and price_holds(source.read_at):
            facts.currency, facts.price = _price(reading)
        minutes = {"recipe": reading.recipe.total_minutes, "movie": reading.movie.minutes}
        facts.minutes = min(max(minutes.get(facts.kind, 0), 0), LONGEST)
    return facts


def _price(reading: Reading) -> tuple[str, int | None]:
    try:
        price = float(reading.product.price)
    except ValueError:
        return "", None
    currency = reading.product.currency[:8]
    return (currency, int(price)) if currency and 0 <= price < HIGHEST_PRICE else ("", None)


def site_of(url: str) -> str:
    """A page's host, small and without "www."; "" if there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")[:100]


def shape_of(width: int, height: int) -> str:
    if height > width * NEARLY:
        return "tall"
    return "wide" if width > height * NEARLY else "square"


def fact_tokens(facts: PinFacts) -> Iterator[str]:
    """One for each fact. A recipe of 20 minutes is under 30 and under 60."""
    yield token("kind", facts.kind)
    yield token("shape", facts.shape)
    if facts.colour:
        yield token("colour", facts.colour)
    if facts.site:
        yield token("site", facts.site)
    band = price_band(facts.currency, facts.price)
    if band:
        yield token("price", str(band))
    for minutes in MINUTES:
        if 0 < facts.minutes < minutes:
            yield token("minutes", str(minutes))


def price_band(currency: str, price: int | None) -> PriceBand | None:
    """The smallest band a price lies in; None for no price."""
    if price is None:
        return None
    steps = steps_of(currency)
    place = bisect_right(steps, price)
    return PriceBand(currency, steps[place - 1], steps[place] if place < len(steps) else None)


def wanted_tokens(wanted: Narrowing) -> list[tuple[str, ...]]:
    """Of each of these an entry must have one; whose and which board is not told by entries."""
    named = ("kind", "shape", "colour", "site", "minutes")
    tokens: list[tuple[str, ...]] = [
        (token(name, str(getattr(wanted, name))),) for name in wanted.set_facts() if name in named
    ]
    if wanted.price:
        tokens.append(tuple(token("price", str(band)) for band in wanted.price.smallest()))
    return tokens


def token(name: str, value: str) -> str:
    """Letters and digits only, whatever the value: both engines take it for one word."""
    return FACT + blake2s(f"{name}={value}".encode(), digest_size=6).hexdigest()


# Where colours end on the circle of hues (oklch, degrees), beginning with pink across 0.
_HUES = (
    (18, "pink"), (48, "red"), (72, "orange"), (112, "yellow"), (160, "green"), (212, "teal"),
    (275, "blue"), (322, "purple"), (360, "pink"),
)  # fmt: skip
_GREY = 0.028  # chroma below which nobody would name a hue


@lru_cache(maxsize=4000)
def colour_name(colour: str) -> str:
    """What people would call "#c0504d"; "" for what is no colour."""
    try:
        value = int(colour.removeprefix("#"), 16)
    except ValueError:
        return ""
    light, chroma, hue = oklch(value >> 16 & 255, value >> 8 & 255, value & 255)
    if chroma < _GREY:
        return "white" if light > 0.86 else "black" if light < 0.32 else "grey"
    if light < 0.22:
        return "black"
    if light > 0.9 and chroma < 0.05:
        return "white"
    name = next(name for end, name in _HUES if hue <= end)
    if name == "pink" and light < 0.5:
        return "purple"
    # Dark or dull orange and yellow is what people call brown; so is dull red.
    if name in {"orange", "yellow"} and (light < 0.62 or chroma < 0.06):
        return "brown"
    return "brown" if name == "red" and chroma < 0.09 and light < 0.6 else name


def oklch(red: int, green: int, blue: int) -> tuple[float, float, float]:
    """Lightness 0 to 1, chroma, hue in degrees. After B. Ottosson, "A perceptual color space"."""
    r, g, b = (_linear(one / 255) for one in (red, green, blue))
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    middle = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    light = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    other = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return light, math.hypot(a, other), math.degrees(math.atan2(other, a)) % 360


def _linear(one: float) -> float:
    return one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
