"""What to buy for recipes: one list of one pin or of several, with what is ticked off already.

A person's ticks on a pin's own list are theirs, on every device. Those of a conversation's list
are everybody's and live there (messaging/shopping.py); how a list is made is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pinboard.people.models import Person
from pinboard.pins.cooking.gathering import Wanted, gather
from pinboard.pins.models import Pin, ShoppingTick
from pinboard.pins.recipes import base_of, noun_of, servings_asked

MOST_LINES = 400


@dataclass(frozen=True, slots=True)
class Recipe:
    """A pin that is cooked for so many. lines: its ingredients as the source writes them."""

    pin_id: int
    title: str
    url: str
    servings: int
    base: int
    noun: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShoppingLine:
    """amount may be "". recipes: titles. ticked_by: a name, where others tick too."""

    key: str
    amount: str
    name: str
    text: str
    recipes: tuple[str, ...]
    is_ticked: bool = False
    ticked_by: str = ""


def recipe_of(pin: Pin, *, asked: str = "") -> Recipe | None:
    """pin: with its source. asked: servings as an address says them. None for no recipe."""
    source = pin.source
    recipe = source.reading.get("recipe", {}) if source and source.kind == "recipe" else {}
    if not recipe.get("ingredients"):
        return None
    base = base_of(recipe)
    return Recipe(
        pin_id=pin.pk,
        title=pin.title or "A recipe",
        url=pin.get_absolute_url(),
        servings=servings_asked(asked) or base,
        base=base,
        noun=noun_of(recipe),
        lines=tuple(recipe["ingredients"]),
    )


def list_of(recipes: Sequence[Recipe], *, ticked: Mapping[str, str]) -> list[ShoppingLine]:
    """ticked: by key, who did, or "" where only one person can."""
    titles = {recipe.pin_id: recipe.title for recipe in recipes}
    wanted = (
        Wanted(recipe.pin_id, line, Fraction(recipe.servings, recipe.base))
        for recipe in recipes
        for line in recipe.lines
    )
    return [
        ShoppingLine(
            key=entry.key,
            amount=entry.amount,
            name=entry.name,
            text=entry.text,
            recipes=tuple(titles[pk] for pk in entry.recipes),
            is_ticked=entry.key in ticked,
            ticked_by=ticked.get(entry.key, ""),
        )
        for entry in gather(wanted)[:MOST_LINES]
    ]


def as_text(recipes: Sequence[Recipe], lines: Iterable[ShoppingLine]) -> str:
    """To be pasted into anything: what for, then a line each, with a mark on what is there."""
    heads = [f"{recipe.title}, for {recipe.servings}" for recipe in recipes]
    marks = (f"[{'x' if line.is_ticked else ' '}] {line.text}" for line in lines)
    return "\n".join([*heads, "", *marks]) + "\n"


def ticked_by(person: Person, pin_id: int) -> dict[str, str]:
    ticks = ShoppingTick.objects.filter(person=person, pin=pin_id)
    return dict.fromkeys(ticks.values_list("key", flat=True), "")


def tick(*, actor: Person, pin: Pin, key: str, is_on: bool) -> None:
    """Doing it twice changes nothing."""
    if is_on:
        ShoppingTick.objects.get_or_create(person=actor, pin=pin, key=key)
    else:
        ShoppingTick.objects.filter(person=actor, pin=pin, key=key).delete()
