"""Prices in conversations: the shared pin shows what is true, one quiet line a day tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from messaging import freshness, missed
from messaging.amending import take_back
from messaging.changes import unread_counts
from messaging.joining import remove_person
from messaging.models import Conversation, Message, PriceLine
from pinboard.people.models import Person
from pinboard.people.relations import block
from pinboard.pins.freshness.models import SourceChange
from pinboard.pins.models import Pin
from pinboard.pins.saving import delete_pin
from tests.makers import bring_in, make_conversation, say
from tests.pins.shops import Clock, Shop, open_shop, page_of, pin_from, read_now
from tests.together import meanwhile


@pytest.fixture
def shop(settings: Any) -> Iterator[Shop]:
    with open_shop(settings) as opened:
        yield opened


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def talk(alice: Person, bob: Person) -> Conversation:
    return make_conversation(alice, bob, is_group=True)


@pytest.fixture
def lamp(shop: Shop, clock: Clock, alice: Person, talk: Conversation) -> Pin:
    pin = pin_from(shop, alice)
    say(talk, alice, pins=(pin,))
    return pin


def lines(talk: Conversation) -> list[str]:
    said = Message.objects.filter(conversation=talk, kind=Message.Kind.LINE)
    texts = said.order_by("number").values_list("text", flat=True)
    return [text for text in texts if "started this" not in text]


def page(talk: Conversation, person: Person) -> str:
    client = Client()
    client.force_login(person)
    return client.get(f"/messages/{talk.pk}/").content.decode()


def changes(talk: Conversation, person: Person, after: int) -> Any:
    client = Client()
    client.force_login(person)
    return client.get(f"/messages/{talk.pk}/changes/?after={after}").json()


def drop(shop: Shop, clock: Clock, price: str = "129.00") -> None:
    shop.price = price
    read_now(clock)


def test_a_shared_pin_shows_the_new_price_to_every_open_window(
    transactional_db: None, shop: Shop, clock: Clock, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob, is_group=True)
    pin = pin_from(shop, alice)
    say(talk, alice, pins=(pin,))
    talk.refresh_from_db()
    before = talk.counter
    drop(shop, clock)
    changed = changes(talk, bob, before)
    assert "€129.00" in str(changed)
    assert "down from €149.00" in str(changed)


def test_one_line_tells_what_is_cheaper_without_any_noise(
    shop: Shop,
    clock: Clock,
    talk: Conversation,
    lamp: Pin,
    bob: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    woken: list[Any] = []
    monkeypatch.setattr(missed, "push_about", woken.append)
    monkeypatch.setattr(missed, "anybody_listens", lambda: True)
    drop(shop, clock)
    unread, active = unread_counts(bob), Conversation.objects.get(pk=talk.pk).active
    freshness.tell_prices()
    freshness.tell_prices()
    assert lines(talk) == ["Cheaper now · Oak lamp: €129.00 instead of €149.00"]
    assert unread_counts(bob) == unread
    assert Conversation.objects.get(pk=talk.pk).active == active
    assert woken == []
    assert "Cheaper now · Oak lamp" in page(talk, bob)


def test_several_changes_are_one_line_and_another_waits_for_the_next_day(
    shop: Shop, clock: Clock, talk: Conversation, alice: Person, bob: Person
) -> None:
    pins = [pin_from(shop, alice, f"/{number}") for number in range(3)]
    say(talk, alice, pins=tuple(pins))
    drop(shop, clock)
    freshness.tell_prices()
    assert lines(talk) == ["3 pins are cheaper here"]
    SourceChange.objects.create(source=page_of(pins[0]), kind="back", at=timezone.now())
    clock.pass_by(hours=2)
    freshness.tell_prices()
    assert len(lines(talk)) == 1
    clock.pass_by(hours=20)
    freshness.tell_prices()
    assert lines(talk)[1:] == ["Back in stock · Oak lamp"]


def test_nothing_is_back_in_stock_where_the_page_is_gone_by_then(
    shop: Shop, clock: Clock, talk: Conversation, lamp: Pin
) -> None:
    for stock in ("OutOfStock", "InStock"):
        shop.stock = stock
        read_now(clock)
    shop.status = "404 Not Found"
    read_now(clock)
    freshness.tell_prices()
    assert lines(talk) == []


def test_two_kinds_of_news_are_one_line(
    shop: Shop, clock: Clock, talk: Conversation, alice: Person
) -> None:
    one, two = pin_from(shop, alice, "/1"), pin_from(shop, alice, "/2")
    say(talk, alice, pins=(one, two))
    clock.pass_by(minutes=1)
    SourceChange.objects.create(
        source=page_of(one), kind="cheaper", was="9", price="5", currency="EUR", at=timezone.now()
    )
    SourceChange.objects.create(source=page_of(two), kind="back", at=timezone.now())
    freshness.tell_prices()
    assert lines(talk) == ["1 pin is cheaper and 1 pin is back in stock here"]


def test_what_changed_before_it_was_shared_is_no_news_there(
    shop: Shop, clock: Clock, talk: Conversation, alice: Person
) -> None:
    pin = pin_from(shop, alice)
    drop(shop, clock)
    message = say(talk, alice, pins=(pin,))
    Message.objects.filter(pk=message.pk).update(created=timezone.now())
    freshness.tell_prices()
    assert lines(talk) == []


def test_whoever_was_removed_hears_nothing(
    shop: Shop,
    clock: Clock,
    talk: Conversation,
    lamp: Pin,
    alice: Person,
    bob: Person,
    charlie: Person,
) -> None:
    bring_in(talk, charlie)
    remove_person(actor=alice, conversation_id=talk.pk, person=charlie)
    drop(shop, clock)
    freshness.tell_prices()
    client = Client()
    client.force_login(charlie)
    assert client.get(f"/messages/{talk.pk}/changes/?after=0").status_code == 404
    assert "Cheaper now" in page(talk, bob)


def test_the_line_stands_though_whoever_shared_it_left(
    shop: Shop,
    clock: Clock,
    talk: Conversation,
    lamp: Pin,
    alice: Person,
    bob: Person,
    charlie: Person,
) -> None:
    bring_in(talk, charlie)
    remove_person(actor=bob, conversation_id=talk.pk, person=alice)
    drop(shop, clock)
    freshness.tell_prices()
    (line,) = [text for text in lines(talk) if "Cheaper" in text]
    assert "a pin: €129.00" in line, "somebody came who never saw it shared"
    last = Message.objects.filter(conversation=talk).latest("number")
    assert last.sender_id != alice.pk


def test_a_talk_that_a_block_closed_stays_silent(
    shop: Shop, clock: Clock, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    say(talk, alice, pins=(pin_from(shop, alice),))
    block(actor=bob, person=alice)
    drop(shop, clock)
    freshness.tell_prices()
    assert lines(talk) == []


def test_a_request_stays_as_it_was(shop: Shop, clock: Clock, alice: Person, bob: Person) -> None:
    talk = make_conversation(alice, bob)
    say(talk, alice, pins=(pin_from(shop, alice),))
    talk.members.filter(person=bob).update(accepted=False)
    drop(shop, clock)
    freshness.tell_prices()
    assert lines(talk) == []


def test_a_pin_that_goes_takes_its_name_from_the_line(
    shop: Shop, clock: Clock, talk: Conversation, lamp: Pin
) -> None:
    drop(shop, clock)
    freshness.tell_prices()
    delete_pin(pin=lamp)
    assert lines(talk) == ["Cheaper now · a pin"]


def test_a_message_that_is_taken_back_takes_the_name_from_the_line(
    shop: Shop, clock: Clock, talk: Conversation, lamp: Pin, alice: Person
) -> None:
    drop(shop, clock)
    freshness.tell_prices()
    message = Message.objects.get(conversation=talk, pins__pin=lamp)
    take_back(actor=alice, conversation_id=talk.pk, message_id=message.pk)
    assert lines(talk) == ["Cheaper now · a pin"]


def test_two_workers_write_one_line(
    transactional_db: None, shop: Shop, clock: Clock, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob, is_group=True)
    say(talk, alice, pins=(pin_from(shop, alice),))
    drop(shop, clock)
    with meanwhile(freshness.tell_prices):
        freshness.tell_prices()
    assert len(lines(talk)) == 1
    assert PriceLine.objects.get().written is not None


def test_old_changes_are_no_news(shop: Shop, clock: Clock, talk: Conversation, lamp: Pin) -> None:
    drop(shop, clock)
    SourceChange.objects.update(at=timezone.now() - timedelta(days=3))
    freshness.tell_prices()
    assert lines(talk) == []
