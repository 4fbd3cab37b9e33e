"""Several readings of one page laid over each other: each fills only what is still unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from pinboard.ingest.pictures import best_first
from pinboard.ingest.reading import Kind, Rating, Reading, Video, is_unknown

T = TypeVar("T")

PARTS: tuple[Kind, ...] = ("recipe", "product", "movie", "article", "place")


def merge(found: Mapping[str, Reading]) -> Reading:
    """One reading from those of several readers, the most trusted first.

    found: reading by the reader's name, which the result remembers for each field. Readings that
    speak of another kind of thing than the chosen one come last: a shop's JSON-LD may describe
    the shop, and only its Open Graph the lamp.
    """
    kind = _kind(found)
    fitting_kinds = (kind, "plain", "article")  # an article about the page's thing is about it too
    ordered = sorted(found.items(), key=lambda pair: pair[1].kind not in fitting_kinds)
    origins: dict[str, str] = {}
    merged = Reading()
    for name, reading in ordered:
        fitting = replace(reading, kind=kind if reading.kind == kind else "plain", pictures=())
        fitting = replace(fitting, **{part: _empty(part) for part in PARTS if part != kind})
        merged = _fill(merged, fitting, name, origins)
    pictures = best_first(image for _, reading in ordered for image in reading.pictures)
    return replace(merged, kind=kind, pictures=pictures, origins=origins)


def _kind(found: Mapping[str, Reading]) -> Kind:
    """What the most trusted reader says, with three exceptions.

    A "place" is often only where the shop is. A video may show how to cook what the page, or only
    its og:type, calls a recipe. And "article" is what many systems write on every
    page: a recipe or, where only Open Graph calls it an article, a product in the page's own
    elements knows better.
    """
    said = {name: reading.kind for name, reading in found.items() if reading.kind != "plain"}
    if not said:
        return "plain"
    first, kind = next(iter(said.items()))
    if kind == "place":
        return next((one for one in said.values() if one in ("product", "recipe")), "place")
    if kind == "movie" and "recipe" in said.values():
        return "recipe"
    if kind == "article":
        better = ("recipe",) if first not in ("opengraph", "twitter") else ("recipe", "product")
        return next((one for one in said.values() if one in better), "article")
    return kind


def _empty(part: str) -> Any:
    return getattr(Reading(), part)


def _fill(mine: T, other: T, reader: str, origins: dict[str, str], prefix: str = "") -> T:
    """`mine` with its unknown fields taken from `other`."""
    changes: dict[str, Any] = {}
    for name in (field.name for field in fields(mine)):  # type: ignore[arg-type]  # dataclasses
        known, offered = getattr(mine, name), getattr(other, name)
        if is_dataclass(known) and not isinstance(known, Rating | Video):  # each is of one piece
            changes[name] = _fill(known, offered, reader, origins, f"{prefix}{name}.")
        elif is_unknown(known) and not is_unknown(offered) and name != "kind":
            changes[name] = offered
            origins[prefix + name] = reader
    return replace(mine, **changes)  # type: ignore[type-var]  # dataclasses
