"""A recipe for as many as somebody cooks for: its ingredients scaled, and the way to other numbers.

The number stands in the address (?servings=6), so that it is kept, shared and works everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pinboard.pins.cooking.scaling import scale_line
from pinboard.pins.models import Source
from pinboard.web.numbers import read_id

MOST_SERVINGS = 500
# From here on a step of one would take forever: 24 biscuits.
MANY = 12
PEOPLE = re.compile(r"(?i)^(?:servings?|serves|people|persons?|portions?|portionen|personen)$")
YIELDS = re.compile(r"^\D{0,20}\d+(?:\s*[-–]\s*\d+)?\s+([^\W\d]+(?:\s[^\W\d]+)?)\W*$")


@dataclass(frozen=True, slots=True)
class Cooking:
    """ingredients: scaled. noun: "servings", "biscuits", or "batches" where no number is known.

    base: what the source is for. fewer, more: numbers to go to; 0 where there is none.
    query: "servings=6", or "" for as the source says.
    """

    ingredients: tuple[str, ...]
    servings: int
    base: int
    noun: str
    fewer: int
    more: int

    @property
    def query(self) -> str:
        return f"servings={self.servings}" if self.servings != self.base else ""

    @property
    def most(self) -> int:
        return MOST_SERVINGS


def cooking_of(source: Source, *, asked: str = "") -> Cooking | None:
    """asked: a number of servings as an address says it; anything else means the source's own."""
    recipe = source.reading.get("recipe", {})
    ingredients = recipe.get("ingredients", ())
    if source.kind != "recipe" or not ingredients:
        return None
    base = base_of(recipe)
    servings = servings_asked(asked) or base
    factor, step = Fraction(servings, base), max(base // 4, 1) if base > MANY else 1
    more = servings + step
    return Cooking(
        ingredients=tuple(scale_line(line, factor) for line in ingredients),
        servings=servings,
        base=base,
        noun=noun_of(recipe),
        fewer=max(servings - step, 1) if servings > 1 else 0,
        more=more if more <= MOST_SERVINGS else 0,
    )


def base_of(recipe: Mapping[str, Any]) -> int:
    """How many the source cooks for; 1 (batch) where it does not say."""
    servings: int = recipe.get("servings", 0)
    return min(max(servings, 1), MOST_SERVINGS)


def noun_of(recipe: Mapping[str, Any]) -> str:
    """What there are so many of."""
    if not recipe.get("servings"):
        return "batches"
    found = YIELDS.match(recipe.get("yields", ""))
    return "servings" if not found or PEOPLE.match(found[1]) else found[1][:30]


def servings_asked(text: str) -> int:
    """0 for no number, or for one nobody cooks for."""
    number = read_id(text) or 0
    return number if number <= MOST_SERVINGS else 0
