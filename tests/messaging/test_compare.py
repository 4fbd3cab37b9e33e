"""Pins side by side: only the rows that some pin has, and where they differ."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from messaging.comparing import compare
from messaging.models import Conversation, Decision, Verdict
from pinboard.people.models import Person
from pinboard.pins.models import Pin
from tests.makers import make_conversation, make_pin, make_source, say


@pytest.fixture
def talk(alice: Person, bob: Person) -> Conversation:
    return make_conversation(alice, bob)


def recipe(owner: Person, minutes: int, *ingredients: str) -> Pin:
    reading = {"recipe": {"total_minutes": minutes, "servings": 4, "ingredients": ingredients}}
    return make_pin(owner, f"{minutes} minutes", source=make_source(kind="recipe", reading=reading))


def lamp(owner: Person, price: str) -> Pin:
    product = {"price": price, "currency": "EUR", "availability": "in_stock"}
    return make_pin(owner, source=make_source(kind="product", reading={"product": product}))


def test_rows_are_those_that_some_pin_has(alice: Person) -> None:
    rows = compare([recipe(alice, 20, "Lemon", "Salt"), recipe(alice, 35, "lemon", "Cream")])
    assert [row.label for row in rows] == ["Time", "Serves", "Source", "Ingredients"]
    time, serves, _, ingredients = rows
    assert ([cell.text for cell in time.cells], time.differs) == (["20 min", "35 min"], True)
    assert not serves.differs
    shared = [[item.is_shared for item in cell.items] for cell in ingredients.cells]
    assert (shared, ingredients.differs) == ([[True, False], [True, False]], True)


def test_a_pin_that_says_nothing_does_not_differ(alice: Person) -> None:
    rows = compare([lamp(alice, "20.00"), make_pin(alice, "Plain")])
    assert [(row.label, row.differs) for row in rows] == [
        ("Price", False),
        ("Stock", False),
        ("Source", False),
    ]
    assert [cell.text for cell in rows[0].cells] == ["€20.00", ""]


def test_the_page_shows_them_in_the_order_asked_with_verdicts_and_decision(
    client: Client, talk: Conversation, alice: Person, bob: Person
) -> None:
    one, other = lamp(alice, "20.00"), lamp(alice, "35.00")
    say(talk, alice, pins=(one, other))
    client.force_login(bob)
    url = f"/messages/{talk.pk}/compare/?pin={one.pk}&pin={other.pk}"
    page = client.get(url).content.decode()
    assert re.findall(r'id="pin-(\d+)"', page) == [str(one.pk), str(other.pk)]
    assert "is-different" in page
    back = {"next": url}
    judged = client.post(f"/messages/{talk.pk}/verdict/?pin={one.pk}", {"value": "yes", **back})
    assert judged["Location"] == url
    assert Verdict.objects.get().pin == one
    client.post(f"/messages/{talk.pk}/decide/?pin={other.pk}", {f"reason-{other.pk}": "Warm"})
    assert Decision.objects.get().reason == "Warm"


@pytest.mark.parametrize("count", [0, 1, 5])
def test_too_few_or_too_many_are_answered_with_a_sentence(
    client: Client, talk: Conversation, alice: Person, count: int
) -> None:
    pins = [lamp(alice, "20.00") for _ in range(5)]
    say(talk, alice, pins=tuple(pins))
    client.force_login(alice)
    query = "&".join(f"pin={pin.pk}" for pin in pins[:count])
    answer = client.get(f"/messages/{talk.pk}/compare/?{query}")
    assert answer.status_code == 200
    assert "two to four" in answer.content.decode()


def test_of_a_very_long_list_only_the_first_are_looked_up(
    client: Client, talk: Conversation, alice: Person
) -> None:
    client.force_login(alice)
    query = "&".join(f"pin={876543000 + number}" for number in range(900))
    with CaptureQueriesContext(connection) as ran:
        answer = client.get(f"/messages/{talk.pk}/compare/?{query}")
    assert "two to four" in answer.content.decode()
    asked = " ".join(one["sql"] for one in ran.captured_queries)
    assert set(re.findall(r"8765430\d\d", asked)) == {str(876543000 + n) for n in range(5)}


def test_pins_of_elsewhere_and_nonsense_are_not_there(
    client: Client, talk: Conversation, alice: Person, bob: Person
) -> None:
    here, elsewhere = lamp(alice, "20.00"), lamp(alice, "canary")
    say(talk, alice, pins=(here,))
    client.force_login(bob)
    for other in (str(elsewhere.pk), "0", "-1", "x", "9" * 40, str(here.pk)):
        page = client.get(f"/messages/{talk.pk}/compare/?pin={here.pk}&pin={other}")
        assert page.status_code == 200
        assert "Choose two to four" in page.content.decode()
