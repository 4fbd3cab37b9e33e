"""The words behind an amount: what they measure, how they are written, and what they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Measure = Literal["mass", "volume", "soft", "container", "length", "heat", "time", "share"]
# What a line's other numbers are when they say the same thing once more: "1 cup (240 ml)".
MEASURED = ("mass", "volume")


@dataclass(frozen=True, slots=True)
class Unit:
    """one, many: as it is written for 1 and for more. size: in grams or millilitres, 0 for none.

    is_decimal: its amounts are told in decimals, not in fractions.
    """

    measure: Measure
    one: str
    many: str
    size: Fraction = Fraction(0)
    is_decimal: bool = False


def _unit(measure: Measure, names: str, size: str = "0", *, decimal: bool = False) -> Unit:
    one, many = (names.split() * 2)[:2]
    return Unit(measure, one, many, Fraction(size), decimal)


# Spelled in any of these ways; a capital T is a tablespoon, which is settled in unit_of().
_SPELLINGS: dict[str, Unit] = {
    "g gr gram grams gramm gramme grammes gms gm": _unit("mass", "g", "1", decimal=True),
    "kg kgs kilo kilos kilogram kilograms": _unit("mass", "kg", "1000", decimal=True),
    "mg": _unit("mass", "mg", "0.001", decimal=True),
    "oz ounce ounces": _unit("mass", "oz", "28.3495"),
    "lb lbs pound pounds": _unit("mass", "lb", "453.592"),
    "ml mls millilitre millilitres milliliter milliliters": _unit(
        "volume", "ml", "1", decimal=True
    ),
    "cl": _unit("volume", "cl", "10", decimal=True),
    "dl": _unit("volume", "dl", "100", decimal=True),
    "l ltr litre litres liter liters": _unit("volume", "l", "1000", decimal=True),
    "tsp tsps teaspoon teaspoons tl t": _unit("volume", "tsp", "5"),
    "tbsp tbsps tbs tablespoon tablespoons el": _unit("volume", "tbsp", "15"),
    "cup cups c": _unit("volume", "cup cups", "240"),
    "floz": _unit("volume", "fl_oz", "29.5735"),
    "pint pints pt": _unit("volume", "pint pints", "473.176"),
    "quart quarts qt": _unit("volume", "quart quarts", "946.353"),
    "gallon gallons": _unit("volume", "gallon gallons", "3785.41"),
    "pinch pinches": _unit("soft", "pinch pinches"),
    "dash dashes": _unit("soft", "dash dashes"),
    "splash splashes": _unit("soft", "splash splashes"),
    "drizzle drizzles": _unit("soft", "drizzle drizzles"),
    "drop drops": _unit("soft", "drop drops"),
    "handful handfuls": _unit("soft", "handful handfuls"),
    "knob knobs": _unit("soft", "knob knobs"),
    "bunch bunches": _unit("soft", "bunch bunches"),
    "sprig sprigs": _unit("soft", "sprig sprigs"),
    "clove cloves": _unit("soft", "clove cloves"),
    "slice slices": _unit("soft", "slice slices"),
    "stick sticks": _unit("soft", "stick sticks"),
    "stalk stalks": _unit("soft", "stalk stalks"),
    "head heads": _unit("soft", "head heads"),
    "sheet sheets": _unit("soft", "sheet sheets"),
    "rasher rashers": _unit("soft", "rasher rashers"),
    "leaf leaves": _unit("soft", "leaf leaves"),
    "piece pieces": _unit("soft", "piece pieces"),
    "dozen": _unit("soft", "dozen"),
    "tin tins": _unit("container", "tin tins"),
    "can cans": _unit("container", "can cans"),
    "jar jars": _unit("container", "jar jars"),
    "packet packets pkt": _unit("container", "packet packets"),
    "pack packs": _unit("container", "pack packs"),
    "package packages pkg": _unit("container", "package packages"),
    "bag bags": _unit("container", "bag bags"),
    "box boxes": _unit("container", "box boxes"),
    "bottle bottles": _unit("container", "bottle bottles"),
    "carton cartons": _unit("container", "carton cartons"),
    "tub tubs": _unit("container", "tub tubs"),
    "pot pots": _unit("container", "pot pots"),
    "block blocks": _unit("container", "block blocks"),
    "ball balls": _unit("container", "ball balls"),
    "loaf loaves": _unit("container", "loaf loaves"),
    "sachet sachets": _unit("container", "sachet sachets"),
    "pouch pouches": _unit("container", "pouch pouches"),
    "cm centimetre centimetres centimeter centimeters mm": _unit("length", "cm", decimal=True),
    "inch inches": _unit("length", "inch inches"),
    "degree degrees °": _unit("heat", "°"),
    "min mins minute minutes hour hours hr hrs h sec secs second seconds day days week weeks "
    "month months year years": _unit("time", "min"),
    "%": _unit("share", "%"),
}  # fmt: skip
UNITS = {name: unit for names, unit in _SPELLINGS.items() for name in names.split()}
_NAMES = "|".join(sorted((name for name in UNITS if name.isalpha()), key=len, reverse=True))
COLDEST = 50  # degrees an oven is set to; fewer are something else
BEHIND = re.compile(
    rf"\s?-?(?:(?P<heat>°\s?[CF]?|º\s?[CF]?|[CF]\b)|(?P<share>%)|(?P<inch>[\"″”](?!\w))"
    rf"|(?P<fluid>(?:fl\.?|fluid)\s?(?:oz|ounces?)\b\.?)|(?P<name>{_NAMES})\b\.?)",
    re.IGNORECASE,
)
CONTAINER = re.compile(
    rf"[\s-]*(?:{'|'.join(name for name, unit in UNITS.items() if unit.measure == 'container')})\b",
    re.IGNORECASE,
)


def unit_behind(line: str, end: int, *, value: Fraction) -> tuple[Unit | None, int]:
    """The unit that stands right behind an amount, and where it ends; None where nothing does."""
    match = BEHIND.match(line, end)
    if not match:
        return None, end
    if match["heat"]:
        if match["heat"] in "CcFf" and value < COLDEST:  # "1 c sugar", "2 F" of nobody knows what
            return (UNITS["cup"], match.end()) if match["heat"] in "Cc" else (None, end)
        return UNITS["degree"], match.end()
    if match["share"]:
        return UNITS["%"], match.end()
    if match["inch"]:
        return UNITS["inch"], match.end()
    if match["fluid"]:
        return UNITS["floz"], match.end()
    name = match["name"]
    return UNITS["tbsp" if name == "T" else name.lower()], match.end()
