"""A recipe's page scales its ingredients to the servings that its address asks for."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from pinboard.people.models import Person
from pinboard.pins.models import Pin
from tests.makers import make_pin, make_source

RECIPE = {
    "recipe": {
        "ingredients": ["2-3 onions", "1 (400 g) tin tomatoes", "1/2 cup milk, at 40 °C"],
        "steps": ["Chop 2 onions."],
        "servings": 4,
        "total_minutes": 35,
        "prep_minutes": 15,
        "cook_minutes": 20,
        "diets": ["vegetarian"],
    }
}


@pytest.fixture
def soup(alice: Person) -> Pin:
    return make_pin(alice, "Soup", source=make_source(kind="recipe", reading=RECIPE))


def ingredients(page: str) -> list[str]:
    listed = re.search(r'<ul class="ingredients">(.*?)</ul>', page)
    return re.findall("<li>(.*?)</li>", unescape(listed[1])) if listed else []


def look(client: Client, pin: Pin, query: str = "") -> str:
    return client.get(f"/pins/{pin.pk}/{query}").content.decode()


def test_a_recipe_is_shown_for_as_many_as_the_address_says(client: Client, soup: Pin) -> None:
    own = look(client, soup)
    assert ingredients(own) == ["2-3 onions", "1 (400 g) tin tomatoes", "½ cup milk, at 40 °C"]
    twice = look(client, soup, "?servings=8")
    assert ingredients(twice) == ["4–6 onions", "2 (400 g) tins tomatoes", "1 cup milk, at 40 °C"]
    assert "Amounts for 8; the source says 4." in twice
    assert f'href="/pins/{soup.pk}/shopping/?servings=8"' in twice
    assert "Chop 2 onions." in twice


def test_fewer_and_more_are_links_and_any_number_is_a_form(client: Client, soup: Pin) -> None:
    page = look(client, soup)
    assert 'href="?servings=3"' in page
    assert 'href="?servings=5"' in page
    assert re.search(rf'<form action="/pins/{soup.pk}/" class="servings"', page)
    assert 'href="?servings=0"' not in look(client, soup, "?servings=1")
    assert 'data-servings="more"' not in look(client, soup, "?servings=500")


@pytest.mark.parametrize("asked", ["0", "-2", "501", "four", "4.5", "9" * 40, "\u0664x", ""])
def test_any_other_number_means_the_sources_own(client: Client, soup: Pin, asked: str) -> None:
    assert ingredients(look(client, soup, f"?servings={asked}"))[0] == "2-3 onions"


@pytest.mark.parametrize(
    ("recipe", "noun", "more"),
    [
        ({"servings": 24, "yields": "24 biscuits"}, "biscuits", 30),
        ({"servings": 4, "yields": "Serves 4"}, "servings", 5),
        ({"servings": 6, "yields": "6 people"}, "servings", 7),
        ({"servings": 12, "yields": "12 large muffins"}, "large muffins", 13),
        ({"yields": "a loaf"}, "batches", 2),
    ],
)
def test_what_there_are_so_many_of_is_the_sources_word(
    client: Client, alice: Person, recipe: dict[str, object], noun: str, more: int
) -> None:
    reading = {"recipe": {"ingredients": ["2 eggs"], **recipe}}
    pin = make_pin(alice, source=make_source(kind="recipe", reading=reading))
    page = look(client, pin)
    assert f"<span>{noun}</span>" in page
    assert f'href="?servings={more}"' in page


def test_a_recipe_without_ingredients_has_nothing_to_scale(client: Client, alice: Person) -> None:
    reading = {"recipe": {"servings": 4}}
    page = look(client, make_pin(alice, source=make_source(kind="recipe", reading=reading)))
    assert "recipe-servings" not in page
    assert "Serves" in page


def test_the_rest_of_a_recipe_stands_beside_it(client: Client, soup: Pin) -> None:
    page = look(client, soup)
    for words in ("35 min", "15 min to prepare, 20 min to cook", "Vegetarian", "1 step"):
        assert words in page
