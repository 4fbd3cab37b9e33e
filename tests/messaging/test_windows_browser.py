"""Open windows stay true when one change touches several of their messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.conftest import said, visit, write
from tests.makers import make_conversation, make_pin, say

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from pinboard.people.models import Person

OpenWindow = Callable[..., "Page"]


def test_a_verdict_shows_on_every_card_of_a_pin_that_was_shared_twice(
    open_window: OpenWindow, alice: Person, bob: Person
) -> None:
    talk, pin = make_conversation(alice, bob), make_pin(alice)
    for text in ("look", "look again"):
        say(talk, alice, text, pins=(pin,))
    hers, his = open_window(alice), open_window(bob)
    for page in (hers, his):
        visit(page, f"/messages/{talk.pk}/")
        expect(page.locator("message-composer")).to_be_visible()
    cards = hers.locator(f'[data-shared="{pin.pk}"]')
    expect(cards).to_have_count(2)
    his.get_by_role("button", name="Yes").first.click()
    for card in (cards.nth(0), cards.nth(1)):
        expect(card.locator("[data-verdict=yes] .verdict-count")).to_have_text("1")
    write(his.locator("conversation-window"), "and on it goes")
    expect(said(hers.locator("conversation-window"), "and on it goes")).to_be_visible()
