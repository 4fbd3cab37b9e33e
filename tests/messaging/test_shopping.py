"""The shopping list of a conversation: one for everybody there, and for nobody else."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from messaging.deciding import decide
from messaging.joining import remove_person
from messaging.models import Conversation, ShoppingHave, ShoppingRecipe
from pinboard.people.models import Person
from pinboard.people.relations import block
from pinboard.pins.models import Pin
from tests.makers import bring_in, make_conversation, make_guest, make_pin, make_source, say

JSON = {"Accept": "application/json"}
LINE = re.compile(
    r'name="(tick|untick)" value="([0-9a-f]{24})".*?data-text="(.*?)".*?'
    r"</span>(?:<small>(.*?)</small>)?</span>\s*</button>",
    re.DOTALL,
)


@pytest.fixture
def talk(alice: Person, bob: Person) -> Conversation:
    return make_conversation(alice, bob, is_group=True)


def recipe(owner: Person, title: str, *ingredients: str, servings: int = 4) -> Pin:
    reading = {"recipe": {"ingredients": ingredients, "servings": servings}}
    source = make_source(kind="recipe", reading=reading)
    return make_pin(owner, title, source=source, is_public=False)


@pytest.fixture
def soup(alice: Person, talk: Conversation) -> Pin:
    soup = recipe(alice, "Soup", "2 onions, chopped", "1 l stock")
    say(talk, alice, pins=(soup,))
    return soup


@pytest.fixture
def tart(alice: Person, talk: Conversation) -> Pin:
    tart = recipe(alice, "Tart", "3 onions", "200 g butter", servings=2)
    say(talk, alice, pins=(tart, make_pin(alice, "A lamp")))
    return tart


def lines(client: Client, talk: Conversation) -> dict[str, tuple[str, str, str]]:
    """By text: what pressing it does, its key, and the small print."""
    page = client.get(f"/messages/{talk.pk}/shopping/").content.decode()
    small = re.compile(r"<[^>]*>")
    return {
        unescape(text): (name, key, unescape(small.sub("", about)))
        for name, key, text, about in LINE.findall(page)
    }


def test_all_recipes_of_the_shelf_make_one_list_and_each_line_says_which(
    client: Client, talk: Conversation, soup: Pin, tart: Pin, bob: Person
) -> None:
    client.force_login(bob)
    said = {text: about for text, (_, _, about) in lines(client, talk).items()}
    assert said == {"5 onions": "Tart, Soup", "200 g butter": "Tart", "1 l stock": "Soup"}


def test_what_was_decided_on_is_shopped_for_before_what_was_not(
    client: Client, talk: Conversation, soup: Pin, tart: Pin, bob: Person
) -> None:
    decide(actor=bob, conversation_id=talk.pk, pin_id=soup.pk)
    client.force_login(bob)
    assert list(lines(client, talk)) == ["2 onions", "1 l stock"]


def test_recipes_and_servings_are_chosen_for_everybody(
    client: Client, talk: Conversation, soup: Pin, tart: Pin, alice: Person, bob: Person
) -> None:
    client.force_login(bob)
    choose = f"/messages/{talk.pk}/shopping/choose/"
    form = client.get(f"{choose}?pin={tart.pk}").content.decode()
    assert f'value="{tart.pk}" checked' in form
    assert f'value="{soup.pk}" checked' not in form
    answer = client.post(choose, {"pin": [tart.pk], f"servings-{tart.pk}": "6"})
    assert answer["Location"] == f"/messages/{talk.pk}/shopping/"
    client.force_login(alice)
    assert list(lines(client, talk)) == ["9 onions", "600 g butter"]
    client.post(choose, {})
    assert not ShoppingRecipe.objects.exists()
    assert "5 onions" in lines(client, talk)


@pytest.mark.parametrize("servings", ["", "0", "501", "many", "9" * 30])
def test_for_how_many_has_to_be_said(
    client: Client, talk: Conversation, soup: Pin, bob: Person, servings: str
) -> None:
    client.force_login(bob)
    body = {"pin": [soup.pk], f"servings-{soup.pk}": servings}
    answer = client.post(f"/messages/{talk.pk}/shopping/choose/", body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_servings")
    assert not ShoppingRecipe.objects.exists()


def test_who_ticks_something_off_has_it_for_everybody(
    client: Client, talk: Conversation, soup: Pin, alice: Person, bob: Person
) -> None:
    client.force_login(bob)
    _, key, _ = lines(client, talk)["2 onions"]
    tick = f"/messages/{talk.pk}/shopping/tick/"
    for _ in range(2):
        assert client.post(tick, {"tick": key}, headers=JSON).json() == {"ok": True, "ticked": True}
    client.force_login(alice)
    name, _, about = lines(client, talk)["2 onions"]
    assert (name, about) == ("untick", "Bob has it")
    assert "[x] 2 onions" in client.get(f"/messages/{talk.pk}/shopping/?as=text").content.decode()
    client.post(tick, {"untick": key})
    assert lines(client, talk)["2 onions"][0] == "tick"


def test_more_of_it_is_not_had_yet(
    client: Client, talk: Conversation, soup: Pin, bob: Person
) -> None:
    client.force_login(bob)
    _, key, _ = lines(client, talk)["2 onions"]
    client.post(f"/messages/{talk.pk}/shopping/tick/", {"tick": key})
    body = {"pin": [soup.pk], f"servings-{soup.pk}": "8"}
    client.post(f"/messages/{talk.pk}/shopping/choose/", body)
    assert lines(client, talk)["4 onions"][0] == "tick"


def test_everything_can_be_unticked(
    client: Client, talk: Conversation, soup: Pin, bob: Person
) -> None:
    client.force_login(bob)
    for _, key, _ in lines(client, talk).values():
        client.post(f"/messages/{talk.pk}/shopping/tick/", {"tick": key})
    assert ShoppingHave.objects.count() == 2
    client.post(f"/messages/{talk.pk}/shopping/start-over/")
    assert not ShoppingHave.objects.exists()


def test_everybody_present_hears_of_a_tick_and_nobody_else(
    talk: Conversation,
    soup: Pin,
    client: Client,
    alice: Person,
    bob: Person,
    charlie: Person,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: object,
) -> None:
    bring_in(talk, charlie)
    remove_person(actor=alice, conversation_id=talk.pk, person=charlie)
    client.force_login(bob)
    _, key, _ = lines(client, talk)["2 onions"]
    heard: list[tuple[str, list[int]]] = []
    monkeypatch.setattr(
        "messaging.telling.publish",
        lambda event, *, people: heard.append((event.type, sorted(people))),
    )
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a fixture
        client.post(f"/messages/{talk.pk}/shopping/tick/", {"tick": key})
    assert heard == [("shopping.changed", sorted([alice.pk, bob.pk]))]


def test_a_stranger_and_somebody_put_out_find_no_list_and_change_none(
    client: Client, talk: Conversation, soup: Pin, alice: Person, bob: Person, charlie: Person
) -> None:
    client.force_login(alice)
    _, key, _ = lines(client, talk)["2 onions"]
    remove_person(actor=alice, conversation_id=talk.pk, person=bob)
    here = f"/messages/{talk.pk}/shopping/"
    for person in (charlie, bob):
        client.force_login(person)
        assert client.get(here).status_code == client.get(f"{here}choose/").status_code == 404
        assert client.post(f"{here}tick/", {"tick": key}).status_code == 404
        assert client.post(f"{here}choose/", {"pin": soup.pk}).status_code == 404
        assert client.post(f"{here}start-over/").status_code == 404
    assert not ShoppingHave.objects.exists()


def test_who_joined_later_shops_for_what_they_see_and_takes_nothing_away(
    client: Client, talk: Conversation, soup: Pin, alice: Person, charlie: Person
) -> None:
    ShoppingRecipe.objects.create(conversation=talk, pin=soup, servings=8)
    bring_in(talk, charlie)
    pie = recipe(alice, "Pie", "4 apples")
    say(talk, alice, pins=(pie,))
    client.force_login(charlie)
    page = client.get(f"/messages/{talk.pk}/shopping/").content.decode()
    assert "Soup" not in page
    assert "onion" not in page
    choose = f"/messages/{talk.pk}/shopping/choose/"
    body = {"pin": [soup.pk], f"servings-{soup.pk}": "2"}
    assert client.post(choose, body).status_code == 404
    client.post(choose, {"pin": [pie.pk], f"servings-{pie.pk}": "4"})
    assert list(lines(client, talk)) == ["4 apples"]
    assert dict(ShoppingRecipe.objects.values_list("pin", "servings")) == {soup.pk: 8, pie.pk: 4}


def test_a_guest_shops_too(client: Client, talk: Conversation, soup: Pin, alice: Person) -> None:
    guest = make_guest(talk, alice, "Greta")
    pie = recipe(alice, "Pie", "4 apples")
    say(talk, alice, pins=(pie,))
    client.force_login(guest)
    _, key, _ = lines(client, talk)["4 apples"]
    assert client.post(f"/messages/{talk.pk}/shopping/tick/", {"tick": key}).status_code == 302
    assert lines(client, talk)["4 apples"][2].endswith("Greta has it")


def test_who_was_blocked_changes_nothing(client: Client, alice: Person, bob: Person) -> None:
    talk = make_conversation(alice, bob)
    soup = recipe(alice, "Soup", "2 onions")
    say(talk, alice, pins=(soup,))
    client.force_login(bob)
    _, key, _ = lines(client, talk)["2 onions"]
    block(actor=alice, person=bob)
    assert client.post(f"/messages/{talk.pk}/shopping/tick/", {"tick": key}).status_code == 403
    assert not ShoppingHave.objects.exists()


def test_without_recipes_the_page_says_what_to_do(
    client: Client, talk: Conversation, bob: Person
) -> None:
    client.force_login(bob)
    assert "No recipes here yet" in client.get(f"/messages/{talk.pk}/shopping/").content.decode()
    shelf = client.get(f"/messages/{talk.pk}/shelf/").content.decode()
    assert f"/messages/{talk.pk}/shopping/" not in shelf.replace("shopping/choose/", "")


def test_the_shelf_leads_there(client: Client, talk: Conversation, soup: Pin, bob: Person) -> None:
    client.force_login(bob)
    page = client.get(f"/messages/{talk.pk}/shelf/").content.decode()
    assert f'href="/messages/{talk.pk}/shopping/"' in page
    assert f'formaction="/messages/{talk.pk}/shopping/choose/"' in page


def test_a_long_list_asks_no_more_of_the_database(
    client: Client, talk: Conversation, soup: Pin, alice: Person, bob: Person
) -> None:
    client.force_login(bob)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(f"/messages/{talk.pk}/shopping/")
        return len(asked)

    before = queries()
    for number in range(6):
        say(talk, alice, pins=(recipe(alice, f"Recipe {number}", f"{number + 2} eggs", "salt"),))
    assert queries() == before
