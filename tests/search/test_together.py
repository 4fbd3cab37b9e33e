"""A search for a conversation: guides from what a group liked, without what it turned down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from messaging.deciding import give_verdict
from pinboard.pins.models import Pin
from pinboard.pins.saving import save_to_board
from search.keeping import catch_up
from tests.makers import make_board, make_conversation, make_pin, say
from tests.search.conftest import Page


@dataclass(frozen=True)
class Talk:
    pk: int
    lamps: list[Pin]
    chairs: list[Pin]


@pytest.fixture
def talk(alice, bob, charlie):
    """Alice and Bob share three lamps, which they like, and three chairs, which they do not."""
    lamps = [make_pin(alice, f"Brass lamp {n}") for n in range(3)]
    chairs = [make_pin(alice, f"Velvet chair {n}") for n in range(3)]
    board = make_board(bob, "Living room")
    for pin in (*lamps, *chairs):
        save_to_board(actor=bob, pin=pin, board=board)
    for number in range(4):
        make_pin(bob, f"Brass lamp and shade {number}", board=board)
        make_pin(charlie, f"Velvet chair {number}", board=make_board(charlie, f"C{number}"))
    found = make_conversation(alice, bob, is_group=True)
    say(found, alice, pins=(*lamps, *chairs))
    for person in (alice, bob):
        for pin in lamps:
            give_verdict(actor=person, conversation_id=found.pk, pin_id=pin.pk, value="yes")
        for pin in chairs:
            give_verdict(actor=person, conversation_id=found.pk, pin_id=pin.pk, value="no")
    return Talk(found.pk, lamps, chairs)


def ideas(client: Client, talk) -> tuple[str, Page]:
    catch_up()
    url = client.get(f"/messages/{talk.pk}/ideas/")["Location"]
    return url, Page(client.get(url).content.decode())


def test_it_begins_with_what_the_group_liked(client: Client, alice, talk):
    client.force_login(alice)
    url, page = ideas(client, talk)
    said = parse_qs(urlsplit(url).query)
    assert set(said["like"][0].split(".")) == {str(pin.pk) for pin in talk.lamps}
    assert set(said["without"][0].split(".")) == {str(pin.pk) for pin in talk.chairs}
    assert "brass lamp" in page.guides
    assert not any("chair" in text or "velvet" in text for text in page.guides)
    # What could come next: kept beside what was liked, neither shared nor turned down.
    assert page.pins
    assert set(page.pins).isdisjoint(pin.pk for pin in (*talk.lamps, *talk.chairs))


def test_a_guide_goes_on_for_the_same_conversation(client: Client, alice, talk):
    client.force_login(alice)
    _, page = ideas(client, talk)
    after = Page(client.get(page.guides["brass lamp"]).content.decode())
    assert {pin.pk for pin in talk.lamps} <= set(after.pins)
    for pin in talk.lamps:  # not offered to be shared once more
        assert f'href="/messages/{talk.pk}/?pin={pin.pk}"' not in after.html
    assert after.html.count("Shared here already") == len(talk.lamps)
    assert f'<input type="hidden" name="talk" value="{talk.pk}">' in after.html


def test_what_was_turned_down_is_left_out(client: Client, alice, talk):
    client.force_login(alice)
    url, _ = ideas(client, talk)
    page = Page(client.get(f"{url}&q=velvet").content.decode())
    assert len(page.pins) == 4
    assert set(page.pins).isdisjoint(pin.pk for pin in talk.chairs)
    assert "turned down" in page.html
    for pk in page.pins:
        assert f'href="/messages/{talk.pk}/?pin={pk}"' in page.html
    liked_only = re.sub(r"&without=[^&]+", "", url)
    assert "turned down" not in client.get(f"{liked_only}&q=velvet").content.decode()


def test_guides_of_what_was_liked_show_different_pictures(client: Client, alice, bob):
    titles = ("Basil pasta", "Lemon tart", "Lemon pasta")
    shared = [make_pin(alice, title) for title in titles]
    for title in titles:
        make_pin(bob, title)
    found = make_conversation(alice, bob)
    say(found, alice, pins=tuple(shared))
    client.force_login(alice)
    _, page = ideas(client, found)
    assert set(page.guides) == {"lemon", "pasta"}
    shown = re.findall(r'<a class="guide".*?<img src="([^"]+)"', page.html)
    assert len(set(shown)) == 2


def test_of_very_much_there_is_a_way_to_the_whole_search(client: Client, alice, talk):
    for number in range(40):
        make_pin(alice, f"Linen napkin {number}")
    client.force_login(alice)
    url, _ = ideas(client, talk)
    html = client.get(f"{url}&q=linen").content.decode()
    assert 'href="/search/?q=linen">More in the whole search' in html
    assert "whole search" not in client.get(f"{url}&q=velvet").content.decode()


def test_a_pin_is_put_into_the_composer(client: Client, alice, talk):
    client.force_login(alice)
    pk = talk.lamps[0].pk
    html = client.get(f"/messages/{talk.pk}/?pin={pk}").content.decode()
    assert re.search(rf'name="pin"[^>]*value="{pk}"', html)
    assert f'href="/messages/{talk.pk}/ideas/"' in html


@pytest.fixture
def dinner(alice, bob):
    """Alice and Bob share five pins, four of them pasta; beside them lie soups, pies and pasta."""
    board = make_board(bob, "Dinners")
    shared = [make_pin(alice, f"Pasta with {end}") for end in ("peas", "figs", "kale", "leeks")]
    shared.append(make_pin(alice, "Plum cake"))
    for pin in shared:
        save_to_board(actor=bob, pin=pin, board=board)
    for person, where in ((alice, make_board(alice, "Late")), (bob, board)):
        for number in range(3):
            for dish in ("soup", "pie", "pasta"):
                pin = make_pin(person, f"{dish} {number}", board=where)
                if person == alice:
                    save_to_board(actor=bob, pin=pin, board=board)
    found = make_conversation(alice, bob)
    say(found, alice, pins=tuple(shared))
    return Talk(found.pk, shared, [])


def test_a_shelf_that_looks_one_sided_is_told_what_could_come_next(client: Client, alice, dinner):
    client.force_login(alice)
    url, page = ideas(client, dinner)
    assert "Nearly everything you liked here is “pasta”." in page.html
    titles = set(Pin.objects.filter(pk__in=page.pins).values_list("title", flat=True))
    assert {"soup 0", "pie 0"} <= titles
    assert not any("asta" in title for title in titles)
    turns = page.html.partition('aria-label="What could come next"')[2].partition("</nav>")[0]
    assert ">soup</a>" in turns.replace("\n", "")
    assert ">pie</a>" in turns
    assert "pasta</a>" not in turns
    # The shelf itself says so, in a part of its own.
    told = client.get(f"/messages/{dinner.pk}/ideas/?next=1", follow=True).json()
    assert told["text"].startswith("Nearly everything you liked here is “pasta”.")
    assert told["url"] == url
    shelf = client.get(f"/messages/{dinner.pk}/shelf/").content.decode()
    assert f'data-next="/messages/{dinner.pk}/ideas/?next=1"' in shelf


def test_a_mixed_shelf_is_not_called_one_sided(client: Client, alice, talk):
    client.force_login(alice)
    _, page = ideas(client, talk)
    assert "verything you liked here" not in page.html
    assert client.get(f"/messages/{talk.pk}/ideas/?next=1", follow=True).json() == {}


def test_a_word_of_one_person_is_not_what_a_shelf_is_called(client: Client, alice, bob):
    pins = [make_pin(alice, f"Xylographyx {n}") for n in range(5)]
    found = make_conversation(alice, bob)
    say(found, alice, pins=tuple(pins))
    client.force_login(bob)
    _, page = ideas(client, Talk(found.pk, pins, []))
    assert "verything you liked here" not in page.html
    catch_up()
    assert client.get(f"/messages/{found.pk}/ideas/?next=1", follow=True).json() == {}


def test_the_pins_of_others_are_nothing_to_a_stranger(client: Client, alice, bob, charlie):
    secrets = [make_pin(alice, f"Xylographyx lamp {n}", is_public=False) for n in range(4)]
    found = make_conversation(alice, bob)
    say(found, alice, pins=tuple(secrets))
    catch_up()
    numbers = ".".join(str(pin.pk) for pin in secrets)
    for person in (None, charlie):
        if person:
            client.force_login(person)
        answer = client.get(f"/search/together/?like={numbers}").content.decode()
        assert "ylographyx" not in answer
        assert "Begin with a word" in answer
    client.force_login(charlie)
    assert client.get(f"/messages/{found.pk}/ideas/").status_code == 404
    client.force_login(bob)  # words of private pins make no guide, even for who may see them
    _, page = ideas(client, found)
    assert page.guides == {}


@pytest.mark.parametrize(
    "said",
    ["like=x.y.-1", "like=" + "9" * 40, "talk=%00&without=...", "like=" + "1." * 9000, "q=%FF"],
)
def test_bad_input_gives_a_helpful_page(client: Client, alice, said):
    assert client.get(f"/search/together/?{said}").status_code == 200


def test_it_costs_a_fixed_number_of_queries(
    client: Client, alice, talk, django_assert_max_num_queries
):
    client.force_login(alice)
    url, _ = ideas(client, talk)
    for address in (url, f"{url}&q=lamp"):
        client.get(address)
        with django_assert_max_num_queries(12):
            client.get(address)
