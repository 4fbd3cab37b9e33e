"""What is written and not sent is one thing: in every tab, on the page and in the dock."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from messaging.models import Message
from tests.browser.conftest import card_of, drag, open_talk, said, visit, write
from tests.browser.outside import drop, photo
from tests.conftest import wait_for
from tests.makers import make_conversation

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from pinboard.people.models import Person
    from pinboard.pins.models import Pin

OpenWindow = Callable[..., "Page"]
BOX = "textarea[data-text]"


def test_what_was_sent_from_the_page_does_not_wait_in_the_dock(
    open_window: OpenWindow, alice: Person, bob: Person
):
    make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, "/")
    talk = open_talk(page, "Bob")
    talk.locator(BOX).fill("Once")
    talk.locator(".window-title a").click()
    whole = page.locator("#page conversation-window:defined")
    expect(whole.locator(BOX)).to_have_value("Once")
    whole.locator(BOX).press("Enter")
    expect(said(whole, "Once")).to_be_visible()
    whole.locator(BOX).fill("Half a thought")
    page.locator(".topbar-mark").click()
    expect(talk).to_be_visible()
    expect(talk.locator(BOX)).to_have_value("Half a thought")
    talk.locator(BOX).press("Enter")
    expect(said(talk, "Half a thought")).to_be_visible()
    page.go_back()
    expect(whole).to_be_visible()
    expect(whole.locator(BOX)).to_have_value("")


def test_two_tabs_write_one_draft(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    conversation = make_conversation(alice, bob)
    first = open_window(alice)
    visit(first, "/")
    talk = open_talk(first, "Bob")
    second = first.context.new_page()
    visit(second, f"/messages/{conversation.pk}/")
    there = second.locator("#page")
    talk.locator(BOX).fill("A long thought")
    drag(first, card_of(first, pins[0]).locator("img"), lambda: talk)
    expect(there.locator(BOX)).to_have_value("A long thought")
    expect(there.locator(".composer-pin")).to_have_count(1)
    # Something unsaid elsewhere must not write an older state over it.
    gone = "document.dispatchEvent(new CustomEvent('message-removed', {detail: {id: 1}}))"
    second.evaluate(gone)
    first.reload()
    expect(talk.locator(BOX)).to_have_value("A long thought")
    talk.locator(BOX).press("Enter")
    expect(said(there, "A long thought")).to_be_visible()
    expect(there.locator(BOX)).to_have_value("")
    expect(there.locator(".composer-pin")).to_have_count(0)


def test_a_picture_still_on_its_way_goes_with_its_words_from_a_folded_window(
    open_window: OpenWindow, alice: Person, bob: Person
):
    make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, "/")
    talk = open_talk(page, "Bob")
    held: list[Any] = []
    page.route("**/bring/", lambda route: held.append(route))
    drop(talk.locator("[data-scroll]"), photo(1, "lamp.jpg"))
    expect(talk.locator(".composer-pin.is-bringing")).to_have_count(1)
    write(talk, "Which of these?")
    expect(talk.locator("[data-error]")).to_contain_text("sent as soon as everything is here")
    talk.get_by_role("button", name="Fold away").click()
    wait_for(lambda: page.evaluate("1") == 1 and len(held) == 1, "an upload")
    held[0].continue_()
    wait_for(lambda: page.evaluate("1") == 1 and Message.objects.exists(), "the message")
    page.locator(".dock-face").get_by_role("button", name="Bob", exact=True).click()
    expect(said(talk, "Which of these?").locator(".message-pin")).to_have_count(1)
    expect(talk.locator(BOX)).to_have_value("")


def test_a_picture_dropped_on_the_page_arrives_in_the_dock_when_the_page_is_left(
    open_window: OpenWindow, alice: Person, bob: Person
):
    make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, "/")
    talk = open_talk(page, "Bob")
    talk.locator(".window-title a").click()
    whole = page.locator("#page conversation-window:defined")
    held: list[Any] = []
    page.route("**/bring/", lambda route: held.append(route))
    drop(whole.locator("[data-scroll]"), photo(1, "lamp.jpg"))
    expect(whole.locator(".composer-pin.is-bringing")).to_have_count(1)
    page.locator(".topbar-mark").click()
    expect(talk.locator(".composer-pin.is-bringing")).to_have_count(1)
    wait_for(lambda: page.evaluate("1") == 1 and len(held) == 1, "an upload")
    held[0].continue_()
    expect(talk.locator(".composer-pin[data-pin]")).to_have_count(1)
