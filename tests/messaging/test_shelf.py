"""The shelf: every pin once, filtered by links, folded by a decision."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from messaging.deciding import decide, give_verdict, reopen
from messaging.joining import remove_person
from messaging.models import Conversation
from pinboard.people.models import Person
from pinboard.pins.models import Board, Pin, Save
from pinboard.pins.saving import delete_pin
from tests.makers import (
    bring_in,
    make_board,
    make_conversation,
    make_guest,
    make_pin,
    make_source,
    say,
)

JSON = {"Accept": "application/json"}


@pytest.fixture
def talk(alice: Person, bob: Person) -> Conversation:
    return make_conversation(alice, bob, is_group=True)


def product(owner: Person, price: str, currency: str = "EUR") -> Pin:
    reading = {"product": {"price": price, "currency": currency}}
    return make_pin(owner, source=make_source(kind="product", reading=reading))


def shelf(client: Client, talk: Conversation, query: str = "") -> list[int]:
    """The pins that stand there, in their order."""
    answer = client.get(f"/messages/{talk.pk}/shelf/{query}")
    assert answer.status_code == 200
    return [int(pk) for pk in re.findall(r'<li class="shelf-pin[^>]*id="pin-(\d+)"', text(answer))]


def text(answer: Any) -> str:
    body: str = answer.content.decode()
    return body


def test_every_pin_stands_there_once_the_newest_share_first(
    client: Client, talk: Conversation, alice: Person, bob: Person
) -> None:
    lamp, pasta = make_pin(alice, "Lamp"), make_pin(alice, "Pasta")
    say(talk, alice, pins=(lamp, pasta))
    assert shelf_of(client, alice, talk) == [pasta.pk, lamp.pk]
    say(talk, bob, pins=(lamp,))
    give_verdict(actor=bob, conversation_id=talk.pk, pin_id=lamp.pk, value="yes")
    assert shelf_of(client, alice, talk) == [lamp.pk, pasta.pk]
    page = text(client.get(f"/messages/{talk.pk}/shelf/"))
    assert "Still to answer: Alice" in page
    assert "From Bob" in page
    assert page.count('id="pin-') == 2


def shelf_of(client: Client, person: Person, talk: Conversation, query: str = "") -> list[int]:
    client.force_login(person)
    return shelf(client, talk, query)


def test_filters_are_plain_links_and_narrow_together(
    client: Client, talk: Conversation, alice: Person, bob: Person
) -> None:
    lamp, vase = product(alice, "24.00"), product(bob, "120.50")
    soup = make_pin(bob, "Soup", source=make_source(kind="recipe"))
    plain = make_pin(alice, "Plain")
    say(talk, alice, pins=(lamp, plain))
    say(talk, bob, pins=(vase, soup, lamp))
    give_verdict(actor=alice, conversation_id=talk.pk, pin_id=soup.pk, value="yes")
    give_verdict(actor=bob, conversation_id=talk.pk, pin_id=vase.pk, value="no")
    decide(actor=alice, conversation_id=talk.pk, pin_id=soup.pk)
    client.force_login(alice)
    cases: dict[str, set[Pin]] = {
        "": {lamp, vase, soup, plain},
        f"sender={alice.pk}": {lamp, plain},
        f"sender={bob.pk}": {lamp, vase, soup},
        "verdict=yes": {soup},
        "verdict=no": {vase},
        "verdict=maybe": set(),
        "verdict=unanswered": {lamp, vase, plain},
        "state=decided": {soup},
        "state=undecided": {lamp, vase, plain},
        "kind=product": {lamp, vase},
        "kind=recipe": {soup},
        "kind=plain": {plain},
        "price=EUR-0-25": {lamp},
        "price=EUR-100-250": {vase},
        "price=EUR-25-100": set(),
        "price=USD-0-": set(),
        f"kind=product&sender={alice.pk}&state=undecided": {lamp},
    }
    for query, expected in cases.items():
        assert set(shelf(client, talk, f"?{query}")) == {pin.pk for pin in expected}, query
    page = text(client.get(f"/messages/{talk.pk}/shelf/?kind=product"))
    assert f'href="/messages/{talk.pk}/shelf/?sender={bob.pk}&amp;kind=product"' in page
    assert "€100 – €250" in page
    assert "Under €25" in page
    assert "€25 – €50" not in page  # between the two, and empty


def test_a_filter_is_not_shown_as_what_one_searched_for(
    client: Client, talk: Conversation, alice: Person
) -> None:
    say(talk, alice, pins=(make_pin(alice),))
    client.force_login(alice)
    page = client.get(f"/messages/{talk.pk}/shelf/?state=undecided").content.decode()
    assert 'name="q" value=""' in page  # in the bar on top


@pytest.mark.parametrize(
    "query",
    ["verdict=perhaps", "state=x", "kind=boat", "price=5-10", "sender=me", f"sender={10**30}"],
)
def test_a_filter_we_did_not_make_is_refused(
    client: Client, talk: Conversation, alice: Person, query: str
) -> None:
    client.force_login(alice)
    assert client.get(f"/messages/{talk.pk}/shelf/?{query}").status_code == 400
    board = make_board(alice)
    say(talk, alice, pins=(make_pin(alice, "Lamp", is_public=False),))
    url = f"/messages/{talk.pk}/shelf/save/?{query}"
    assert client.post(url, {"board": board.pk}, headers=JSON).status_code == 422
    assert not Save.objects.filter(board=board).exists()


def test_a_price_that_is_no_number_harms_nothing(
    client: Client, talk: Conversation, alice: Person
) -> None:
    odd = [product(alice, price) for price in ("", "on request", "1e400", "9" * 40, "12.50")]
    say(talk, alice, pins=tuple(odd))
    client.force_login(alice)
    assert shelf(client, talk, "?price=EUR-0-25") == [odd[-1].pk]


def test_pages_go_on_by_key_and_cost_the_same_whatever_the_size(
    client: Client, talk: Conversation, alice: Person, bob: Person
) -> None:
    pins = [make_pin(alice, f"Pin {number}", source=make_source()) for number in range(75)]
    say(talk, alice, pins=tuple(pins[:2]))
    client.force_login(bob)
    costs, seen = [], []
    for stretch in (pins[2:20], pins[20:40], pins[40:58], pins[58:]):
        say(talk, alice, pins=tuple(stretch))
        for pin in stretch[:5]:
            give_verdict(actor=alice, conversation_id=talk.pk, pin_id=pin.pk, value="yes")
        with CaptureQueriesContext(connection) as queries:
            seen = shelf(client, talk)
        costs.append(len(queries))
    assert len(set(costs)) == 1
    assert costs[0] <= 14
    url = f"/messages/{talk.pk}/shelf/"
    while match := re.search(r'rel="next" href="[^"]*shelf/(\?[^"]+)"', text(client.get(url))):
        say(talk, alice, pins=(make_pin(alice, "Meanwhile"),))
        seen += shelf(client, talk, match[1])
        url = f"/messages/{talk.pk}/shelf/{match[1]}"
    assert seen == [pin.pk for pin in reversed(pins)]


def test_nothing_from_before_one_joined_stands_there_nor_after_one_left(
    client: Client, talk: Conversation, alice: Person, bob: Person, charlie: Person
) -> None:
    early, late = make_pin(alice, "canary", is_public=False), make_pin(alice, "Late")
    say(talk, alice, pins=(early,))
    bring_in(talk, charlie)
    say(talk, alice, pins=(late,))
    client.force_login(charlie)
    assert shelf(client, talk) == [late.pk]
    page = client.get(f"/messages/{talk.pk}/compare/?pin={early.pk}&pin={late.pk}")
    assert "canary" not in text(page)
    client.post(f"/messages/{talk.pk}/shelf/save/", {"new_board": "All"}, headers=JSON)
    assert list(Save.objects.filter(saver=charlie).values_list("pin", flat=True)) == [late.pk]
    remove_person(actor=alice, conversation_id=talk.pk, person=charlie)
    for path in ("shelf/", f"compare/?pin={late.pk}"):
        assert client.get(f"/messages/{talk.pk}/{path}").status_code == 404
    for path in ("shelf/save/", "shelf/undo/", "shelf/board/"):
        assert client.post(f"/messages/{talk.pk}/{path}", {"new_board": "x"}).status_code == 404


def test_a_decision_folds_what_was_shared_before_it_until_it_is_reopened(
    client: Client, talk: Conversation, alice: Person, bob: Person
) -> None:
    lamp, vase, later = (make_pin(alice, title) for title in ("Lamp", "Vase", "Later"))
    say(talk, alice, pins=(lamp,))
    say(talk, bob, pins=(vase,))
    client.force_login(alice)
    folded = re.compile(r'<details class="message-pin pin-fold" data-shared="(\d+)"')

    def page() -> str:
        return text(client.get(f"/messages/{talk.pk}/"))

    assert not folded.findall(page())
    before = Conversation.objects.get(pk=talk.pk).counter
    client.post(f"/messages/{talk.pk}/decide/", {"pin": vase.pk, "reason": "It fits"})
    say(talk, bob, pins=(later,))
    assert folded.findall(page()) == [str(lamp.pk)]
    changes = client.get(f"/messages/{talk.pk}/changes/?after={before}").json()["messages"]
    assert any(folded.search(message["html"]) for message in changes)
    shown = text(client.get(f"/messages/{talk.pk}/shelf/"))
    assert "1 other, folded away" in shown
    assert shelf(client, talk) == [later.pk, vase.pk, lamp.pk]
    before = Conversation.objects.get(pk=talk.pk).counter
    reopen(actor=bob, conversation_id=talk.pk, pin_id=vase.pk)
    assert not folded.findall(page())
    changes = client.get(f"/messages/{talk.pk}/changes/?after={before}").json()["messages"]
    assert f'data-shared="{lamp.pk}"' in "".join(message["html"] for message in changes)


def test_a_decided_pin_that_is_deleted_unfolds_the_others(
    client: Client, talk: Conversation, alice: Person
) -> None:
    lamp, vase = make_pin(alice, "Lamp"), make_pin(alice, "Vase")
    for pin in (lamp, vase):
        say(talk, alice, pins=(pin,))
    decide(actor=alice, conversation_id=talk.pk, pin_id=vase.pk)
    before = Conversation.objects.get(pk=talk.pk).counter
    delete_pin(pin=vase)
    client.force_login(alice)
    changes = client.get(f"/messages/{talk.pk}/changes/?after={before}").json()["messages"]
    shown = "".join(message["html"] for message in changes)
    assert f'data-shared="{lamp.pk}"' in shown
    assert "pin-fold" not in shown


def test_a_guest_looks_and_judges_and_saves_nothing(
    client: Client, talk: Conversation, alice: Person
) -> None:
    guest = make_guest(talk, alice)
    lamp, vase = make_pin(alice, "Lamp"), make_pin(alice, "Vase")
    say(talk, alice, pins=(lamp, vase))
    client.force_login(guest)
    assert shelf(client, talk, "?verdict=unanswered") == [vase.pk, lamp.pk]
    page = text(client.get(f"/messages/{talk.pk}/shelf/"))
    assert "Save all" not in page
    assert "data-guest" in page
    assert (
        client.get(f"/messages/{talk.pk}/compare/?pin={lamp.pk}&pin={vase.pk}").status_code == 200
    )
    client.post(f"/messages/{talk.pk}/verdict/", {"pin": lamp.pk, "value": "yes"})
    assert shelf(client, talk, "?verdict=unanswered") == [vase.pk]
    for path in ("shelf/save/", "shelf/undo/", "shelf/board/", "decide/"):
        url = f"/messages/{talk.pk}/{path}"
        assert client.post(url, {"new_board": "x", "pin": lamp.pk}).status_code == 403
    assert not Board.objects.filter(owner=guest).exists()
    client.force_login(alice)
    made = client.post(f"/messages/{talk.pk}/shelf/board/", headers=JSON).json()["board"]
    assert not Board.objects.visible_to(guest).filter(pk=made["id"]).exists()


def test_an_empty_shelf_says_what_it_is_for(
    client: Client, talk: Conversation, alice: Person
) -> None:
    client.force_login(alice)
    assert "An empty shelf" in text(client.get(f"/messages/{talk.pk}/shelf/"))
    say(talk, alice, pins=(make_pin(alice, "Lamp"),))
    page = text(client.get(f"/messages/{talk.pk}/shelf/?verdict=no"))
    assert "Nothing here like that" in page
    assert f'href="/messages/{talk.pk}/shelf/"' in text(client.get(f"/messages/{talk.pk}/"))
