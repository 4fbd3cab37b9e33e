"""The pin's page: its picture has its place before it comes, and the words stay in sight."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import visit
from tests.browser.test_first_page import SCREENS, WATCH_SHIFTS

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from pinboard.people.models import Person
    from pinboard.pins.models import Pin

OpenWindow = Callable[..., "Page"]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("number", [0, 3])
def test_nothing_moves_when_the_picture_comes_late(
    open_window: OpenWindow, bob: Person, pins: list[Pin], screen: str, number: int
):
    page = open_window(bob, **SCREENS[screen])
    page.add_init_script(WATCH_SHIFTS)
    held: list[Route] = []
    page.route("**/media/**", lambda route: held.append(route))
    page.goto(pins[number].get_absolute_url(), wait_until="domcontentloaded")
    page.locator("pin-tray:defined").wait_for(state="attached")
    picture = page.locator(".pin-page-picture img")
    before = picture.bounding_box()
    assert before
    assert min(before["width"], before["height"]) > 200
    # Painted when half of it was parsed, on a busy machine, the bar's end grows: no more.
    parsing = page.evaluate("new Promise(requestAnimationFrame).then(() => shifts.splice(0))")
    assert sum(value for value, _ in parsing) < 0.001, parsing
    page.unroute("**/media/**")  # what was held goes on
    expect(picture).to_have_js_property("complete", True)
    page.wait_for_load_state("networkidle")
    assert picture.bounding_box() == before
    assert page.evaluate("shifts") == []


@pytest.mark.parametrize(("width", "height"), [(820, 1180), (390, 844), (1440, 900)])
def test_title_and_save_are_in_sight(
    open_window: OpenWindow, bob: Person, pins: list[Pin], width: int, height: int
):
    page = open_window(bob, viewport={"width": width, "height": height})
    for pin in pins[:4]:
        visit(page, pin.get_absolute_url())
        expect(page.locator("#page h1")).to_be_in_viewport(ratio=1)
        expect(page.locator(".pin-page-bar [data-act=save]")).to_be_in_viewport(ratio=1)
