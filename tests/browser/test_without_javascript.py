"""With scripts switched off: browse, search, save with a note, send a pin, read and answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from pinboard.people.relations import follow
from pinboard.pins.models import Save
from tests.browser.conftest import card_of
from tests.makers import make_board, make_conversation, make_pin, say

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from pinboard.images.models import Picture
    from pinboard.people.models import Person
    from pinboard.pins.models import Pin

OpenWindow = Callable[..., "Page"]


def test_the_feed_goes_on_behind_a_link(
    open_window: OpenWindow, alice: Person, bob: Person, pictures: list[Picture]
):
    board = make_board(alice, "Ideas")
    for number in range(45):
        make_pin(alice, f"Plain {number}", board=board, picture=pictures[number % 4])
    page = open_window(bob, java_script_enabled=False)
    page.goto("/")
    first = set(page.locator("pin-card").evaluate_all("cards => cards.map(c => c.dataset.pin)"))
    page.locator(".more a").click()
    second = set(page.locator("pin-card").evaluate_all("cards => cards.map(c => c.dataset.pin)"))
    assert first
    assert second
    assert not first & second
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_pin_is_found_and_saved_with_a_note(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    make_board(bob, "Kitchen")
    page = open_window(bob, java_script_enabled=False)
    page.goto("/")
    page.locator("[data-shell-search] [name=q]").fill("lemon pasta")
    page.keyboard.press("Enter")
    found = page.locator("pin-card", has_text="Lemon pasta").first
    found.locator(".pin-card-title a").click()
    expect(page.locator("#page h1")).to_have_text("Lemon pasta")
    page.locator(".pin-page-bar [data-act=save]").click()
    page.get_by_label("Why are you saving this?").fill("For Sunday")
    page.get_by_role("button", name="Kitchen").click()
    save = Save.objects.get(saver=bob)
    assert (save.pin.title, save.board.name, save.note) == ("Lemon pasta", "Kitchen", "For Sunday")


def test_a_pin_is_sent_read_answered_and_judged(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    follow(actor=bob, person=alice)  # from somebody he does not know it would be a request
    hers = open_window(alice, java_script_enabled=False)
    hers.goto("/")
    card = card_of(hers, pins[0])
    card.hover()
    card.locator("[data-act=send]").click()
    hers.get_by_label("Bob").check()
    hers.get_by_label("Your message").fill("Shall we?")
    hers.get_by_role("button", name="Start the conversation").click()
    expect(hers.locator(".message-pin")).to_be_visible()

    his = open_window(bob, java_script_enabled=False)
    his.goto("/messages/")
    expect(his.locator(".topbar [data-badge=messages]")).to_contain_text("1")
    his.locator(".conversation-row a").click()
    expect(his.locator(".message-text")).to_have_text("Shall we?")
    his.locator(".verdict.is-yes").click()
    expect(his.locator(".verdict.is-yes .verdict-count")).to_have_text("1")
    expect(his.locator(".verdict.is-yes")).to_have_attribute("aria-pressed", "true")
    hers.reload()
    expect(hers.locator(".verdict.is-yes")).to_have_attribute("aria-pressed", "false")
    his.locator("textarea[data-text]").fill("Yes, on Sunday")
    his.get_by_role("button", name="Send", exact=True).click()
    expect(his.locator(".message.is-mine .message-text")).to_have_text("Yes, on Sunday")
    his.locator(".verdicts-decide summary").click()
    his.get_by_placeholder("Why?").fill("It is quick")
    his.get_by_role("button", name="Decide").click()
    expect(his.locator(".verdicts-decided")).to_contain_text("Decided by Bob: It is quick")

    hers.get_by_role("link", name="Shelf").click()
    hers.locator(".verdict.is-no").click()
    expect(hers.locator(".verdict.is-no")).to_have_attribute("aria-pressed", "true")
    expect(hers).to_have_url(re.compile(rf"/shelf/#pin-{pins[0].pk}$"))
    hers.get_by_role("link", name="Back to the conversation").click()
    expect(hers.locator(".message-text").last).to_have_text("Yes, on Sunday")


def test_a_pin_becomes_a_favourite_and_stops_being_one(
    open_window: OpenWindow, bob: Person, pins: list[Pin]
):
    page = open_window(bob, java_script_enabled=False)
    page.goto(f"/pins/{pins[0].pk}/")
    heart = page.locator(".pin-page-bar").get_by_role("button", name="Favourite")
    for pressed in ("true", "false"):
        heart.click()
        expect(heart).to_have_attribute("aria-pressed", pressed)


def test_a_refused_message_keeps_its_words(open_window: OpenWindow, alice: Person, bob: Person):
    conversation = make_conversation(alice, bob)
    say(conversation, bob, "Hi")
    page = open_window(alice, java_script_enabled=False)
    page.goto(f"/messages/{conversation.pk}/")
    page.locator("textarea[data-text]").fill("x" * 4001)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".composer-error").first).to_contain_text("4,000 fit")
    assert len(page.locator("textarea[data-text]").input_value()) == 4001
