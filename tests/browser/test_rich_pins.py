"""What pins know, in a browser: servings in place, a list ticked together, a video, old prices."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.test_first_page import WATCH_SHIFTS
from tests.browser.test_for_everyone import LOOKS, complaints
from tests.makers import make_conversation, make_pin, make_source, say

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from messaging.models import Conversation
    from pinboard.images.models import Picture
    from pinboard.people.models import Person
    from pinboard.pins.models import Pin

OpenWindow = Callable[..., "Page"]
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
READINGS: dict[str, dict[str, Any]] = {
    "recipe": {
        "recipe": {
            "ingredients": ["2 onions, chopped", "1 l stock", f"3 {LONG}"],
            "steps": ["Chop.", "Stir.", "Wait.", "Eat."],
            "servings": 4,
            "diets": ["vegan", "gluten-free"],
        },
        "rating": {"value": 4.6, "count": 12},
    },
    "product": {
        "product": {
            "price": "24.00",
            "highest_price": "36.00",
            "previous_price": "45.00",
            "currency": "EUR",
            "availability": "in_stock",
            "brand": LONG,
            "variants": ["Ochre", LONG],
        }
    },
    "article": {"author": "ליאת כהן", "published": "2026-11-01"},
    "place": {
        "place": {
            "address": "Rua da Rosa 10, 1200 Lisboa",
            "latitude": 38.7,
            "longitude": -9.1,
            "phone": "+351 21 123 45 67",
            "hours": ["Mo-Fr 09:00-18:00", "Sa 10:00-14:00"],
        }
    },
    "movie": {
        "movie": {"director": "Agnès V.", "minutes": 95, "cast": ["One", "שתיים"]},
        "video": {"embed_url": "https://player.vimeo.com/video/7", "provider": "Vimeo"},
    },
}


@pytest.fixture
def rich(alice: Person, pictures: Sequence[Picture]) -> dict[str, Pin]:
    """By kind."""
    return {
        kind: make_pin(
            alice,
            f"{kind} {LONG}" if kind == "product" else f"A {kind}",
            picture=pictures[number % len(pictures)],
            source=make_source(kind=kind, reading=reading),
            alt=f"A {kind}",
        )
        for number, (kind, reading) in enumerate(READINGS.items())
    }


@pytest.fixture
def talk(alice: Person, bob: Person, rich: dict[str, Pin]) -> Conversation:
    talk = make_conversation(alice, bob)
    say(talk, alice, pins=tuple(rich.values()))
    return talk


def test_servings_change_in_place_and_stay_in_the_address(
    open_window: OpenWindow, bob: Person, rich: dict[str, Pin]
):
    page = open_window(bob)
    page.add_init_script(WATCH_SHIFTS)
    page.goto(f"/pins/{rich['recipe'].pk}/", wait_until="networkidle")
    cooking = page.locator("recipe-servings:defined")
    first = cooking.locator(".ingredients li").first
    expect(first).to_have_text("2 onions, chopped")
    page.evaluate("window.stayed = true")
    cooking.get_by_role("link", name="For 5 servings").focus()
    page.keyboard.press("Enter")
    expect(first).to_have_text("2½ onions, chopped")
    expect(page).to_have_url(re.compile(r"\?servings=5$"))
    expect(cooking.get_by_role("status")).to_contain_text("Amounts for 5; the source says 4.")
    expect(cooking.get_by_role("link", name="For 6 servings")).to_be_focused()
    cooking.get_by_label("How many servings").fill("8")
    expect(first).to_have_text("4 onions, chopped")
    expect(page).to_have_url(re.compile(r"\?servings=8$"))
    cooking.get_by_role("link", name="Back to 4").click()
    expect(first).to_have_text("2 onions, chopped")
    assert page.evaluate("window.stayed")
    page.go_back()
    expect(page).not_to_have_url(re.compile("/pins/"))


def test_without_a_script_servings_are_links_and_a_form(
    open_window: OpenWindow, bob: Person, rich: dict[str, Pin]
):
    page = open_window(bob, java_script_enabled=False)
    page.goto(f"/pins/{rich['recipe'].pk}/")
    page.get_by_role("link", name="For 3 servings").click()
    expect(page.locator(".ingredients li").first).to_have_text("1½ onions, chopped")
    page.get_by_label("How many servings").fill("12")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator(".ingredients li").first).to_have_text("6 onions, chopped")
    page.get_by_role("link", name="Shopping list").click()
    page.get_by_role("checkbox", name="3 l stock").click()
    expect(page.get_by_role("checkbox", name="3 l stock")).to_be_checked()


def test_what_one_ticks_off_the_other_sees_ticked(
    open_window: OpenWindow, alice: Person, bob: Person, talk: Conversation
):
    pages = [open_window(person) for person in (alice, bob)]
    for page in pages:
        page.goto(f"/messages/{talk.pk}/shopping/", wait_until="networkidle")
        expect(page.locator("shopping-list:defined")).to_be_visible()
    hers, his = (page.get_by_role("checkbox", name="2 onions") for page in pages)
    his.focus()
    pages[1].keyboard.press("Space")
    expect(his).to_be_checked()
    expect(hers).to_be_checked()
    expect(hers).to_contain_text("Bob has it")
    expect(his).to_be_focused()
    hers.click()
    expect(his).not_to_be_checked()


def test_a_list_is_chosen_on_the_shelf(open_window: OpenWindow, bob: Person, talk: Conversation):
    page = open_window(bob)
    page.goto(f"/messages/{talk.pk}/shelf/", wait_until="networkidle")
    page.get_by_label("Compare A recipe").check()
    page.get_by_role("button", name="Shop for these").click()
    page.get_by_label("A recipe, servings").fill("2")
    page.get_by_role("button", name="Make the list").click()
    expect(page.get_by_role("checkbox", name="1 onion")).to_be_visible()
    expect(page.get_by_role("checkbox", name="500 ml stock")).to_be_visible()


def test_a_video_plays_on_a_press_and_asks_nobody_before(
    open_window: OpenWindow, bob: Person, rich: dict[str, Pin]
):
    page = open_window(bob)
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="<p>playing")

    page.context.route("https://player.vimeo.com/**", answer)
    page.goto(f"/pins/{rich['movie'].pk}/", wait_until="networkidle")
    expect(page.locator("video-still:defined")).to_be_visible()
    assert not asked
    page.locator(".video-play").click()
    player = page.frame_locator("video-still iframe").frame_locator("iframe")
    expect(player.get_by_text("playing")).to_be_visible()
    assert asked == ["https://player.vimeo.com/video/7?autoplay=1"]


def test_a_price_ages_and_goes_on_a_page_that_stays_open(
    open_window: OpenWindow, bob: Person, rich: dict[str, Pin]
):
    page = open_window(bob)
    page.clock.install(time=timezone.now())
    page.goto("/", wait_until="networkidle")
    card = page.locator(f'pin-card[data-pin="{rich["product"].pk}"]')
    expect(card.locator(".is-price")).to_have_text("€24.00 – €36.00")
    expect(card.locator("read-time")).to_have_text("read just now")
    page.clock.fast_forward(int(timedelta(hours=30) / timedelta(milliseconds=1)))
    expect(card.locator("read-time")).to_have_text("read 1 day ago")
    page.clock.fast_forward(int(timedelta(hours=43) / timedelta(milliseconds=1)))
    expect(card.locator(".is-price, .is-was, read-time")).to_have_count(0)
    expect(card).to_be_visible()


@pytest.mark.parametrize("look", LOOKS)
def test_rich_pins_shut_nobody_out_and_nothing_moves(
    open_window: OpenWindow, bob: Person, rich: dict[str, Pin], talk: Conversation, look: str
):
    page = open_window(bob, **LOOKS[look])
    page.add_init_script(WATCH_SHIFTS)
    found: list[str] = []
    products = f"?pin={rich['product'].pk}&pin={rich['recipe'].pk}"
    for address in (
        *(f"/pins/{pin.pk}/" for pin in rich.values()),
        f"/pins/{rich['recipe'].pk}/shopping/",
        f"/messages/{talk.pk}/shopping/",
        f"/messages/{talk.pk}/shopping/choose/",
        f"/messages/{talk.pk}/shelf/",
        f"/messages/{talk.pk}/compare/{products}",
    ):
        page.goto(address, wait_until="networkidle")
        found += complaints(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{address} scrolls sideways")
        if "/messages/" not in address and (shifts := page.evaluate("shifts")):
            found.append(f"{address} moves: {shifts}")
    assert not found, "\n".join(found)
