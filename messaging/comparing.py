"""Pins side by side: one row for each thing that at least one of their sources says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pinboard.pins.facts import Details, details_of
from pinboard.pins.models import Pin

MOST_COMPARED = 4
# (label, fields of Details that make one value together)
ROWS = (
    ("Price", "price"),
    ("Before", "was"),
    ("Stock", "stock"),
    ("Rating", "rating"),
    ("Time", "minutes"),
    ("Serves", "servings"),
    ("Brand", "brand"),
    ("By", "author"),
    ("Published", "published"),
    ("Address", "address"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list. is_shared: all of the pins that have a list have it."""

    text: str
    is_shared: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """text, or a list; both empty where the source says nothing."""

    text: str = ""
    items: tuple[Item, ...] = ()


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
    rows = [_row(label, cells) for label, cells in texts if any(cells)]
    ingredients = [details.ingredients if details else () for details in said]
    if any(ingredients):
        rows.append(_list_row("Ingredients", ingredients))
    return rows


def _text(details: Details | None, name: str) -> str:
    return str(getattr(details, name)) if details else ""


def _row(label: str, texts: Sequence[str]) -> Row:
    differs = len({text.casefold() for text in texts if text}) > 1
    return Row(label, tuple(Cell(text=text) for text in texts), differs)


def _list_row(label: str, lists: Sequence[Sequence[str]]) -> Row:
    having = [lines for lines in lists if lines]
    count = Counter(line.casefold() for lines in having for line in dict.fromkeys(lines))
    cells = tuple(
        Cell(items=tuple(Item(line, count[line.casefold()] >= len(having) > 1) for line in lines))
        for lines in lists
    )
    differs = any(not item.is_shared for cell in cells for item in cell.items) and len(having) > 1
    return Row(label, cells, differs)
