"""What the first page costs and whether it holds still, on a wide screen and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.makers import make_board, make_conversation, make_pin, make_source, say

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

    from pinboard.images.models import Picture
    from pinboard.people.models import Person

BUDGET_BYTES = 60_000
OURS = {"document", "stylesheet", "script"}
SCREENS: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1440, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}
# Every shift of the layout since the page began, also those right after a key or a press.
WATCH_SHIFTS = """
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const {value, sources} of list.getEntries()) {
        shifts.push([value, sources.map(({node}) => node?.outerHTML?.slice(0, 200))]);
      }
    }).observe({type: "layout-shift", buffered: true});
"""
OpenWindow = Callable[..., "Page"]


@pytest.fixture
def full_feed(alice: Person, bob: Person, pictures: list[Picture]) -> None:
    """Seventy pins with titles of any length, half of them from somewhere; unread messages."""
    board = make_board(alice, "Ideas")
    for number in range(70):
        make_pin(
            alice,
            ("Lemon pasta with capers " * (1 + number % 4)).strip(),
            board=board,
            picture=pictures[number % len(pictures)],
            source=make_source() if number % 2 else None,
        )
    say(make_conversation(alice, bob), alice, "Have a look")


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("signed_in", [True, False], ids=["signed in", "visitor"])
def test_the_first_page_is_light_still_and_asks_nobody_else(
    open_window: OpenWindow,
    bob: Person,
    full_feed: None,
    pinboard_server: str,
    screen: str,
    signed_in: bool,
):
    page = open_window(bob if signed_in else None, **SCREENS[screen])
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))
    page.add_init_script(WATCH_SHIFTS)
    page.goto("/", wait_until="networkidle")
    if signed_in:
        expect(page.locator("pin-card:defined").first).to_be_visible()
        expect(page.locator("conversation-dock:defined")).to_have_count(1)
    assert page.locator("pin-card").count() >= 30
    elsewhere = [r.url for r in requests if not r.url.startswith((pinboard_server, "data:"))]
    assert not elsewhere
    sizes = {r.url: r.sizes()["responseBodySize"] for r in requests if r.resource_type in OURS}
    assert sum(sizes.values()) <= BUDGET_BYTES, sizes
    assert page.evaluate("shifts") == []


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_moves_while_one_scrolls_on(
    open_window: OpenWindow, bob: Person, full_feed: None, screen: str
):
    page = open_window(bob, **SCREENS[screen])
    page.add_init_script(WATCH_SHIFTS)
    page.goto("/", wait_until="networkidle")
    page.mouse.move(200, 400)
    while page.locator("pin-card").count() < 70:
        page.mouse.wheel(0, 900)
        page.wait_for_load_state("networkidle")
    expect(page.locator("more-pins")).to_have_count(0)
    assert page.evaluate("shifts") == []
