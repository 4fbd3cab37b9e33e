"""Pins side by side: one row for each thing that at least one of their sources says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pinboard.pins.details import Details, details_of
from pinboard.pins.facts import Fact
from pinboard.pins.models import Pin

MOST_COMPARED = 4
# (label, field of Details)
ROWS = (
    ("Price", "price"),
    ("Before", "was"),
    ("Stock", "stock"),
    ("Rating", "rating"),
    ("Time", "minutes"),
    ("Serves", "servings"),
    ("Diet", "diets"),
    ("Brand", "brand"),
    ("To choose from", "variants"),
    ("Director", "director"),
    ("With", "cast"),
    ("By", "author"),
    ("Published", "published"),
    ("Address", "address"),
    ("Phone", "phone"),
    ("Open", "hours"),
    ("Prices", "price_range"),
)
# What carries the time it was read.
PASSING = {"Price", "Before", "Stock"}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list. is_shared: all of the pins that have a list have it."""

    text: str
    is_shared: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """text, or a list; both empty where the source says nothing.

    read: when the source said so, where that is true only for a while.
    """

    text: str = ""
    items: tuple[Item, ...] = ()
    read: Fact | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """differs: the pins that say something do not all say the same."""

    label: str
    cells: tuple[Cell, ...]
    differs: bool


def compare(pins: Sequence[Pin]) -> list[Row]:
    """Rows for these pins (with their source), a cell each, in their order.

    Rows of which no pin says anything are left out.
    """
    said = [details_of(pin.source) if pin.source else None for pin in pins]
    texts = [(label, [_text(details, name) for details in said]) for label, name in ROWS]
    texts.append(("Source", [pin.source.site_name if pin.source else "" for pin in pins]))
    times = [details.read if details else None for details in said]
    rows = [
        _row(label, cells, times if label in PASSING else [None] * len(cells))
        for label, cells in texts
        if any(cells)
    ]
    ingredients = [details.ingredients if details else () for details in said]
    if any(ingredients):
        rows.append(_list_row("Ingredients", ingredients))
    return rows


def _text(details: Details | None, name: str) -> str:
    """Several words stand in one cell, as in a sentence."""
    value = getattr(details, name) if details else ""
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _row(label: str, texts: Sequence[str], times: Sequence[Fact | None]) -> Row:
    differs = len({text.casefold() for text in texts if text}) > 1
    cells = (
        Cell(text=text, read=read if text else None)
        for text, read in zip(texts, times, strict=True)
    )
    return Row(label, tuple(cells), differs)


def _list_row(label: str, lists: Sequence[Sequence[str]]) -> Row:
    having = [lines for lines in lists if lines]
    count = Counter(line.casefold() for lines in having for line in dict.fromkeys(lines))
    cells = tuple(
        Cell(items=tuple(Item(line, count[line.casefold()] >= len(having) > 1) for line in lines))
        for lines in lists
    )
    differs = any(not item.is_shared for cell in cells for item in cell.items) and len(having) > 1
    return Row(label, cells, differs)
