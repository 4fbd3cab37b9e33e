"""What a page says, in types: the reading of a source.

Everything here is frozen and has an "unknown" value: "", 0, None or (). A reader returns a
`Reading` with the few fields it found; ``page.py`` lays several over each other. The merged
reading is stored as JSON (`Reading.to_json`), unknown fields left out, so that fields can be
added later without touching what is stored.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache
from typing import Any, Literal, TypeVar, cast, get_args, get_type_hints

Kind = Literal["plain", "product", "recipe", "article", "place", "movie"]
Availability = Literal["", "in_stock", "out_of_stock", "preorder"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PageImage:
    """A picture a page offers. width and height in pixels, 0 when the page does not say."""

    url: str = ""
    width: int = 0
    height: int = 0
    alt: str = ""
    found_in: str = ""  # the reader: "jsonld", "microdata", "opengraph", "html", "link"


@dataclass(frozen=True, slots=True)
class Rating:
    """value: 0 to 5, two decimals, whatever scale the page uses; count: votes or reviews."""

    value: float = 0.0
    count: int = 0


@dataclass(frozen=True, slots=True)
class Product:
    """price, previous_price: decimal strings such as "24.00"; currency: ISO 4217.

    highest_price: where variants cost differently, the dearest of them; price is the cheapest.
    variants: names as the shop writes them, such as "Oak / Large".
    """

    price: str = ""
    currency: str = ""
    previous_price: str = ""
    availability: Availability = ""
    brand: str = ""
    highest_price: str = ""
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipe:
    """Minutes are whole minutes; servings a number of people or pieces, yields the page's words.

    diets: plain words such as "vegan" and "gluten free".
    """

    ingredients: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    total_minutes: int = 0
    prep_minutes: int = 0
    cook_minutes: int = 0
    servings: int = 0
    yields: str = ""
    cuisine: str = ""
    category: str = ""
    diets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """section: the page's own heading for it; modified: like `Reading.published`."""

    section: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """address: one line; latitude and longitude: degrees, both or neither.

    hours: one line for each span, such as "Mo-Fr 09:00-18:00".
    """

    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    phone: str = ""
    price_range: str = ""
    hours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Movie:
    """A film or a video with a director or a length."""

    director: str = ""
    minutes: int = 0
    cast: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Video:
    """A video on the page that can be shown elsewhere.

    embed_url: the provider's player, https only. provider: "YouTube", or the player's host.
    """

    embed_url: str = ""
    provider: str = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is known about a page. Only the part named by `kind`, and video, are to be shown.

    canonical_url: the page's address without tracking parameters, absolute http(s).
    published: "2026-11-23" or "2026-11-23T07:15:00+01:00".
    language: "en", "pt-BR".
    pictures: best first.
    origins: for each known field ("title", "product.price") the reader it came from.
    """

    kind: Kind = "plain"
    title: str = ""
    description: str = ""
    site_name: str = ""
    canonical_url: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    rating: Rating = Rating()
    product: Product = Product()
    recipe: Recipe = Recipe()
    article: Article = Article()
    place: Place = Place()
    movie: Movie = Movie()
    video: Video = Video()
    pictures: tuple[PageImage, ...] = ()
    origins: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values, unknown fields left out. `from_json` reads it back."""
        return {**_plain(self), "kind": self.kind}

    @classmethod
    def from_json(cls, stored: object) -> Reading:
        """A reading from what `to_json` made, now or in an older version.

        Missing, unknown and wrongly typed entries are passed over; never raises.
        """
        reading = _build(cls, stored)
        if not reading.video.embed_url.startswith("https://"):  # what a frame's src is made of
            return replace(reading, video=Video())
        return reading


def is_unknown(value: object) -> bool:
    """Whether a field still says nothing. A float always speaks: latitude 0.0 is a place."""
    if isinstance(value, float):
        return False
    return value is None or value in ("", 0, (), {}) or value == _UNKNOWN.get(type(value))


_UNKNOWN: dict[type, object] = {
    part: part() for part in (Rating, Product, Recipe, Article, Place, Movie, Video)
}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        pairs = ((one.name, getattr(value, one.name)) for one in fields(value))
        return {name: _plain(inner) for name, inner in pairs if not is_unknown(inner)}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return dict(value) if isinstance(value, Mapping) else value


def _build(cls: type[T], stored: object) -> T:
    """An instance of a dataclass of this module from a mapping, taking only what fits."""
    if not isinstance(stored, Mapping):
        return cls()
    found = {}
    for name, wanted in _hints_of(cast(Hashable, cls)).items():
        if name in stored:
            value = _fitting(stored[name], wanted)
            if value is not None:
                found[name] = value
    return cls(**found)


@cache
def _hints_of(cls: Hashable) -> dict[str, Any]:
    """Python evaluates them anew each time, which takes longer than all the rest."""
    return get_type_hints(cls)


def _fitting(value: Any, wanted: Any) -> Any:
    """The value if it fits the type hint, converted where JSON knows less than Python; or None."""
    if is_dataclass(wanted):
        return _build(wanted, value) if isinstance(value, Mapping) else None  # type: ignore[arg-type]  # keys are from JSON: words
    choices = get_args(wanted)
    if wanted in (Kind, Availability):
        return value if value in choices else None
    if choices and choices[-1] is Ellipsis:
        return _fitting_tuple(value, choices[0])
    if choices and choices[0] is str:  # origins
        pairs = value.items() if isinstance(value, Mapping) else ()
        return {str(name): str(reader) for name, reader in pairs}
    if wanted is float or choices:  # latitude: float | None
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return float(value) if is_number else None
    return value if type(value) is wanted else None


def _fitting_tuple(value: Any, of: Any) -> tuple[Any, ...] | None:
    if not isinstance(value, list | tuple):
        return None
    entries = (_fitting(entry, of) for entry in value)
    return tuple(entry for entry in entries if entry and getattr(entry, "url", True))
