"""The shopping list of one recipe: for whom it is, what is on it, what stays ticked."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from pinboard.people.models import Person
from pinboard.pins.models import Pin, ShoppingTick
from tests.makers import make_pin, make_source

RECIPE = {
    "recipe": {
        "ingredients": [
            "For the soup:",
            "2 onions, chopped",
            "500 ml stock",
            "1 onion, for the top",
        ],
        "servings": 4,
    }
}
LINE = re.compile(r'name="(tick|untick)" value="([0-9a-f]{24})".*?data-text="(.*?)"', re.DOTALL)


@pytest.fixture
def soup(alice: Person) -> Pin:
    source = make_source(kind="recipe", reading=RECIPE)
    return make_pin(alice, "Soup", source=source, is_public=False)


def lines(client: Client, pin: Pin, query: str = "") -> dict[str, tuple[str, str]]:
    """By text: what pressing it does, and its key."""
    page = client.get(f"/pins/{pin.pk}/shopping/{query}").content.decode()
    return {unescape(text): (name, key) for name, key, text in LINE.findall(page)}


def test_a_list_adds_up_and_follows_the_servings(client: Client, alice: Person, soup: Pin) -> None:
    client.force_login(alice)
    assert list(lines(client, soup)) == ["3 onions", "500 ml stock"]
    assert list(lines(client, soup, "?servings=8")) == ["6 onions", "1 l stock"]


def test_what_is_ticked_stays_ticked_for_the_one_who_did(
    client: Client, alice: Person, bob: Person, soup: Pin
) -> None:
    Pin.objects.filter(pk=soup.pk).update(is_public=True)
    client.force_login(alice)
    _, key = lines(client, soup)["3 onions"]
    address = f"/pins/{soup.pk}/shopping/tick/?servings=4"
    for _ in range(2):
        assert client.post(address, {"tick": key})["Location"].endswith("/shopping/?servings=4")
    assert lines(client, soup)["3 onions"] == ("untick", key)
    assert ShoppingTick.objects.count() == 1
    # Another amount is another thing to buy.
    assert lines(client, soup, "?servings=8")["6 onions"][0] == "tick"
    client.force_login(bob)
    assert lines(client, soup)["3 onions"][0] == "tick"
    client.force_login(alice)
    answer = client.post(address, {"untick": key}, headers={"Accept": "application/json"})
    assert answer.json() == {"ok": True, "ticked": False}
    assert lines(client, soup)["3 onions"][0] == "tick"


def test_only_lines_of_the_list_can_be_ticked(client: Client, alice: Person, soup: Pin) -> None:
    client.force_login(alice)
    for body in ({"tick": "0" * 24}, {"tick": ""}, {}, {"tick": "x" * 5000}):
        assert client.post(f"/pins/{soup.pk}/shopping/tick/", body).status_code == 404
    assert not ShoppingTick.objects.exists()


def test_a_stranger_finds_no_list_of_a_private_recipe(
    client: Client, charlie: Person, soup: Pin
) -> None:
    address = f"/pins/{soup.pk}/shopping/"
    assert client.get(address).status_code == 404
    client.force_login(charlie)
    assert client.get(address).status_code == 404
    assert client.post(f"{address}tick/", {"tick": "0" * 24}).status_code == 404


def test_a_visitor_reads_a_public_list_and_is_told_how_to_tick(client: Client, soup: Pin) -> None:
    Pin.objects.filter(pk=soup.pk).update(is_public=True)
    page = client.get(f"/pins/{soup.pk}/shopping/").content.decode()
    assert 'data-text="3 onions"' in page
    assert 'role="checkbox"' not in page
    assert "Sign in</a> to tick off" in page


def test_a_list_is_there_as_plain_text(client: Client, alice: Person, soup: Pin) -> None:
    client.force_login(alice)
    _, key = lines(client, soup)["500 ml stock"]
    client.post(f"/pins/{soup.pk}/shopping/tick/", {"tick": key})
    answer = client.get(f"/pins/{soup.pk}/shopping/?servings=4&as=text")
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.content.decode() == "Soup, for 4\n\n[ ] 3 onions\n[x] 500 ml stock\n"


def test_what_is_no_recipe_has_no_list(client: Client, alice: Person) -> None:
    client.force_login(alice)
    lamp = make_pin(alice, source=make_source(kind="product", reading={}))
    for pin in (lamp, make_pin(alice)):
        assert client.get(f"/pins/{pin.pk}/shopping/").status_code == 404
