"""What a page finds when one comes back to it, and what is said when something cannot be opened."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.conftest import open_talk, visit
from tests.browser.outside import drop, photo
from tests.makers import make_conversation, say

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from pinboard.people.models import Person

OpenWindow = Callable[..., "Page"]


def test_the_list_one_goes_back_to_knows_what_was_read(
    open_window: OpenWindow, alice: Person, bob: Person
):
    say(make_conversation(alice, bob), bob, "Hello")
    page = open_window(alice)
    visit(page, "/messages/")
    unread = page.locator(".conversation-row [data-unread]")
    expect(unread).to_be_visible()
    page.locator(".conversation-row a").click()
    expect(page.locator(".topbar [data-badge=messages]")).to_be_hidden()
    page.go_back()
    expect(page.locator(".conversation-row")).to_be_visible()
    expect(unread).to_be_hidden(timeout=3_000)


def test_a_window_that_cannot_be_opened_is_said_and_not_forgotten(
    open_window: OpenWindow, alice: Person, bob: Person, charlie: Person
):
    to_bob = make_conversation(alice, bob)
    make_conversation(alice, charlie)
    page = open_window(alice, viewport={"width": 1700, "height": 900})
    visit(page, "/")
    open_talk(page, "Bob")
    open_talk(page, "Charlie")
    window = re.compile(f"/messages/{to_bob.pk}/window/$")
    page.route(window, lambda route: route.fulfill(status=503))
    page.reload()
    windows = page.locator("#dock conversation-window")
    expect(windows).to_have_count(1)
    page.unroute(window)
    page.reload()
    expect(windows).to_have_count(2)
    windows.filter(has_text="Bob").get_by_role("button", name="Fold away").click()
    page.route(window, lambda route: route.fulfill(status=503))
    page.locator(".dock-face").get_by_role("button", name="Bob", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("could not be loaded")
    expect(page.locator(".dock-face")).to_have_count(1)


def test_an_act_whose_script_does_not_come_says_so(
    open_window: OpenWindow, alice: Person, bob: Person
):
    conversation = make_conversation(alice, bob)
    say(conversation, bob, "Hello")
    page = open_window(alice)
    visit(page, f"/messages/{conversation.pk}/")
    page.route(re.compile(r"message-menu"), lambda route: route.abort())
    page.locator(".message").hover()
    page.locator(".message-more").click()
    expect(page.locator(".toast")).to_contain_text("No connection")


def test_a_picture_dropped_without_a_connection_is_not_lost_in_silence(
    open_window: OpenWindow, alice: Person, bob: Person
):
    make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, "/")
    talk = open_talk(page, "Bob")
    page.route(re.compile(r"/bringing\."), lambda route: route.abort())
    drop(talk.locator("[data-scroll]"), photo(1, "lamp.jpg"))
    expect(talk.locator("[data-error]")).to_contain_text("No connection")
    page.unroute(re.compile(r"/bringing\."))
    drop(talk.locator("[data-scroll]"), photo(1, "lamp.jpg"))
    expect(talk.locator(".composer-pin[data-pin]")).to_have_count(1)
