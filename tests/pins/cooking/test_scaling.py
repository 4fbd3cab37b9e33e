"""Ingredients for other servings: what is multiplied, what is not, and how it is written."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinboard.pins.cooking.gathering import Wanted, gather
from pinboard.pins.cooking.scaling import scale_line

HALF, TWICE = Fraction(1, 2), Fraction(2)

# line: half of it, twice of it
LINES = {
    # numbers as they are written
    "2 cups flour": ("1 cup flour", "4 cups flour"),
    "1 1/2 cups sugar": ("¾ cup sugar", "3 cups sugar"),
    "1-1/2 cups sugar": ("¾ cup sugar", "3 cups sugar"),
    "1½ cups sugar": ("¾ cup sugar", "3 cups sugar"),
    "1 ½ cups sugar": ("¾ cup sugar", "3 cups sugar"),
    "1⁄2 tsp salt": ("¼ tsp salt", "1 tsp salt"),
    "½ tsp salt": ("¼ tsp salt", "1 tsp salt"),
    "0.5 kg potatoes": ("0.25 kg potatoes", "1 kg potatoes"),
    "0,5 l Milch": ("0,25 l Milch", "1 l Milch"),
    "1,000 g flour": ("500 g flour", "2000 g flour"),
    "1/2 kg potatoes": ("¼ kg potatoes", "1 kg potatoes"),
    "大さじ2 しょうゆ": ("大さじ1 しょうゆ", "大さじ4 しょうゆ"),
    # ranges
    "2-3 onions": ("1–1½ onions", "4–6 onions"),
    "2 – 3 onions": ("1–1½ onions", "4–6 onions"),
    "2 to 3 onions": ("1 to 1½ onions", "4 to 6 onions"),
    "¼–½ tsp chilli": ("⅛–¼ tsp chilli", "½–1 tsp chilli"),
    "2–2½ cups stock, hot (90 °C)": ("1–1¼ cups stock, hot (90 °C)", "4–5 cups stock, hot (90 °C)"),
    # words
    "an egg": ("½ egg", "2 eggs"),
    "a pinch of salt": ("½ pinch of salt", "2 pinches of salt"),
    "Two lemons": ("1 lemon", "4 lemons"),
    "Juice of half a lemon": ("Juice of ¼ lemon", "Juice of 1 lemon"),
    "a little oil": ("a little oil", "a little oil"),
    "one and a half cups of milk": ("¾ cup of milk", "3 cups of milk"),
    # packages: how many, never how large
    "1 (400 g) tin tomatoes": ("½ (400 g) tin tomatoes", "2 (400 g) tins tomatoes"),
    "2 x 400 g tins tomatoes": ("1 x 400 g tin tomatoes", "4 x 400 g tins tomatoes"),
    "400g tin chickpeas": ("½ × 400g tin chickpeas", "2 × 400g tins chickpeas"),
    "1 14-oz can black beans": ("½ 14-oz can black beans", "2 14-oz cans black beans"),
    "2 (14-ounce) cans beans": ("1 (14-ounce) can beans", "4 (14-ounce) cans beans"),
    "1 tin (400 g) tomatoes": ("½ tin (400 g) tomatoes", "2 tins (400 g) tomatoes"),
    "4 chicken breasts (150 g each)": (
        "2 chicken breasts (150 g each)",
        "8 chicken breasts (150 g each)",
    ),
    # the same said again, and more of it
    "1 cup (240 ml) milk, plus 1 tbsp": (
        "½ cup (120 ml) milk, plus ½ tbsp",
        "2 cups (480 ml) milk, plus 2 tbsp",
    ),
    "200g/7oz sugar": ("100g/3½oz sugar", "400g/14oz sugar"),
    "1 kg / 2 lb 4 oz beef": ("0.5 kg / 1 lb 2 oz beef", "2 kg / 4 lb 8 oz beef"),
    "2 onions (about 300 g), chopped": (
        "1 onion (about 150 g), chopped",
        "4 onions (about 600 g), chopped",
    ),
    "2 eggs plus 2 yolks": ("1 egg plus 1 yolk", "4 eggs plus 4 yolks"),
    "1 tablespoon + 1 teaspoon vanilla": (
        "½ tablespoon + ½ teaspoon vanilla",
        "2 tablespoons + 2 teaspoons vanilla",
    ),
    # the name first
    "butter, 200 g": ("butter, 100 g", "butter, 400 g"),
    "Mehl 500 g": ("Mehl 250 g", "Mehl 1000 g"),
    # no amount at all
    "2 onions, cut into 8 wedges": ("1 onion, cut into 8 wedges", "4 onions, cut into 8 wedges"),
    "2 large tomatoes in 1 cm cubes": (
        "1 large tomato in 1 cm cubes",
        "4 large tomatoes in 1 cm cubes",
    ),
    "2 onions cut into 2 or 3 pieces": (
        "1 onion cut into 2 or 3 pieces",
        "4 onions cut into 2 or 3 pieces",
    ),
    "200 g butter at 40°C": ("100 g butter at 40°C", "400 g butter at 40°C"),
    "250 g water, at 180C or 350 °F": (
        "125 g water, at 180C or 350 °F",
        "500 g water, at 180C or 350 °F",
    ),
    "250 g chocolate (70% cocoa)": ("125 g chocolate (70% cocoa)", "500 g chocolate (70% cocoa)"),
    "500 g tipo 00 flour": ("250 g tipo 00 flour", "1000 g tipo 00 flour"),
    "200 g type 55 flour": ("100 g type 55 flour", "400 g type 55 flour"),
    "2 cups 2% milk": ("1 cup 2% milk", "4 cups 2% milk"),
    "24-month parmesan, 50 g": ("24-month parmesan, 25 g", "24-month parmesan, 100 g"),
    "2 cloves garlic, roasted for 10 minutes": (
        "1 clove garlic, roasted for 10 minutes",
        "4 cloves garlic, roasted for 10 minutes",
    ),
    "5cm piece of ginger": ("2.5cm piece of ginger", "10cm piece of ginger"),
    "salt and pepper": ("salt and pepper", "salt and pepper"),
    "For the sauce:": ("For the sauce:", "For the sauce:"),
    "7up": ("7up", "7up"),
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_for_half_and_for_twice_as_many(line: str) -> None:
    assert (scale_line(line, HALF), scale_line(line, TWICE)) == LINES[line]


@pytest.mark.parametrize("line", LINES)
def test_for_as_many_as_the_source_says_it_stays_but_for_nice_fractions(line: str) -> None:
    same = scale_line(line, Fraction(1))
    assert same == line or "/" in line or "⁄" in line


@pytest.mark.parametrize(
    ("line", "factor", "written"),
    [
        ("1 cup rice", Fraction(1, 3), "⅓ cup rice"),
        ("1 cup rice", Fraction(5, 4), "1¼ cups rice"),
        ("400 g rice", Fraction(1, 3), "135 g rice"),
        ("3 eggs", Fraction(5, 4), "3¾ eggs"),
        ("13 prawns", Fraction(5, 4), "16½ prawns"),  # 16.25: nobody counts quarters of so many
        ("1 tsp salt", Fraction(1, 10), "⅛ tsp salt"),
        ("1 tsp salt", Fraction(1, 40), "0.03 tsp salt"),
        ("100 g rice", Fraction(23, 2), "1150 g rice"),
    ],
)
def test_amounts_are_written_as_a_kitchen_can_measure_them(
    line: str, factor: Fraction, written: str
) -> None:
    assert scale_line(line, factor) == written


@given(
    st.text(alphabet='0123456789½¼/⁄.,-– ()x×%°CgmlTa tinscupeach"', max_size=60),
    st.integers(1, 50),
)
def test_whatever_a_page_calls_an_ingredient_scaling_never_fails(text: str, servings: int) -> None:
    for factor in (Fraction(servings, 4), Fraction(1)):
        scale_line(text, factor)
        gather([Wanted(1, text, factor), Wanted(2, text)])
