"""A line of ingredients: which of its numbers say how much there is of it.

"2 (400 g) tins of tomatoes, cut into 4 pieces" wants two tins, whatever is in them and however
they are cut; "1 cup (240 ml) milk, plus 1 tbsp" says everything it says about the amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from pinboard.pins.cooking.amounts import Amount, amounts_in
from pinboard.pins.cooking.units import CONTAINER, MEASURED, Measure, Unit, unit_behind

# Another amount of the same, or the same said otherwise, follows.
JOINS = re.compile(
    r"(?:^|\s)(?:plus|and|und|et|or|oder)(?:\s+(?:about|another|an extra|extra|approx\.?))?\s*$"
    r"|[+&/|=≈~]\s*(?:about\s*)?$|^\s*[-–]\s*$|^\s+to\s+$",
    re.IGNORECASE,
)
TIMES = re.compile(r"^\s*[x×*]\s*$", re.IGNORECASE)
# What one of several weighs, or who eats it.
OF_EACH = re.compile(r"\b(?:each|per|apiece|a piece|serves?|servings?|people|persons)\b", re.I)
NAMED = re.compile(r"(?:\b(?:size|no\.?|nr\.?|number|type|grade|t)\s*|#)$", re.IGNORECASE)
# "7up", "2nd": a name. Other scripts write what they count right behind the number.
GLUED = re.compile("[A-Za-zÀ-ɏ]")
LONG_PIECE = re.compile(r"[\s-]*(?:long\s+)?(?:piece|knob|stick|chunk|thumb|length)s?\b", re.I)
ENOUGH = re.compile(r"^\s*(?:plus|and|\+|about|approx\.?|around|ca\.?|some|total)\b", re.IGNORECASE)
HEADING = re.compile(r":\s*$")
LONGEST = 600  # characters; nobody's ingredient is longer


@dataclass(frozen=True, slots=True)
class Part:
    """An amount to be multiplied. end: behind its unit.

    is_implied: "400 g tin" says neither one nor two; a count is put before it.
    """

    amount: Amount
    unit: Unit | None
    end: int
    is_implied: bool = False

    @property
    def measure(self) -> Measure | None:
        return self.unit.measure if self.unit else None

    @property
    def is_measured(self) -> bool:
        return self.measure in MEASURED


@dataclass(frozen=True, slots=True)
class Line:
    """text: as the source writes it. parts: in their order, none where nothing is counted."""

    text: str
    parts: tuple[Part, ...]

    @property
    def is_heading(self) -> bool:
        """ "For the sauce:" """
        return bool(HEADING.search(self.text)) and not self.parts


def read_line(text: str) -> Line:
    text = " ".join(text.split())
    if len(text) > LONGEST:
        return Line(text, ())
    found = [part for part in _parts(text) if part.measure not in ("heat", "time", "share")]
    first = _first(text, found)
    if first is None:
        return Line(text, ())
    if _is_size_of_one(text, first):
        start = first.amount.start
        one = Amount(Fraction(1), None, start, start)
        return Line(text, (Part(one, None, start, is_implied=True),))
    return Line(text, tuple(_meant(text, first, found)))


def _parts(text: str) -> Iterator[Part]:
    for amount in amounts_in(text):
        if NAMED.search(text[: amount.start]):
            continue
        unit, end = unit_behind(text, amount.end, value=amount.most)
        if unit or not GLUED.match(text, amount.end):
            yield Part(amount, unit, end)


def _first(text: str, found: list[Part]) -> Part | None:
    """The amount the line is about: the first in front, or the first that is measured."""
    front = _front(text)
    for part in found:
        is_piece = part.measure != "length" or LONG_PIECE.match(text, part.end)
        if part.amount.start < front and is_piece and not _depth(text, part.amount.start):
            return part
    return next((part for part in found if part.is_measured or part.measure == "soft"), None)


def _is_size_of_one(text: str, part: Part) -> bool:
    """ "400 g tin of tomatoes", "14-oz can": one of them, of that size."""
    return part.is_measured and bool(CONTAINER.match(text, part.end))


def _meant(text: str, first: Part, found: list[Part]) -> Iterator[Part]:
    """first, and what says more of the same."""
    yield first
    last, front = first, _front(text)
    for part in found:
        if part.amount.start <= last.amount.start:
            continue
        between = text[last.end : part.amount.start]
        if _depth(text, part.amount.start):
            is_meant = _says_again(text, last, part)
        elif part.amount.start > front:
            is_meant = _goes_on(text, front, part) or _joined(text, last, part, between)
        else:
            is_meant = _joined(text, last, part, between)
        if is_meant:
            yield part
            # What is in brackets is no neighbour of what comes behind them.
            last = replace(last, end=part.end) if _depth(text, part.amount.start) else part


def _joined(text: str, last: Part, part: Part, between: str) -> bool:
    if part.measure == "length" or TIMES.match(between) or _is_size_of_one(text, part):
        return False
    if not between.strip():  # 1 lb 2 oz
        return last.is_measured and last.measure == part.measure
    return bool(JOINS.search(between)) and "," not in between


def _goes_on(text: str, front: int, part: Part) -> bool:
    """Behind a comma only what the comma is followed by: ", plus 2 tbsp", ", about 300 g"."""
    between = text[front + 1 : part.amount.start]
    return part.unit is not None and part.measure != "length" and bool(ENOUGH.match(between))


def _says_again(text: str, last: Part, part: Part) -> bool:
    """Whether what stands in brackets grows with what stands before them."""
    opened = text.rfind("(", 0, part.amount.start)
    closed = text.find(")", part.amount.start)
    inside = text[opened + 1 : closed if closed > 0 else len(text)]
    if OF_EACH.search(inside) or part.measure in ("length", "container"):
        return False
    if last.is_measured:
        return True
    is_right_behind = not text[last.end : opened].strip()
    if last.measure == "container" or (last.unit is None and is_right_behind):
        return False
    if CONTAINER.search(text[last.end : opened]):
        return False
    return part.is_measured


def _front(text: str) -> int:
    """Where the first comma outside brackets stands that is none of a number; else the end."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        is_number = text[place + 1 : place + 2].isdigit() and text[place - 1 : place].isdigit()
        if depth <= 0 and sign in ",;" and not is_number:
            return place
    return len(text)


def _depth(text: str, place: int) -> bool:
    before = text[:place]
    return before.count("(") > before.count(")")
