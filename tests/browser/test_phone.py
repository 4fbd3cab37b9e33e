"""The same on a phone: a long press picks a pin up, a swipe scrolls, a conversation is a screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import card_of, middle, said, visit, write
from tests.makers import make_conversation, say

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

    from pinboard.people.models import Person
    from pinboard.pins.models import Pin

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
OpenWindow = Callable[..., "Page"]


@pytest.fixture
def phone(open_window: OpenWindow, alice: Person) -> Page:
    return open_window(alice, **PHONE)


def touch(finger: CDPSession, kind: str, x: float = 0, y: float = 0) -> None:
    points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
    finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def slide(finger: CDPSession, start: tuple[float, float], end: tuple[float, float]) -> None:
    for step in range(1, 11):
        x, y = (a + (b - a) * step / 10 for a, b in zip(start, end, strict=True))
        touch(finger, "touchMove", x, y)


def test_a_long_press_carries_a_pin_to_somebody(
    phone: Page, alice: Person, bob: Person, pins: list[Pin]
):
    say(make_conversation(alice, bob), bob, "What do you think of this one?")
    visit(phone, "/")
    finger = phone.context.new_cdp_session(phone)
    start = middle(card_of(phone, pins[0]).locator("img"))
    touch(finger, "touchStart", *start)
    expect(phone.locator(".drag-ghost")).to_be_visible()
    row = phone.locator("#tray .tray-row", has_text="Bob")
    expect(row).to_be_visible()
    before = phone.evaluate("scrollY")
    slide(finger, start, middle(row))
    expect(row).to_have_class("tray-row is-over")
    assert phone.evaluate("scrollY") == before, "the page scrolled under the pin"
    touch(finger, "touchEnd")
    phone.wait_for_url("**/messages/*/")
    expect(phone.locator(".topbar")).to_have_count(1)
    talk = phone.locator("#page conversation-window")
    expect(talk.locator(f'.composer-pin[data-pin="{pins[0].pk}"]')).to_be_visible()
    write(talk, "This one")
    expect(said(talk, "This one").locator(".message-pin")).to_be_visible()


def test_a_quick_swipe_over_a_pin_still_scrolls(phone: Page, pins: list[Pin]):
    visit(phone, "/")
    finger = phone.context.new_cdp_session(phone)
    x, y = middle(card_of(phone, pins[1]).locator("img"))
    touch(finger, "touchStart", x, y)
    slide(finger, (x, y), (x, y - 200))
    touch(finger, "touchEnd")
    phone.wait_for_function("scrollY > 60")
    expect(phone.locator(".drag-ghost")).to_have_count(0)
    assert phone.url.endswith("/")


def test_a_tap_opens_the_pin_and_its_button_sends_it(
    phone: Page, alice: Person, bob: Person, pins: list[Pin]
):
    visit(phone, "/")
    card_of(phone, pins[2]).locator("img").tap()
    expect(phone.locator("#page h1")).to_have_text(pins[2].title)
    phone.get_by_role("link", name="Send to someone").tap()
    expect(phone.locator("#tray .tray-row").first).to_be_focused()  # no keyboard over the rows
    phone.locator("#tray .tray-row", has_text="Bob").tap()
    phone.wait_for_url("**/messages/*/")
    expect(phone.locator(".topbar")).to_have_count(1)
    talk = phone.locator("#page conversation-window")
    expect(talk.locator(".composer-pin")).to_have_count(1)
    talk.get_by_role("button", name="Send", exact=True).tap()
    expect(talk.locator(".message[data-message] .message-pin")).to_be_visible()


def test_a_conversation_fills_the_screen_and_nothing_is_wider_than_it(
    phone: Page, alice: Person, bob: Person, pins: list[Pin]
):
    conversation = make_conversation(alice, bob)
    say(conversation, bob, "A word " * 60, pins=tuple(pins[:2]))
    visit(phone, "/messages/")
    phone.locator(".conversation-row a").tap()
    phone.wait_for_url(f"**/messages/{conversation.pk}/")
    expect(phone.locator(".message-pin")).to_have_count(2)
    expect(phone.locator("#dock")).to_be_hidden()
    box = phone.locator("#page conversation-window").bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 390)
    for address in (f"/messages/{conversation.pk}/", "/messages/", "/", f"/pins/{pins[0].pk}/"):
        visit(phone, address)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, address


def test_a_tap_on_send_leaves_the_keyboard_of_the_phone_open(
    phone: Page, alice: Person, bob: Person
):
    talk = make_conversation(alice, bob)
    visit(phone, f"/messages/{talk.pk}/")
    window = phone.locator("#page conversation-window")
    text = window.locator("message-composer:defined textarea[data-text]")
    text.tap()
    text.press_sequentially("Hello")
    window.get_by_role("button", name="Send", exact=True).tap()
    expect(said(window, "Hello")).to_be_visible()
    expect(text).to_be_focused()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (390, 440), (844, 390), (844, 200)])
def test_the_box_one_writes_in_is_in_sight_above_the_keyboard(
    open_window: OpenWindow, alice: Person, bob: Person, width: int, height: int
):
    """A keyboard leaves so little of an upright phone, and of one on its side."""
    talk = make_conversation(alice, bob)
    for number in range(12):
        say(talk, bob, f"Line {number} " * 8)
    page = open_window(alice, **{**PHONE, "viewport": {"width": width, "height": height}})
    visit(page, f"/messages/{talk.pk}/")
    window = page.locator("#page conversation-window")
    window.locator("message-composer:defined textarea[data-text]").tap()
    expect(window.get_by_role("button", name="Send", exact=True)).to_be_in_viewport(ratio=1)
    room = window.locator("[data-scroll]").bounding_box()
    assert room is not None
    assert room["height"] >= 44, "no message is in sight"
