"""What several recipes want, added up where units allow, told apart where they do not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pinboard.pins.cooking.gathering import Wanted, gather


def listed(*lines: str) -> list[str]:
    """Each line of a recipe of its own."""
    return [entry.text for entry in gather(Wanted(n, line) for n, line in enumerate(lines))]


@pytest.mark.parametrize(
    ("lines", "entries"),
    [
        (("500 g plain flour", "1 kg plain flour"), ["1.5 kg plain flour"]),
        (("200 g butter", "1 lb 2 oz unsalted butter"), ["710 g butter"]),
        (("3 tbsp olive oil, plus extra", "1 tsp extra virgin olive oil"), ["3⅓ tbsp olive oil"]),
        (("1 cup (240 ml) milk", "2 tbsp milk"), ["1⅛ cups milk"]),
        (("500 ml stock", "1 l stock"), ["1.5 l stock"]),
        (("2 cloves garlic, crushed", "3 garlic cloves"), ["5 cloves garlic"]),
        (("1 large onion, chopped", "2 onions"), ["3 large onions"]),
        (("1 egg", "1-2 eggs, beaten"), ["2–3 eggs"]),
        (("Juice of 1 lemon", "1 lemon", "finely grated zest of 2 lemons"), ["4 lemons"]),
        (("1 (400 g) tin tomatoes", "2 (400 g) tins tomatoes"), ["3 tins tomatoes (400 g)"]),
        (("400 g tin chickpeas", "400 g tin chickpeas"), ["2 × 400 g tins chickpeas"]),
        (("salt and pepper", "Salt", "pepper"), ["salt", "pepper"]),
        (("a bunch of basil", "1 bunch basil"), ["2 bunches basil"]),
        # weight is not volume, and neither is a number of something
        (("200 g flour", "1 cup flour"), ["200 g + 1 cup flour"]),
        (("2 carrots", "300 g carrots"), ["2 + 300 g carrots"]),
        # not the same thing
        (("200 g butter", "200 g peanut butter"), ["200 g butter", "200 g peanut butter"]),
        (("1 red onion", "1 onion"), ["1 red onion", "1 onion"]),
        (("For the sauce:", "1 onion"), ["1 onion"]),
    ],
)
def test_the_same_thing_stands_once(lines: tuple[str, ...], entries: list[str]) -> None:
    assert listed(*lines) == entries


def test_each_line_knows_its_recipes_and_is_scaled_for_each() -> None:
    wanted = [Wanted(7, "200 g rice", Fraction(3, 2)), Wanted(9, "100 g rice"), Wanted(9, "1 egg")]
    rice, egg = gather(wanted)
    assert (rice.text, rice.recipes) == ("400 g rice", (7, 9))
    assert (egg.text, egg.recipes) == ("1 egg", (9,))


def test_a_line_has_another_key_once_its_amount_is_another() -> None:
    def key(line: str, factor: int) -> str:
        return gather([Wanted(1, line, Fraction(factor))])[0].key

    assert key("2 lemons", 1) == key("2 Lemons", 1) != key("2 lemons", 2)
