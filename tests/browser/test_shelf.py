"""The shelf beside an open window: a pin carried over, a verdict that shows everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import drag, open_talk, said, visit
from tests.makers import make_conversation, say

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from messaging.models import Conversation
    from pinboard.people.models import Person
    from pinboard.pins.models import Pin


@pytest.fixture
def talk(alice: Person, bob: Person, pins: Sequence[Pin]) -> Conversation:
    """Alice shared three pins with Bob."""
    talk = make_conversation(alice, bob)
    for pin in pins[:3]:
        say(talk, alice, "", pins=(pin,))
    return talk


def on_shelf(page: Page, pin: Pin) -> Locator:
    return page.locator(f'pin-shelf [data-shared="{pin.pk}"]')


def test_a_pin_is_carried_from_the_shelf_into_the_conversation(
    talk: Conversation, bob: Person, pins: Sequence[Pin], open_window: Callable[..., Page]
) -> None:
    page = open_window(bob)
    visit(page, "/")
    window = open_talk(page, "Alice")
    window.get_by_label("Shelf").click()
    expect(page).to_have_url(re.compile(f"/messages/{talk.pk}/shelf/$"))
    card = on_shelf(page, pins[0])
    expect(card).to_be_visible()
    drag(page, card.locator(".shared-pin-picture"), lambda: window)
    expect(window.locator(".composer-pin")).to_have_count(1)
    window.locator("message-composer textarea").press("Enter")
    expect(said(window, pins[0].title).last).to_be_visible()
    expect(page.locator("pin-shelf .shelf-pin").first).to_have_attribute(
        "data-shared", str(pins[0].pk)
    )


def test_a_verdict_and_a_decision_show_on_every_copy(
    talk: Conversation,
    alice: Person,
    bob: Person,
    pins: Sequence[Pin],
    open_window: Callable[..., Page],
) -> None:
    ours, theirs = open_window(alice), open_window(bob)
    visit(theirs, f"/messages/{talk.pk}/")
    visit(ours, "/")
    window = open_talk(ours, "Bob")
    window.get_by_label("Shelf").click()
    shelf = on_shelf(ours, pins[1])
    shelf.locator('pin-card:defined [data-act="favourite"]').click()
    copy = window.locator(f'[data-shared="{pins[1].pk}"]')
    expect(copy.locator('[data-act="favourite"]')).to_have_attribute("aria-pressed", "true")
    ours.locator("pin-shelf:defined").wait_for()
    shelf.get_by_role("button", name="Yes").click()
    for place in (copy, shelf):
        expect(place.locator('[data-verdict="yes"]')).to_have_attribute("aria-pressed", "true")
    far = theirs.locator(f'[data-shared="{pins[1].pk}"]')
    expect(far.locator('[data-verdict="yes"] .verdict-count')).to_have_text("1")
    far.locator(".verdicts-decide > summary").click()
    far.locator("textarea").fill("It fits")
    far.locator('[data-act="decide"]').click()
    expect(shelf.locator(".verdicts-decided")).to_contain_text("It fits")
    expect(ours.locator(".shelf-folded > summary")).to_contain_text("2 others")
    expect(theirs.locator(".pin-fold")).to_have_count(2)
    expect(window.locator(".pin-fold")).to_have_count(2)
    shelf.locator('[data-act="reopen"]').click()
    expect(theirs.locator(".pin-fold")).to_have_count(0)
    expect(ours.locator(".shelf-folded")).to_have_count(0)


def test_whoever_is_removed_is_led_away_from_an_open_shelf(
    alice: Person, bob: Person, pins: Sequence[Pin], open_window: Callable[..., Page]
) -> None:
    group = make_conversation(alice, bob, is_group=True)
    say(group, alice, "", pins=(pins[0],))
    page, hers = open_window(bob), open_window(alice)
    visit(page, f"/messages/{group.pk}/shelf/")
    page.locator("pin-shelf:defined").wait_for()
    visit(hers, f"/messages/{group.pk}/")
    hers.get_by_label("About this conversation").click()
    hers.get_by_role("link", name="Remove Bob").click()
    hers.get_by_role("button", name="Remove").click()
    expect(page).to_have_url(re.compile("/messages/$"))
    expect(page.locator(".shelf-pin")).to_have_count(0)


def test_pins_are_picked_and_stand_side_by_side_without_a_script(
    talk: Conversation, bob: Person, pins: Sequence[Pin], open_window: Callable[..., Page]
) -> None:
    page = open_window(bob, java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.goto(f"/messages/{talk.pk}/shelf/")
    for pin in pins[:2]:
        on_shelf(page, pin).get_by_label("Compare").check()
    page.get_by_role("button", name="Compare these").click()
    expect(page.locator(".compare thead .shelf-pin")).to_have_count(2)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390  # the table scrolls inside, the page does not
    page.locator(".compare").get_by_role("button", name="Yes").first.click()
    expect(page.locator('.compare [data-verdict="yes"] .verdict-count')).to_have_text("1")
    assert "/compare/?pin=" in page.url
