"""A line of ingredients for other servings: the author's words with other amounts."""

from __future__ import annotations

import re
from fractions import Fraction

from pinboard.pins.cooking.amounts import Amount, write
from pinboard.pins.cooking.lines import Part, read_line
from pinboard.pins.cooking.units import UNITS

# What is counted and changes its form: of one onion, of two onions.
_COUNTED = (
    "almond apple apricot artichoke aubergine avocado banana beetroot biscuit breast bulb burger "
    "carrot chilli courgette cucumber date eggplant egg fig fillet grape lemon lime leek mango "
    "mushroom nectarine olive onion orange parsnip pea peach pear pepper pepperoncini pineapple "
    "plum pomegranate prawn quail radish_radishes raisin sausage scallop scallion shallot shrimp_"
    "shrimp strawberry_strawberries steak stem tomato_tomatoes tortilla turnip walnut white wing "
    "yolk zucchini_zucchini potato_potatoes cherry_cherries blackberry_blackberries bay_bay "
    "blueberry_blueberries raspberry_raspberries peach_peaches radish leg thigh bun roll wrap "
    "bagel croissant muffin anchovy_anchovies squash_squashes loin chop cutlet drumstick pod rack "
    "tablespoon teaspoon ounce pound gram kilogram kilo litre liter millilitre milliliter"
)
_MANY = {
    one: many or f"{one}s"
    for one, _, many in (word.partition("_") for word in _COUNTED.split())
} | {
    unit.one: unit.many
    for unit in UNITS.values()
    if unit.one != unit.many and unit.measure in ("soft", "container", "volume")
}  # fmt: skip
_ONE = {many: one for one, many in _MANY.items()}
_WORD = re.compile(r"[^\W\d_]+")
# Beyond this the name is over: "2 onions, chopped", "1 lemon (about 100 g)", "2 eggs or 1 yolk".
_SIZE = re.compile(r"\s*\([^()]*\)")
_NAME_ENDS = re.compile(r"[,;()]|\b(?:or|and|plus|with|for|from|in|into|cut)\b", re.IGNORECASE)


def singular(word: str) -> str:
    """ "tomatoes" as "tomato", where the word is one that is counted."""
    return _ONE.get(word, word)


def with_number(name: str, number: Fraction) -> str:
    """ "egg" of two as "eggs", "onions" of one as "onion"."""
    return _agreeing(name, before=Fraction(1 if number > 1 else 2), now=number)


def scale_line(text: str, factor: Fraction) -> str:
    """The line with its amounts multiplied, fractions as ½; whole where nothing is counted."""
    line = read_line(text)
    written, at = [], 0
    for number, part in enumerate(line.parts):
        upto = line.parts[number + 1].amount.start if number + 1 < len(line.parts) else None
        amount = part.amount
        written += [line.text[at : amount.start], _scaled(part, line.text, factor)]
        between = line.text[amount.end : upto]
        written.append(_agreeing(between, before=amount.most, now=amount.most * factor))
        at = len(line.text) if upto is None else upto
    written.append(line.text[at:])
    return "".join(written)


def _scaled(part: Part, text: str, factor: Fraction) -> str:
    amount = part.amount
    if part.is_implied:
        return "" if factor == 1 else f"{write(factor, decimal=False)} × "
    as_it_was = text[amount.start : amount.end]
    if factor == 1 and not re.search(r"[/⁄]", as_it_was):
        return as_it_was
    decimal = bool(part.unit and part.unit.is_decimal) and not amount.is_fraction
    low = write(amount.low * factor, decimal=decimal, comma=amount.comma)
    if amount.high is None:
        return low
    high = write(amount.high * factor, decimal=decimal, comma=amount.comma)
    return low if low == high else f"{low}{_dash(amount)}{high}"


def _dash(amount: Amount) -> str:
    """Between fractions "1½–2" reads better than "1½-2"; words stay."""
    return amount.dash if amount.dash.strip().isalpha() else "–"


def _agreeing(behind: str, *, before: Fraction, now: Fraction) -> str:
    """What follows an amount, in the form the new one asks for: cup or cups, egg or eggs."""
    was_one, is_one = before <= 1, now <= 1
    if was_one == is_one:
        return behind
    table = _ONE if is_one else _MANY
    size = _SIZE.match(behind)
    end = _NAME_ENDS.search(behind, size.end() if size else 0)
    name = behind[: end.start()] if end else behind
    for word in _WORD.finditer(name):
        other = table.get(word[0].lower())
        if other:
            shaped = other.capitalize() if word[0][0].isupper() else other
            return behind[: word.start()] + shaped + behind[word.end() :]
    return behind
