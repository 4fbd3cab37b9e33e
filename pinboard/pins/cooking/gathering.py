"""What several recipes want, as one list for the shop: the same things added up where units allow.

Grams with kilograms and pounds, spoons with cups and litres; never weight with volume, because
a cup of flour and a cup of honey weigh what they weigh. What cannot be added stands beside it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from pinboard.pins.cooking.amounts import write
from pinboard.pins.cooking.lines import Line, Part, read_line
from pinboard.pins.cooking.scaling import singular, with_number
from pinboard.pins.cooking.units import UNITS, Unit

METRIC = {"g", "kg", "mg", "ml", "cl", "dl", "l"}
# Above this many grams or millilitres the larger unit reads better.
LARGER = 1000
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_TAIL = re.compile(r"\s+(?:plus|for|to serve|to taste|at room|cut|from|with)\b.*$", re.IGNORECASE)
_OF = re.compile(r"^(?:of|de|d'|di|von)\s+", re.IGNORECASE)
_SALT_AND_PEPPER = re.compile(
    r"(?:fine |sea |kosher )*salt (?:and|&) ((?:freshly |ground |black |cracked )*pepper)\b", re.I
)
_OF_A_FRUIT = re.compile(
    r"(?:(?:finely|freshly|grated|squeezed) )*(?:juice|zest|rind)"
    r"(?: (?:and|&) (?:juice|zest|rind))?(?: of)? (.+)",
    re.IGNORECASE,
)
_EDGE = " \t-–—:*•.,;"
# What one does with it at home, and what nobody's shop asks about.
_PASSING = re.compile(
    r"\b(?:small|medium|large|big|ripe|fresh|freshly|finely|roughly|thinly|coarsely|chopped|sliced|"
    r"diced|minced|grated|crushed|peeled|heaped|level|generous|good|optional|about|approx|approx\.|"
    r"extra-large|lightly|beaten|softened|melted|toasted|squeezed|packed|sifted|"
    r"of|the)\b",
    re.IGNORECASE,
)
# Told apart only by those who cook.
_SAME = {
    "scallion": "spring onion",
    "extra virgin olive oil": "olive oil",
    "extra-virgin olive oil": "olive oil",
    "sea salt": "salt",
    "kosher salt": "salt",
    "garlic clove": "garlic",
    "all purpose flour": "plain flour",
    "all-purpose flour": "plain flour",
    "unsalted butter": "butter",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of one recipe, at so many servings. recipe: whatever names it to the caller."""

    recipe: int
    text: str
    factor: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: "600 g + 2 tbsp" of "butter", for these recipes.

    key: the same as long as name and amount are: a tick is for what was read when it was given.
    """

    name: str
    amount: str
    recipes: tuple[int, ...]
    key: str

    @property
    def text(self) -> str:
        sign = " × " if self.amount and self.name[:1].isdigit() else " "
        return f"{self.amount}{sign}{self.name}".strip()


@dataclass(slots=True)
class _Gathered:
    """An ingredient while it is added up: by kind of unit, how much from and up to."""

    name: str
    amounts: dict[str, tuple[Fraction, Fraction, list[Unit | None]]] = field(default_factory=dict)
    recipes: list[int] = field(default_factory=list)

    def add(self, part: Part, factor: Fraction) -> None:
        kind = _kind(part.unit)
        low, high, units = self.amounts.get(kind, (Fraction(0), Fraction(0), []))
        size = part.unit.size if part.unit and part.unit.size else Fraction(1)
        units = [*units, part.unit]
        low, high = low + part.amount.low * size * factor, high + part.amount.most * size * factor
        self.amounts[kind] = (low, high, units)


def gather(wanted: Iterable[Wanted]) -> list[Entry]:
    """In the order in which things are first asked for; headings are left out."""
    found: dict[str, _Gathered] = {}
    for one in wanted:
        line = read_line(one.text)
        if line.is_heading or not line.text:
            continue
        for name, parts in _things(line):
            known = found.setdefault(_sameness(name), _Gathered(name))
            for part in parts:
                known.add(part, one.factor)
            if one.recipe not in known.recipes:
                known.recipes.append(one.recipe)
    return [_entry(sameness, one) for sameness, one in found.items()]


def _things(line: Line) -> list[tuple[str, Sequence[Part]]]:
    """Mostly one; salt and pepper are two."""
    if both := _SALT_AND_PEPPER.match(line.text):
        return [("salt", ()), (both[1], ())]
    name, parts = _named(line)
    if (fruit := _OF_A_FRUIT.match(name)) and parts:
        name = fruit[1]
    *others, last = name.split() or [""]
    unit = UNITS.get(last.lower())
    # "3 garlic cloves" are three cloves of garlic.
    if others and unit and unit.measure == "soft" and [part.unit for part in parts] == [None]:
        return [(" ".join(others), [replace(parts[0], unit=unit)])]
    return [(name, parts)]


def _named(line: Line) -> tuple[str, Sequence[Part]]:
    """What it is called, and the amounts that count: not those that say the same again."""
    if not line.parts:
        return _tidy(line.text), ()
    first, *others = line.parts
    parts = [first]
    end = first.end
    for part in others:
        between = line.text[end : part.amount.start]
        if between.strip() in ("", "+", "plus", "and", "&"):  # 1 lb 2 oz
            parts.append(part)
            end = part.end
        elif between.strip() in ("/", "|", "or", "="):  # 200 g / 7 oz
            end = part.end
    before, behind = line.text[: first.amount.start], line.text[end:]
    size = re.match(r"\s*(\([^()]*\))", behind) if first.unit is None else None
    if size and not before.strip(_EDGE):
        return _tidy(f"{behind[size.end() :]} {size[1]}", keeps_size=True), parts
    behind = _OF.sub("", behind.strip(_EDGE))
    if before.strip(_EDGE) and not behind.strip():
        return _tidy(before), parts
    return _tidy(f"{before} {behind}"), parts


def _tidy(text: str, *, keeps_size: bool = False) -> str:
    """Without what is in brackets, and without what is to be done with it."""
    text = text if keeps_size else _BRACKETS.sub("", text)
    text = re.split(r",(?!\d)|;", text)[0] if not keeps_size else text.split(",")[0]
    return " ".join(_TAIL.sub("", text).split()).strip(_EDGE)


def _sameness(name: str) -> str:
    """ "Large ripe tomatoes" and "tomato" are one thing to buy."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    plain = " ".join(_PASSING.sub(" ", plain).split()) or plain
    plain = " ".join(singular(word) for word in plain.split())
    return _SAME.get(plain, plain)


def _kind(unit: Unit | None) -> str:
    """Amounts of one kind can be added."""
    if unit is None:
        return ""
    return unit.measure if unit.size else unit.one


def _entry(sameness: str, one: _Gathered) -> Entry:
    amounts = [_written(*amount) for amount in one.amounts.values()]
    amount, name = " + ".join(amounts), one.name
    if list(one.amounts) == [""]:
        name = with_number(name, one.amounts[""][1])
    digest = hashlib.sha256(f"{sameness}\n{amount}".encode()).hexdigest()[:24]
    return Entry(name, amount, tuple(one.recipes), digest)


def _written(low: Fraction, high: Fraction, units: list[Unit | None]) -> str:
    unit, low, high = _common(low, high, units)
    decimal = bool(unit and unit.is_decimal)
    texts = list(dict.fromkeys(write(value, decimal=decimal) for value in (low, high)))
    number = "–".join(texts)
    if unit is None:
        return number
    return f"{number} {(unit.one if high <= 1 else unit.many).replace('_', ' ')}"


def _common(
    low: Fraction, high: Fraction, units: list[Unit | None]
) -> tuple[Unit | None, Fraction, Fraction]:
    """The unit all of them are told in: their own if it is one, else grams or millilitres."""
    unit = units[0]
    if unit is None or not unit.size:
        return unit, low, high
    is_metric = {one.one for one in units if one} <= METRIC
    if len({one.one for one in units if one}) > 1 or is_metric:
        unit = _fitting(unit, high, is_metric=is_metric, units=units)
    return unit, low / unit.size, high / unit.size


def _fitting(unit: Unit, high: Fraction, *, is_metric: bool, units: list[Unit | None]) -> Unit:
    sizes = {one.one for one in units if one}
    if sizes <= {"tsp", "tbsp", "cup"}:
        if high >= UNITS["cup"].size / 2 and "cup" in sizes:
            return UNITS["cup"]
        return UNITS["tbsp"] if high >= UNITS["tbsp"].size else UNITS["tsp"]
    if unit.measure == "mass":
        return UNITS["kg"] if high >= LARGER else UNITS["g"]
    return UNITS["l"] if high >= LARGER else UNITS["ml"]
