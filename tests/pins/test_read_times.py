"""Prices and stock carry the time they were read, and are gone everywhere after three days."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from messaging.asking import question
from messaging.deciding import decide
from messaging.models import Conversation, Message
from messaging.posting import post_message, words
from messaging.showing import message_html
from pinboard.people.models import Person
from pinboard.people.relations import follow
from pinboard.pins.cards import card_of, with_card_fields
from pinboard.pins.jobs import let_old_prices_go
from pinboard.pins.models import Pin, Source
from pinboard.pins.read_times import read_words
from search.keeping import catch_up
from search.models import PinFacts
from tests.makers import make_board, make_conversation, make_pin, make_source, say

PRICES = ("24.00", "36.00", "45.00")
STOCK = "Pre-order"
PRODUCT = {
    "product": {
        "price": "24.00",
        "highest_price": "36.00",
        "previous_price": "45.00",
        "currency": "EUR",
        "availability": "preorder",
        "brand": "Fable",
        "variants": ["Ochre", "Moss"],
    },
    "rating": {"value": 4.6, "count": 1204},
}
MoveClock = Callable[[timedelta], None]


@pytest.fixture
def move_clock(monkeypatch: pytest.MonkeyPatch) -> MoveClock:
    """From now on it is so much later."""
    real = timezone.now

    def move(by: timedelta) -> None:
        monkeypatch.setattr(timezone, "now", lambda: real() + by)

    return move


@pytest.fixture
def lamp(alice: Person) -> Pin:
    source = make_source(kind="product", reading=PRODUCT, site_name="Lights")
    return make_pin(alice, "Ochre lamp", board=make_board(alice, "Lights"), source=source)


@pytest.fixture
def talk(alice: Person, bob: Person, lamp: Pin) -> Conversation:
    talk = make_conversation(alice, bob)
    other = make_pin(alice, "Moss lamp", source=make_source(kind="product", reading=PRODUCT))
    say(talk, alice, "This one?", pins=(lamp, other))
    post_message(
        actor=alice,
        conversation_id=talk.pk,
        client_id=uuid.uuid4(),
        said=words(pins=[lamp.pk, other.pk], poll=question(text="Which lamp?", deadline="hour")),
    )
    decide(actor=alice, conversation_id=talk.pk, pin_id=lamp.pk)
    return talk


def surfaces(lamp: Pin, talk: Conversation) -> list[str]:
    """Every address at which a pin's price can be read."""
    other = Pin.objects.exclude(pk=lamp.pk).get()
    here = f"/messages/{talk.pk}/"
    return [
        "/",
        "/@alice/",
        "/@alice/lights/",
        f"/pins/{lamp.pk}/",
        f"/pins/{lamp.pk}/card/",
        "/search/?q=lamp",
        "/search/?q=ochre",
        here,
        f"{here}window/",
        f"{here}changes/?after=0",
        f"{here}shelf/",
        f"{here}compare/?pin={lamp.pk}&pin={other.pk}",
        f"{here}poll/",
    ]


def test_a_price_is_shown_with_its_age_on_every_surface_and_is_gone_after_three_days(
    client: Client, bob: Person, lamp: Pin, talk: Conversation, move_clock: MoveClock
) -> None:
    """Every page is asked twice before, so that whatever is remembered is remembered."""
    client.force_login(bob)
    catch_up()
    addresses = surfaces(lamp, talk)
    shown = dict.fromkeys(addresses, "")
    for address in [*addresses, *addresses]:
        shown[address] = client.get(address).content.decode()
    without = [a for a, html in shown.items() if "24.00" not in html or "read just now" not in html]
    # People choose among pictures there, and profiles show boards.
    assert without == ["/@alice/", f"/messages/{talk.pk}/poll/"]
    move_clock(timedelta(days=2, hours=23))
    for address in set(addresses) - set(without):
        assert "read 2 days ago" in client.get(address).content.decode(), address
    move_clock(timedelta(days=3, minutes=1))
    for address in addresses:
        html = client.get(address).content.decode()
        assert not [word for word in (*PRICES, STOCK, "read 3 days") if word in html], address
        assert address in without or "lamp" in html


def test_of_a_page_that_is_gone_nothing_is_said_to_be_in_stock(
    client: Client, bob: Person, lamp: Pin, talk: Conversation
) -> None:
    client.force_login(bob)
    catch_up()
    addresses = surfaces(lamp, talk)
    with_stock = [each for each in addresses if STOCK in client.get(each).content.decode()]
    assert f"/pins/{lamp.pk}/" in with_stock
    assert f"/messages/{talk.pk}/" in with_stock
    Source.objects.update(state="gone")
    for address in with_stock:
        html = client.get(address).content.decode()
        assert STOCK not in html, address
        assert "24.00" in html, "what it cost is still told, with its age"


def test_a_visitor_sees_it_go_too(client: Client, lamp: Pin, move_clock: MoveClock) -> None:
    pages = ["/", "/@alice/lights/", f"/pins/{lamp.pk}/"]
    assert all("€24.00" in client.get(page).content.decode() for page in pages)
    move_clock(timedelta(days=4))
    assert not any("€24.00" in client.get(page).content.decode() for page in pages)


def test_the_feed_of_friends_and_a_brands_page_let_it_go_too(
    client: Client, alice: Person, bob: Person, lamp: Pin, move_clock: MoveClock
) -> None:
    follow(actor=bob, person=alice)
    Person.objects.filter(pk=alice.pk).update(kind=Person.Kind.BRAND)
    client.force_login(bob)
    assert "€24.00" in client.get("/").content.decode()
    move_clock(timedelta(days=4))
    assert "€24.00" not in client.get("/").content.decode()
    assert "€24.00" not in client.get("/@alice/").content.decode()


def test_the_shelf_offers_no_bands_of_old_prices_and_finds_nothing_by_them(
    client: Client, bob: Person, lamp: Pin, talk: Conversation, move_clock: MoveClock
) -> None:
    client.force_login(bob)
    reading = {"product": {"price": "60", "currency": "EUR"}}
    dear = make_pin(bob, source=make_source(kind="product", reading=reading))
    say(talk, bob, pins=(dear,))
    shelf = f"/messages/{talk.pk}/shelf/"
    assert "price=EUR-0-25" in client.get(shelf).content.decode()
    assert "Ochre lamp" in client.get(f"{shelf}?price=EUR-0-25").content.decode()
    move_clock(timedelta(days=4))
    assert "price=EUR" not in client.get(shelf).content.decode()
    assert "Ochre lamp" not in client.get(f"{shelf}?price=EUR-0-25").content.decode()


def test_the_search_finds_nothing_by_an_old_price(
    client: Client, lamp: Pin, move_clock: MoveClock
) -> None:
    """Its index is told once the price is too old."""
    catch_up()
    found = "/search/?q=lamp&price=EUR-20-25"
    assert "Ochre lamp" in client.get(found).content.decode()
    move_clock(timedelta(days=3, minutes=30))
    let_old_prices_go()
    catch_up()
    assert not PinFacts.objects.get(pin_id=lamp.pk).currency
    # Rather near things without the fact than nothing at all; but not as what costs so much.
    assert "€24.00" not in client.get(found).content.decode()


def test_a_message_that_is_told_anew_carries_no_old_price(
    talk: Conversation, lamp: Pin, move_clock: MoveClock
) -> None:
    messages = list(Message.objects.filter(conversation=talk).order_by("number"))
    assert "€24.00" in "".join(message_html(messages))
    move_clock(timedelta(days=4))
    assert "€24.00" not in "".join(message_html(messages))


def test_what_does_not_pass_stays(client: Client, lamp: Pin, move_clock: MoveClock) -> None:
    move_clock(timedelta(days=4))
    page = client.get(f"/pins/{lamp.pk}/").content.decode()
    for word in ("Fable", "Ochre", "Moss", "4.6 of 5", "1,204"):
        assert word in page
    assert [fact.kind for fact in card_of(with_card_fields(Pin.objects.all()).get()).facts] == [
        "rating",
        "brand",
    ]


def test_of_a_price_nobody_knows_when_it_was_read_nothing_is_shown(
    client: Client, alice: Person
) -> None:
    pin = make_pin(alice, source=make_source(kind="product", reading=PRODUCT, read_at=None))
    for address in ("/", f"/pins/{pin.pk}/"):
        assert "€" not in client.get(address).content.decode()


def test_the_exact_time_stands_in_the_page_and_the_former_price_is_told_to_readers(
    client: Client, lamp: Pin
) -> None:
    assert lamp.source
    assert lamp.source.read_at
    when = lamp.source.read_at.isoformat(timespec="seconds")
    for address in ("/", f"/pins/{lamp.pk}/"):
        page = client.get(address).content.decode()
        assert f'<time datetime="{when}">read just now</time>' in page
        assert re.search(
            r'<s class="[^"]*is-was"><span class="visually-hidden">was </span>€45', page
        )
        assert "€24.00 – €36.00" in page


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (timedelta(seconds=-90), "read just now"),
        (timedelta(minutes=9, seconds=59), "read just now"),
        (timedelta(minutes=10), "read 10 minutes ago"),
        (timedelta(minutes=59), "read 50 minutes ago"),
        (timedelta(minutes=60), "read 1 hour ago"),
        (timedelta(hours=2), "read 2 hours ago"),
        (timedelta(hours=24), "read 1 day ago"),
        (timedelta(hours=71), "read 2 days ago"),
    ],
)
def test_an_age_in_words(age: timedelta, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now: datetime = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert read_words(now - age) == said
