"""Reading again because somebody asked, and what a pin's page says of a page that is gone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pinboard.people.models import Person
from pinboard.pins.freshness import schedule, visiting
from pinboard.pins.freshness.models import Upkeep
from pinboard.pins.models import Pin
from tests.makers import make_conversation, make_guest, make_pin, make_source, say
from tests.pins.shops import Clock, Shop, page_of, pin_from, read_now
from tests.pins.test_correcting import card_of, signed_in


@pytest.fixture
def lamp(transactional_db: None, shop: Shop, clock: Clock, alice: Person) -> Pin:
    pin = pin_from(shop, alice)
    clock.pass_by(minutes=5)
    return pin


def again(pin: Pin, person: Person) -> str:
    return signed_in(person).post(f"/pins/{pin.pk}/again/", follow=True).content.decode()


def test_whoever_sees_a_pin_may_have_its_page_read_again_and_hears_what_came_of_it(
    shop: Shop, clock: Clock, lamp: Pin, bob: Person
) -> None:
    assert "Nothing has changed on the page." in again(lamp, bob)
    shop.price = "129.00"
    clock.pass_by(minutes=5)
    assert "It costs €129.00 now; it was €149.00 before." in again(lamp, bob)
    assert "€129.00" in card_of(lamp)
    shop.stock = "OutOfStock"
    clock.pass_by(minutes=5)
    assert "It is sold out now." in again(lamp, bob)
    shop.stock = "InStock"
    clock.pass_by(minutes=5)
    assert "It is back in stock, for €129.00." in again(lamp, bob)
    shop.status = "404 Not Found"
    clock.pass_by(minutes=5)
    assert "There is no page at this address any more." in again(lamp, bob)


def test_a_person_may_look_where_programs_may_not(
    shop: Shop, clock: Clock, lamp: Pin, alice: Person
) -> None:
    shop.robots = "User-agent: *\nDisallow: /"
    read_now(clock)
    page = signed_in(alice).get(f"/pins/{lamp.pk}/").content.decode()
    assert "asks programs not to visit this page" in page
    shop.price = "129.00"
    assert "It costs €129.00 now" in again(lamp, alice)


def test_it_is_not_asked_for_too_often(
    shop: Shop, clock: Clock, lamp: Pin, alice: Person, bob: Person, settings: Any
) -> None:
    settings.RATE_LIMITS = True
    again(lamp, alice)
    visits = shop.visits()
    answer = signed_in(bob).post(f"/pins/{lamp.pk}/again/")
    assert answer.status_code == 429
    assert "was read just now" in answer.content.decode()
    clock.pass_by(minutes=2)
    again(lamp, alice)
    clock.pass_by(minutes=2)
    answer = signed_in(alice).post(f"/pins/{lamp.pk}/again/")
    assert answer.status_code == 429
    assert "You had this page read again a moment ago" in answer.content.decode()
    assert shop.visits() == visits + 1
    assert "Nothing has changed" in again(lamp, bob), "somebody else may still"


def test_a_site_that_asked_us_to_wait_is_not_asked_by_anybody(
    shop: Shop, clock: Clock, lamp: Pin, alice: Person
) -> None:
    shop.status, shop.headers = "503 Busy", ["Retry-After: 7200"]
    again(lamp, alice)
    clock.pass_by(hours=1)
    answer = signed_in(alice).post(f"/pins/{lamp.pk}/again/")
    assert answer.status_code == 429
    assert "asked us to come back in" in answer.content.decode()


def test_one_reading_at_a_time_whoever_asks(
    shop: Shop, clock: Clock, lamp: Pin, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr("pinboard.pins.jobs.visit_source.enqueue", lambda *args: asked.append(args))
    assert "Reading the page…" in again(lamp, alice)
    assert "Reading the page…" in again(lamp, alice)
    assert len(asked) == 1
    Upkeep.objects.update(handed_at=timezone.now())
    assert schedule.begin(page_of(lamp).pk) is None, "nor does the schedule begin another"
    assert "Reading…" in signed_in(alice).get(f"/pins/{lamp.pk}/").content.decode()
    clock.pass_by(minutes=3)
    page = signed_in(alice).get(f"/pins/{lamp.pk}/again/").content.decode()
    assert "The reading broke off" in page, "a killed worker keeps nobody waiting"
    visiting.visit_asked(*asked[0])
    assert "Nothing has changed" in signed_in(alice).get(f"/pins/{lamp.pk}/again/").content.decode()


def test_a_page_that_is_gone_says_so_where_it_leads_and_what_one_can_do(
    shop: Shop, clock: Clock, lamp: Pin, alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    say(talk, alice, pins=(lamp,))
    shop.status = "410 Gone"
    read_now(clock)
    page = signed_in(alice).get(f"/pins/{lamp.pk}/").content.decode()
    assert "This page seems to be gone since" in page
    assert "What was read from it stays here." in page
    for way in ("Visit anyway", "Read again", "Put another link"):
        assert way in page
    assert "page is gone" in card_of(lamp)
    assert "page is gone" in signed_in(bob).get(f"/messages/{talk.pk}/").content.decode()
    nobody = Client().get(f"/pins/{lamp.pk}/").content.decode()
    assert "This page seems to be gone" in nobody
    assert "Read again" not in nobody
    assert "Put another link" not in signed_in(bob).get(f"/pins/{lamp.pk}/").content.decode()


def test_a_page_that_fails_says_since_when(
    shop: Shop, clock: Clock, lamp: Pin, alice: Person
) -> None:
    shop.status = "500 Oops"
    read_now(clock)
    page = signed_in(alice).get(f"/pins/{lamp.pk}/").content.decode()
    assert "This page could not be read since" in page
    assert "page is gone" not in card_of(lamp)


def test_a_guest_and_a_pin_without_a_page_are_left_alone(
    client: Client, transactional_db: None, alice: Person, bob: Person
) -> None:
    pin = make_pin(alice)
    assert signed_in(alice).post(f"/pins/{pin.pk}/again/").status_code == 404
    assert signed_in(alice).get(f"/pins/{pin.pk}/correct/").status_code == 404
    talk = make_conversation(alice, bob, is_group=True)
    shared = make_pin(alice, source=make_source())
    say(talk, alice, pins=(shared,))
    guest = make_guest(talk, alice)
    assert signed_in(guest).post(f"/pins/{shared.pk}/again/").status_code == 403


def test_what_it_cost_so_far_stands_on_the_pins_page(
    shop: Shop, clock: Clock, lamp: Pin, bob: Person
) -> None:
    assert "What it cost so far" not in Client().get(f"/pins/{lamp.pk}/").content.decode()
    shop.price, shop.stock = "129.00", "OutOfStock"
    again(lamp, bob)
    page = Client().get(f"/pins/{lamp.pk}/").content.decode()
    history = page[page.index("What it cost so far") :]
    assert history.index("<b>€129.00</b> · Sold out") < history.index("<b>€149.00</b> · In stock")
