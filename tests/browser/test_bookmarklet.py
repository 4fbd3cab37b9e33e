"""The bookmarklet and other sites' save buttons, pressed on a page of another origin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from pinboard.pins.models import Draft, Pin
from tests.browser.conftest import choose_board
from tests.browser.elsewhere import another_site
from tests.makers import make_board

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from pinboard.people.models import Person

OpenWindow = Callable[..., "Page"]


@pytest.fixture
def elsewhere() -> Iterator[str]:
    with another_site() as address:
        yield address


def script_of(page: Page) -> str:
    """What the bookmark holds, as the browser runs it."""
    page.goto("/create/bookmarklet/")
    address = page.locator("bookmarklet-link a").get_attribute("href")
    assert address is not None
    return unquote(address.removeprefix("javascript:"))


def test_the_bookmarklet_saves_several_pictures_of_another_page(
    open_window: OpenWindow, transactional_db: None, alice: Person, elsewhere: str
):
    make_board(alice, "Lamps")
    page = open_window(alice)
    script = script_of(page)
    page.goto(f"{elsewhere}/lamps")
    with page.expect_popup() as opening:
        page.evaluate(script)
    small = opening.value
    expect(small.locator("h1")).to_have_text("Save from localhost")
    expect(small.locator("body")).to_contain_text("2 pictures came along")
    assert small.locator(".topbar, .dock").count() == 0
    assert not Draft.objects.exists(), "opening it does nothing"
    small.keyboard.press("Enter")
    offers = small.locator(".offer")
    expect(offers).to_have_count(2)
    assert [one.picture.width for one in Draft.objects.get().offers.all()] == [900, 500]
    offers.nth(1).locator("input[type=checkbox]").check()
    small.get_by_label("Title").first.fill("The large one")
    choose_board(small, "Lamps")
    small.get_by_role("button", name="Pin it", exact=True).last.click()
    expect(small.locator("h1")).to_have_text("Pinned to Lamps")
    titles = {pin.title for pin in Pin.objects.all()}
    assert titles == {"The large one", "Lamps we like"}
    with small.expect_event("close"):
        small.get_by_role("button", name="Close this window").click()


def test_pressed_on_its_own_page_it_says_where_it_belongs(
    open_window: OpenWindow, transactional_db: None, alice: Person
):
    page = open_window(alice)
    page.goto("/create/bookmarklet/")
    page.locator("bookmarklet-link:defined a").click()
    expect(page.locator(".toast")).to_contain_text("Drag it to your bookmarks bar")


def test_another_site_cannot_share_in_somebodys_name(
    open_window: OpenWindow,
    transactional_db: None,
    alice: Person,
    elsewhere: str,
    pinboard_server: str,
):
    page = open_window(alice)
    page.route("**/*", without_policy)
    page.goto(f"{elsewhere}/evil?to={pinboard_server}/share/")
    page.get_by_role("button", name="Win").click()
    expect(page.locator("h1")).to_have_text("Save from localhost")  # the question, as of a button
    neighbour = pinboard_server.replace("127.0.0.1", "localhost")
    page.goto(f"{elsewhere}/evil?to={neighbour}/share/")
    page.get_by_role("button", name="Win").click()
    assert not Draft.objects.exists()


def without_policy(route: object) -> None:
    """The evil page may post its form wherever it likes."""
    from playwright.sync_api import Route

    assert isinstance(route, Route)
    if "/evil" not in route.request.url:
        route.continue_()
        return
    answer = route.fetch()
    headers = {k: v for k, v in answer.headers.items() if k != "content-security-policy"}
    route.fulfill(response=answer, headers=headers)
