"""Pictures and links carried in from outside, dropped on whoever they are for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.conftest import card_of, drag, open_talk, visit
from tests.browser.outside import hand_over, photo
from tests.makers import make_conversation, say

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from pinboard.people.models import Person
    from pinboard.pins.models import Pin

OpenWindow = Callable[..., "Page"]


def carry(place: Locator, kind: str, *, is_file: bool = True, **texts: str) -> bool:
    """A step of a drag from another program: over a place, or let go there."""
    files = (photo(1, "lamp.jpg"),) if is_file else ()
    return hand_over(place, kind, files=files, **texts)


def come_near(page: Page) -> None:
    """The first thing carried over the page fetches the script that heeds it."""
    heading = page.locator("#page h1")
    with page.expect_response("**/outside-drag*.js"):
        carry(heading, "dragenter")
    while not carry(heading, "dragover"):
        page.evaluate("new Promise(requestAnimationFrame)")


def test_a_picture_is_dropped_on_somebody_in_the_tray(
    open_window: OpenWindow, alice: Person, charlie: Person
):
    page = open_window(alice)
    visit(page, "/")
    come_near(page)
    row = page.locator("#tray .tray-row", has_text="Charlie")
    row.wait_for()
    carry(row, "dragover")
    expect(row).to_have_class("tray-row is-over")
    carry(row, "drop")
    talk = page.locator("#dock conversation-window", has_text="Charlie")
    expect(talk.locator(".composer-pin[data-pin]")).to_have_count(1)
    expect(page.locator("#tray")).to_be_hidden()


def test_a_picture_that_misses_opens_nothing_and_the_tray_goes(
    open_window: OpenWindow, alice: Person, charlie: Person
):
    page = open_window(alice)
    visit(page, "/")
    come_near(page)
    expect(page.locator("#tray")).to_be_visible()
    assert carry(page.locator("#page h1"), "dragover"), "the browser would open the file"
    expect(page.locator("#tray")).to_be_hidden()


def test_pins_and_pictures_are_dropped_on_a_folded_conversation(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, "/")
    talk = open_talk(page, "Bob")
    talk.get_by_role("button", name="Fold away").click()
    face = page.locator(".dock-face")
    drag(page, card_of(page, pins[0]).locator("img"), lambda: face)
    expect(talk.locator(".composer-pin[data-pin]")).to_have_count(1)
    talk.get_by_role("button", name="Fold away").click()
    come_near(page)
    carry(face, "dragover")
    carry(face, "drop")
    expect(talk.locator(".composer-pin[data-pin]")).to_have_count(2)


def test_a_link_and_a_picture_are_dropped_on_a_row_of_the_list(
    open_window: OpenWindow, alice: Person, bob: Person
):
    say(make_conversation(alice, bob), bob, "Hello")
    page = open_window(alice)
    visit(page, "/messages/")
    come_near(page)
    row = page.locator(".conversation-row")
    link = "https://shop.example/lamp"
    carry(row.locator(".row-name"), "dragover", is_file=True)
    carry(row.locator(".row-name"), "drop", is_file=True)
    talk = page.locator("#dock conversation-window", has_text="Bob")
    expect(talk.locator(".composer-pin[data-pin]")).to_have_count(1)
    carry(row, "dragover", is_file=False, **{"text/uri-list": link})
    carry(row, "drop", is_file=False, **{"text/uri-list": link})
    expect(talk.locator("textarea[data-text]")).to_have_value(link)
    expect(talk.locator("[data-error]")).to_contain_text("It stays a link.")


def test_a_picture_finds_its_way_where_there_is_no_dock(
    open_window: OpenWindow, alice: Person, bob: Person
):
    say(make_conversation(alice, bob), bob, "Hello")
    page = open_window(alice, viewport={"width": 600, "height": 800})
    visit(page, "/messages/")
    come_near(page)
    row = page.locator(".conversation-row")
    carry(row, "dragover")
    carry(row, "drop")
    whole = page.locator("#page conversation-window")
    expect(whole.locator(".composer-pin[data-pin]")).to_have_count(1)
