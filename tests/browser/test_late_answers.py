"""Answers that come late, or in another order than they were asked for: they change nothing that was
done meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.conftest import open_talk, visit, write
from tests.conftest import wait_for
from tests.makers import make_conversation

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

    from pinboard.people.models import Person

OpenWindow = Callable[..., "Page"]
BOX = "textarea[data-text]"


def hold(page: Page, address: str) -> list[Route]:
    """Requests to it wait from now on, in this list."""
    held: list[Route] = []
    page.route(re.compile(address), lambda route: held.append(route))
    return held


def first_of(page: Page, held: list[Route]) -> Route:
    wait_for(lambda: page.evaluate("1") == 1 and bool(held), "a request")
    return held[0]


def two_talks(page: Page, alice: Person, bob: Person, charlie: Person) -> tuple[Locator, Locator]:
    make_conversation(alice, bob)
    make_conversation(alice, charlie)
    visit(page, "/")
    return open_talk(page, "Bob"), open_talk(page, "Charlie")


def test_a_message_refused_late_catches_no_words_meant_for_somebody_else(
    open_window: OpenWindow, alice: Person, bob: Person, charlie: Person
):
    page = open_window(alice, viewport={"width": 1700, "height": 900})
    to_bob, to_charlie = two_talks(page, alice, bob, charlie)
    held = hold(page, r"/post/$")
    write(to_bob, "Too much")
    to_charlie.locator(BOX).press_sequentially("Only for ")
    refusal = {"ok": False, "error": "That was too much.", "code": "refused"}
    first_of(page, held).fulfill(status=422, json=refusal)
    expect(to_bob.locator("[data-error]")).to_contain_text("too much")
    page.keyboard.type("your eyes")
    expect(to_charlie.locator(BOX)).to_have_value("Only for your eyes")
    expect(to_bob.locator(BOX)).to_have_value("Too much")


def test_a_window_that_opens_late_catches_no_words_meant_for_somebody_else(
    open_window: OpenWindow, alice: Person, bob: Person, charlie: Person
):
    page = open_window(alice, viewport={"width": 1700, "height": 900})
    to_bob, to_charlie = two_talks(page, alice, bob, charlie)
    to_bob.get_by_role("button", name="Fold away").click()
    held = hold(page, r"/window/$")
    page.locator(".dock-face").get_by_role("button", name="Bob", exact=True).click()
    to_charlie.locator(BOX).press_sequentially("Only for ")
    first_of(page, held).continue_()
    to_bob.locator("message-composer:defined").wait_for()
    page.evaluate("new Promise((done) => setTimeout(done, 100))")
    page.keyboard.type("your eyes")
    expect(to_charlie.locator(BOX)).to_have_value("Only for your eyes")
