"""What got cheaper or is back, told to whoever keeps it: once, together, and only what they see."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pinboard.notifications.models import Notification, Wishes
from pinboard.people.models import Person
from pinboard.people.relations import block
from pinboard.pins.freshness import telling
from pinboard.pins.freshness.models import SourceChange
from pinboard.pins.models import Pin
from pinboard.pins.saving import favourite, save_to_board, unfavourite
from tests.makers import make_board, make_pin, make_source
from tests.pins.shops import Clock, Shop, page_of, pin_from, read_now
from tests.together import meanwhile


@pytest.fixture
def lamp(shop: Shop, clock: Clock, alice: Person) -> Pin:
    return pin_from(shop, alice)


def news_page(person: Person) -> str:
    client = Client()
    client.force_login(person)
    return client.get("/notifications/").content.decode()


def card_of(pin: Pin) -> str:
    return Client().get(f"/pins/{pin.pk}/card/").content.decode()


def test_a_drop_is_marked_on_the_card_and_told_to_whoever_keeps_it(
    shop: Shop, clock: Clock, lamp: Pin, alice: Person, bob: Person, charlie: Person
) -> None:
    favourite(actor=bob, pin=lamp)
    shop.price = "129.00"
    read_now(clock)
    assert "down from €149.00" in card_of(lamp)
    page = Client().get(f"/pins/{lamp.pk}/").content.decode()
    assert "Was €149.00 until" in page
    assert telling.tell_people() == 1
    assert telling.tell_people() == 0
    for person in (alice, bob):
        told = news_page(person)
        assert "Oak lamp is €129.00 instead of €149.00" in told
        assert f'href="/pins/{lamp.pk}/"' in told
        assert 'data-unread-notifications="1"' in told
    assert "Oak lamp" not in news_page(charlie)


def test_a_price_that_flutters_is_told_once(shop: Shop, clock: Clock, lamp: Pin) -> None:
    for price in ("129.00", "149.00", "129.00", "149.00", "129.00"):
        shop.price = price
        read_now(clock)
        telling.tell_people()
    assert SourceChange.objects.count() == 1
    assert Notification.objects.get().count == 1


def test_what_is_back_is_told_and_a_higher_price_takes_the_mark_away(
    shop: Shop, clock: Clock, lamp: Pin, alice: Person
) -> None:
    shop.stock = "OutOfStock"
    read_now(clock)
    assert "Sold out" in card_of(lamp)
    shop.stock = "InStock"
    read_now(clock)
    assert "Back in stock" in card_of(lamp)
    telling.tell_people()
    assert "Oak lamp is back in stock" in news_page(alice)
    shop.price = "120.00"
    read_now(clock)
    assert "down from €149.00" in card_of(lamp)
    shop.price = "150.00"
    read_now(clock)
    assert "down from" not in card_of(lamp)


@pytest.fixture
def back(shop: Shop, clock: Clock, lamp: Pin) -> Pin:
    """Sold out, and there again the next day."""
    for stock in ("OutOfStock", "InStock"):
        shop.stock = stock
        read_now(clock)
    return lamp


def go(shop: Shop, clock: Clock) -> None:
    shop.status = "404 Not Found"
    read_now(clock)


def test_nothing_is_told_to_be_back_where_the_page_is_gone_by_then(
    shop: Shop, clock: Clock, back: Pin
) -> None:
    go(shop, clock)
    assert telling.tell_people() == 1
    assert not Notification.objects.exists()


def test_a_line_of_what_is_back_goes_with_the_page(
    shop: Shop, clock: Clock, back: Pin, alice: Person
) -> None:
    telling.tell_people()
    assert "Oak lamp is back in stock" in news_page(alice)
    go(shop, clock)
    assert "Oak lamp" not in news_page(alice)


def test_marks_go_after_two_weeks_and_with_prices_that_got_too_old(
    shop: Shop, clock: Clock, lamp: Pin
) -> None:
    shop.price = "129.00"
    read_now(clock)
    shop.status = "500 Oops"
    read_now(clock, days=4)
    assert "€129" not in card_of(lamp)
    assert "down from" not in card_of(lamp)
    shop.status = "200 OK"
    read_now(clock, days=3)
    assert "€129.00" in card_of(lamp)
    for _ in range(15):
        read_now(clock)
    assert "down from" not in card_of(lamp)


def test_several_are_one_line_that_leads_to_all_of_them(
    shop: Shop, clock: Clock, alice: Person, bob: Person
) -> None:
    pins = [pin_from(shop, alice, f"/{number}") for number in range(3)]
    shop.price = "99.00"
    read_now(clock)
    assert telling.tell_people() == 3
    told = news_page(alice)
    assert "Oak lamp and 2 more that you keep are cheaper" in told
    assert Notification.objects.filter(person=alice).count() == 1
    day = SourceChange.objects.latest("pk").told_at
    assert day is not None
    address = f"/changes/{day.date()}/"
    assert f'href="{address}"' in told
    client = Client()
    client.force_login(alice)
    page = client.get(address).content.decode()
    for pin in pins:
        assert f'data-pin="{pin.pk}"' in page
    assert page.count("€99.00 instead of €149.00") == 3
    client.force_login(bob)
    assert "Oak lamp" not in client.get(address).content.decode()
    assert client.get("/changes/yesterday/").status_code == 404
    assert client.get("/changes/9999-12-31/").status_code in (200, 404)


def test_more_of_the_same_day_joins_the_line(shop: Shop, clock: Clock, alice: Person) -> None:
    one, two = pin_from(shop, alice, "/1"), pin_from(shop, alice, "/2")
    for pin in (one, two):
        page = page_of(pin)
        SourceChange.objects.create(source=page, kind="back")
        telling.tell_people()
    row = Notification.objects.get(person=alice)
    assert row.count == 2
    assert "Oak lamp and 1 more that you keep are back in stock" in news_page(alice)


def test_whoever_wants_no_prices_hears_of_none(
    client: Client, shop: Shop, clock: Clock, lamp: Pin, alice: Person
) -> None:
    client.force_login(alice)
    page = client.get("/notifications/wishes/").content.decode()
    assert "Tell me when something I keep gets cheaper or is back in stock" in page
    client.post("/notifications/wishes/", {"mails": "on", "quiet_from": "", "quiet_to": ""})
    assert not Wishes.objects.get(person=alice).prices
    shop.price = "99.00"
    read_now(clock)
    assert telling.tell_people() == 1
    assert not Notification.objects.exists()


def test_nothing_is_told_of_what_its_reader_keeps_or_sees_no_more(
    shop: Shop, clock: Clock, lamp: Pin, alice: Person, bob: Person, charlie: Person
) -> None:
    favourite(actor=bob, pin=lamp)
    save_to_board(actor=charlie, pin=lamp, board=make_board(charlie))
    shop.price = "99.00"
    read_now(clock)
    telling.tell_people()
    unfavourite(actor=bob, pin=lamp)
    block(actor=alice, person=charlie)
    assert "Oak lamp" not in news_page(bob)
    assert "Oak lamp" not in news_page(charlie)


def test_a_page_that_stands_secretly_is_not_told_by_its_public_pin(
    shop: Shop, clock: Clock, alice: Person, bob: Person
) -> None:
    secret = pin_from(shop, alice, is_public=False)
    Pin.objects.filter(pk=secret.pk).update(title="Canary")
    theirs = pin_from(shop, bob)
    shop.price = "99.00"
    read_now(clock)
    telling.tell_people()
    assert "Canary" not in news_page(bob)
    assert f"/pins/{theirs.pk}/" in news_page(bob)


def test_two_tellers_tell_once(
    transactional_db: None, shop: Shop, clock: Clock, alice: Person
) -> None:
    lamp = pin_from(shop, alice)
    SourceChange.objects.create(source=page_of(lamp), kind="back")
    with meanwhile(telling.tell_people):
        telling.tell_people()
    assert Notification.objects.get().count == 1


def test_telling_takes_as_many_queries_however_many_keep_it(alice: Person) -> None:
    source = make_source(kind="product")
    pin = make_pin(alice, source=source)

    def queries_with(keepers: int) -> int:
        for number in range(keepers):
            name = f"keeper{keepers}{number}"
            person = Person.objects.create_user(username=name, email=f"{name}@example.org")
            favourite(actor=person, pin=pin)
        SourceChange.objects.create(source=source, kind="back")
        with CaptureQueriesContext(connection) as queries:
            telling.tell_people()
        return len(queries)

    assert queries_with(2) == queries_with(20)


def test_lines_take_a_fixed_number_of_queries(
    shop: Shop, clock: Clock, client: Client, alice: Person
) -> None:
    client.force_login(alice)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/notifications/")
        return len(asked)

    for number in range(2):
        SourceChange.objects.create(
            source=page_of(pin_from(shop, alice, f"/{number}")), kind="back"
        )
    telling.tell_people()
    before = queries()
    for number in range(2, 8):
        SourceChange.objects.create(
            source=page_of(pin_from(shop, alice, f"/{number}")), kind="back"
        )
    telling.tell_people()
    assert queries() == before
