"""Sources are read again by themselves: when it is worth it, politely, and once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from pinboard.ingest.robots import Rules
from pinboard.people.models import Person
from pinboard.pins.freshness import keeping, schedule, visiting
from pinboard.pins.freshness.models import PricePoint, SourceChange, Upkeep
from pinboard.pins.freshness.models import Site as KnownSite
from pinboard.pins.jobs import let_old_prices_go, visit_due_source
from pinboard.pins.models import Pin, Source
from pinboard.pins.saving import unsave
from pinboard.sandbox import SandboxFailed
from search.keeping import catch_up
from search.models import PinFacts, Stale
from tests.makers import make_pin, make_source
from tests.pins.shops import Clock, Shop, page_of, pin_from, read_now, sweep
from tests.together import meanwhile


@pytest.fixture
def lamp(shop: Shop, clock: Clock, alice: Person) -> Pin:
    return pin_from(shop, alice)


def upkeep_of(pin: Pin) -> Upkeep:
    return Upkeep.objects.get(pk=page_of(pin).pk)


def test_what_has_a_price_is_read_again_within_a_day_or_so(
    shop: Shop, clock: Clock, lamp: Pin
) -> None:
    before = page_of(lamp).read_at
    assert sweep() == 0, "it was read just now"
    clock.pass_by(hours=21)
    assert sweep() == 0
    shop.price = "159.00"
    clock.pass_by(hours=6)
    assert sweep() == 1
    source = page_of(lamp)
    assert source.reading["product"]["price"] == "159.00"
    assert source.read_at is not None
    assert before is not None
    assert source.read_at > before
    assert Stale.objects.filter(pin_id=lamp.pk).exists(), "the search hears of other facts"
    points = PricePoint.objects.filter(source=source)
    assert list(points.values_list("price", "currency", "stock")) == [
        (Decimal("149.00"), "EUR", "in_stock"),
        (Decimal("159.00"), "EUR", "in_stock"),
    ]


def test_the_visit_says_who_comes_and_asks_only_for_what_is_new(
    shop: Shop, clock: Clock, alice: Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FETCH_AS = "https://pins.example.org; ana@example.org"
    monkeypatch.setattr(keeping, "WHOLE_EVERY_DAYS", 10**9)
    shop.etag = '"v1"'
    lamp = pin_from(shop, alice)
    before = page_of(lamp)
    Stale.objects.all().delete()
    read_now(clock)
    source = page_of(lamp)
    assert shop.server.requests[-1].headers["If-None-Match"] == '"v1"'
    agent = shop.server.requests[-1].headers["User-Agent"]
    assert agent == "Pinboard/0.1.0 (+https://pins.example.org/; ana@example.org)"
    assert before.read_at is not None
    assert source.read_at is not None
    assert source.read_at > before.read_at, "the same as before is read now"
    assert source.reading == before.reading
    assert PricePoint.objects.count() == 1
    assert not Stale.objects.exists(), "and nothing is indexed again"


def test_a_price_that_was_too_old_is_found_again_when_the_page_says_the_same(
    shop: Shop, clock: Clock, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Search had let go of it, and a 304 changed no word: nobody told the index."""
    monkeypatch.setattr(keeping, "WHOLE_EVERY_DAYS", 10**9)
    shop.etag = '"v1"'
    lamp = pin_from(shop, alice)
    clock.pass_by(days=3, minutes=30)
    let_old_prices_go()
    catch_up()
    assert not PinFacts.objects.get(pin_id=lamp.pk).currency
    read_now(clock, minutes=5)
    assert shop.server.requests[-1].headers["If-None-Match"] == '"v1"'
    catch_up()
    assert PinFacts.objects.get(pin_id=lamp.pk).currency == "EUR"


def test_now_and_then_a_page_is_read_whole_all_the_same(
    shop: Shop, clock: Clock, alice: Person
) -> None:
    shop.etag = '"v1"'
    pin_from(shop, alice)
    for _ in range(35):
        read_now(clock)
    asked = ["If-None-Match" in request.headers for request in shop.server.requests[1:]]
    visits = [
        is_asked
        for is_asked, request in zip(asked, shop.server.requests[1:], strict=True)
        if request.path == "/lamp"
    ]
    assert 1 <= visits.count(False) <= 3
    assert visits.count(True) > 25


def test_what_only_tells_is_read_monthly_and_what_nobody_keeps_hardly_ever(
    shop: Shop, clock: Clock, alice: Person
) -> None:
    shop.body = "<title>On lamps</title><meta property='og:type' content='article'>"
    article = pin_from(shop, alice, "/article")
    due = upkeep_of(article).due_at
    assert due is not None
    assert timedelta(days=26) < due - timezone.now() < timedelta(days=34)
    save = article.saves.get()
    unsave(actor=alice, pin=article, board=save.board)
    read_now(clock, days=34)
    due = upkeep_of(article).due_at
    assert due is not None
    assert due - timezone.now() > timedelta(days=50)


def test_nobody_visits_what_no_pin_leads_to_nor_names_that_lead_nowhere(
    shop: Shop, clock: Clock, alice: Person
) -> None:
    reserved = make_pin(alice, source=make_source(kind="product"))
    assert upkeep_of(reserved).due_at is None
    lamp = pin_from(shop, alice)
    page = page_of(lamp)
    lamp.delete()
    Upkeep.objects.filter(pk=page.pk).update(due_at=timezone.now())
    read_now(clock, hours=1)
    assert Upkeep.objects.get(pk=page.pk).due_at is None, "read once more, and then left alone"


def test_pages_that_came_without_a_deed_are_planned_too(clock: Clock, alice: Person) -> None:
    pin = make_pin(alice)
    source = make_source(url="https://shop.pinboard.page/1")
    Pin.objects.filter(pk=pin.pk).update(source=source)
    assert schedule.plan_new() == 1
    assert schedule.plan_new() == 0
    assert Upkeep.objects.get(pk=source.pk).due_at is not None


def test_a_site_is_visited_one_page_at_a_time_and_slowly(
    shop: Shop, clock: Clock, alice: Person
) -> None:
    for number in range(4):
        pin_from(shop, alice, f"/{number}")
    clock.pass_by(days=2)
    assert sweep() == 1
    assert sweep() == 0
    clock.pass_by(seconds=10)
    assert sweep() == 0
    clock.pass_by(seconds=30)
    assert sweep() == 1
    assert shop.visits() == 4 + 2


def test_a_site_that_wants_more_time_gets_it(shop: Shop, clock: Clock, alice: Person) -> None:
    shop.robots = "User-agent: *\nCrawl-delay: 300"
    for number in range(3):
        pin_from(shop, alice, f"/{number}")
    clock.pass_by(days=2)
    assert sweep() == 1
    clock.pass_by(minutes=2)
    assert sweep() == 1, "the pace was learned only by the first visit"
    clock.pass_by(minutes=4)
    assert sweep() == 0
    clock.pass_by(minutes=4)
    assert sweep() == 1
    assert shop.visits("/robots.txt") == 1, "and is remembered"


def test_a_job_that_comes_too_early_gives_the_visit_back(
    shop: Shop, clock: Clock, alice: Person
) -> None:
    one, two = pin_from(shop, alice, "/1"), pin_from(shop, alice, "/2")
    clock.pass_by(days=2)
    Upkeep.objects.update(handed_at=timezone.now())
    visit_due_source(page_of(one).pk)
    visit_due_source(page_of(two).pk)
    assert shop.visits() == 2 + 1
    due = upkeep_of(two).due_at
    assert due is not None
    assert timedelta() < due - timezone.now() < timedelta(minutes=1)


def test_many_sites_are_visited_so_many_a_minute(
    alice: Person, clock: Clock, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VISITS_PER_MINUTE = 5
    for number in range(12):
        make_pin(alice, source=make_source(url=f"https://shop{number}.pinboard.page/"))
    clock.pass_by(days=40)
    counts = []
    for _ in range(6):
        counts.append(len(schedule.hand_out()))
        clock.pass_by(seconds=30)
    assert counts == [5, 0, 5, 0, 2, 0]
    settings.VISITS_PER_MINUTE = 0
    clock.pass_by(days=40)
    assert schedule.hand_out() == []


def test_visits_of_a_minute_are_scattered_over_it(alice: Person, clock: Clock) -> None:
    for number in range(20):
        make_pin(alice, source=make_source(url=f"https://shop{number}.pinboard.page/"))
    dues = set(Upkeep.objects.values_list("due_at", flat=True))
    assert len(dues) == 20
    clock.pass_by(days=40)
    delays = {one.delay_seconds for one in schedule.hand_out()}
    assert len(delays) > 5
    assert max(delays) < 60


def test_a_visit_whose_worker_was_killed_is_made_again_and_no_visit_twice(
    shop: Shop, clock: Clock, lamp: Pin
) -> None:
    clock.pass_by(hours=27)
    (handed,) = schedule.hand_out()
    assert schedule.hand_out() == []
    killed = schedule.begin(handed.source_id)
    assert killed is not None
    clock.pass_by(minutes=1)
    visit_due_source(handed.source_id)
    assert shop.visits() == 1, "the one that was killed may still be at it"
    clock.pass_by(minutes=12)
    assert sweep() == 1
    assert shop.visits() == 2
    visiting._settle(killed, SandboxFailed("late", code="x"))
    assert upkeep_of(lamp).failures == 0, "who comes back from the dead writes nothing"
    visit_due_source(handed.source_id)
    assert shop.visits() == 2, "a job that runs twice makes one visit"


def test_a_page_that_kills_its_worker_every_time_is_tried_later_and_later(
    shop: Shop, clock: Clock, lamp: Pin
) -> None:
    clock.pass_by(hours=27)
    begun = 0
    for _ in range(72):  # twelve hours
        for handed in schedule.hand_out():
            assert schedule.begin(handed.source_id)
            begun += 1
        clock.pass_by(minutes=10)
    assert 4 <= begun <= 8


def test_two_workers_make_one_visit(
    transactional_db: None, shop: Shop, clock: Clock, alice: Person
) -> None:
    lamp = pin_from(shop, alice)
    clock.pass_by(hours=27)
    source_id = page_of(lamp).pk
    taken = []
    with meanwhile(lambda: taken.append(len(schedule.hand_out()))):
        taken.append(len(schedule.hand_out()))
    assert sorted(taken) == [0, 1]
    begun: list[bool] = []
    with meanwhile(lambda: begun.append(schedule.begin(source_id) is not None)):
        begun.append(schedule.begin(source_id) is not None)
    assert sorted(begun) == [False, True]


def test_a_reading_that_comes_in_late_does_not_undo_a_newer_one(
    transactional_db: None, shop: Shop, clock: Clock, alice: Person
) -> None:
    """Two workers overlap: the first one's lease ran out while it read."""
    lamp = pin_from(shop, alice)
    clock.pass_by(hours=27)
    (handed,) = schedule.hand_out()
    slow = schedule.begin(handed.source_id)
    assert slow is not None
    old = visiting._read(slow, rules=None)
    shop.price = "120.00"
    clock.pass_by(minutes=30)
    with meanwhile(lambda: visiting._settle(slow, old)):
        assert sweep() == 1
    assert page_of(lamp).reading["product"]["price"] == "120.00"
    assert SourceChange.objects.count() == 1


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_a_page_that_is_gone_keeps_what_was_read_and_may_come_back(
    shop: Shop, clock: Clock, lamp: Pin, status: str
) -> None:
    shop.status = status
    read_now(clock)
    source = page_of(lamp)
    assert source.state == "gone"
    assert source.reading["product"]["price"] == "149.00"
    assert upkeep_of(lamp).failures == 1
    visits = shop.visits()
    for _ in range(30):
        read_now(clock, days=1)
    assert 3 <= shop.visits() - visits <= 6, "it is looked for less and less often"
    shop.status = "200 OK"
    read_now(clock, days=31)
    assert page_of(lamp).state == ""
    assert upkeep_of(lamp).failures == 0


def test_a_page_that_fails_says_since_when_and_counts_as_gone_after_two_weeks(
    shop: Shop, clock: Clock, lamp: Pin
) -> None:
    shop.status = "500 Oops"
    read_now(clock)
    began = upkeep_of(lamp).failing_since
    assert began is not None
    assert page_of(lamp).state == "failing"
    for _ in range(13):
        read_now(clock, days=1)
    assert page_of(lamp).state == "failing"
    assert upkeep_of(lamp).failing_since == began
    assert shop.visits() < 20
    read_now(clock, days=4)
    assert page_of(lamp).state == "gone"
    assert page_of(lamp).reading["product"]["price"] == "149.00"


def test_a_site_that_asks_us_to_come_back_later_is_left_alone_until_then(
    shop: Shop, clock: Clock, lamp: Pin, alice: Person
) -> None:
    other = pin_from(shop, alice, "/other")
    shop.status, shop.headers = "429 Too Many Requests", ["Retry-After: 86400"]
    clock.pass_by(hours=27)
    assert sweep() == 1
    visits = shop.visits()
    for _ in range(23):
        clock.pass_by(hours=1)
        assert sweep() == 0, "neither this page nor any other of the site"
    shop.status, shop.headers = "200 OK", []
    read_now(clock, hours=3)
    assert shop.visits() >= visits + 2
    assert page_of(lamp).state == page_of(other).state == ""


def test_a_page_that_says_nothing_any_more_keeps_what_it_said(
    shop: Shop, clock: Clock, lamp: Pin
) -> None:
    shop.body = "<title>Just a moment…</title>"
    read_now(clock)
    source = page_of(lamp)
    assert source.state == "failing"
    assert source.kind == "product"
    assert source.reading["product"]["price"] == "149.00"
    assert "does not say any more" in upkeep_of(lamp).outcome


def test_robots_txt_keeps_automatic_visits_away(shop: Shop, clock: Clock, lamp: Pin) -> None:
    shop.robots = "User-agent: *\nDisallow: /lamp"
    visits = shop.visits()
    read_now(clock)
    assert shop.visits() == visits
    assert page_of(lamp).state == "closed"
    shop.robots = "User-agent: *\nDisallow: /cart"
    read_now(clock, days=9)
    assert page_of(lamp).state == ""


def test_a_robots_txt_that_cannot_be_had_keeps_us_away_for_now(
    shop: Shop, clock: Clock, lamp: Pin, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = Rules(is_known=False)
    monkeypatch.setattr(visiting, "read_rules", lambda *args, **kwargs: rules)
    visits = shop.visits()
    read_now(clock)
    assert shop.visits() == visits
    known = KnownSite.objects.get(origin=shop.server.url(""))
    assert known.robots_until is not None
    assert known.robots_until - timezone.now() <= timedelta(hours=1)


def test_being_busy_ourselves_is_not_the_pages_fault(
    shop: Shop, clock: Clock, lamp: Pin, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*args: Any, **kwargs: Any) -> Any:
        raise SandboxFailed("Busy.", code="sandbox_busy", status=503)

    monkeypatch.setattr(visiting, "read_link", busy)
    clock.pass_by(hours=27)
    assert sweep() == 1
    assert page_of(lamp).state == ""
    due = upkeep_of(lamp).due_at
    assert due is not None
    assert due - timezone.now() < timedelta(minutes=6)


def test_a_bug_of_ours_is_loud_and_no_reason_to_come_back_at_once(
    shop: Shop, clock: Clock, lamp: Pin, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(visiting, "read_link", broken)
    clock.pass_by(hours=27)
    with pytest.raises(ZeroDivisionError):
        sweep()
    assert sweep() == 0
    assert upkeep_of(lamp).failures == 1


def test_the_history_of_a_price_is_bounded(shop: Shop, clock: Clock, lamp: Pin) -> None:
    source = page_of(lamp)
    for number in range(keeping.MOST_POINTS + 20):
        PricePoint.objects.create(source=source, price=Decimal(200 + number), currency="EUR")
    read_now(clock)
    points = PricePoint.objects.filter(source=source)
    assert points.count() == keeping.MOST_POINTS
    newest = points.last()
    assert newest is not None
    assert newest.price == Decimal("149.00")


def test_the_guard_stands_before_every_visit(
    shop: Shop, clock: Clock, lamp: Pin, settings: Any
) -> None:
    """What may not be visited any more is not, and the network inside hears nothing of it."""
    settings.FETCH_ALLOW = ()
    connections = shop.server.connections
    read_now(clock)
    assert shop.server.connections == connections
    assert page_of(lamp).state == "failing"


def test_a_pasted_link_of_a_known_page_is_a_visit_too(
    shop: Shop, clock: Clock, lamp: Pin, bob: Person
) -> None:
    shop.price = "99.00"
    clock.pass_by(hours=2)
    theirs = pin_from(shop, bob)
    assert theirs.source_id == lamp.source_id
    assert PricePoint.objects.count() == 2
    assert SourceChange.objects.get().was == Decimal("149.00")
    assert Source.objects.count() == 1


def test_what_changed_long_ago_is_forgotten(shop: Shop, clock: Clock, lamp: Pin) -> None:
    shop.price = "99.00"
    read_now(clock)
    clock.pass_by(days=80)
    schedule.forget_old_changes()
    assert SourceChange.objects.count() == 1
    clock.pass_by(days=20)
    schedule.forget_old_changes()
    assert not SourceChange.objects.exists()


def test_handing_out_does_not_undo_what_a_site_asked_for(
    transactional_db: None, shop: Shop, clock: Clock, alice: Person
) -> None:
    """A visit that somebody asked for ends with Retry-After while the sweep is under way."""
    pin_from(shop, alice)
    clock.pass_by(hours=27)
    later = timezone.now() + timedelta(hours=5)
    with meanwhile(schedule.hand_out):
        KnownSite.objects.exclude(origin="*").update(free_at=later)
    assert KnownSite.objects.exclude(origin="*").get().free_at == later
