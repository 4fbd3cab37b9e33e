"""Words that would be markup, as our scripts draw them: nothing runs, though nothing forbids it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from pinboard.pins.models import Draft
from tests.browser.conftest import card_of, middle, open_talk, visit, write
from tests.makers import make_board
from tests.test_markup import make_world

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from pinboard.images.models import Picture
    from pinboard.people.models import Person

OpenWindow = Callable[..., "Page"]
EVIL = "xss'\"><img src=x onerror=ran(1)><svg onload=ran(2)>"


@pytest.fixture
def ran() -> list[Any]:
    """What of EVIL has run, in any window."""
    return []


@pytest.fixture
def page(
    open_window: OpenWindow,
    alice: Person,
    bob: Person,
    charlie: Person,
    pictures: list[Picture],
    ran: list[Any],
) -> Page:
    """A window of Bob's in which every inline script would run."""
    window = open_window(bob, bypass_csp=True, viewport={"width": 1440, "height": 900})
    window.expose_function("ran", lambda which: ran.append(which))
    return window


def test_nothing_runs_that_people_wrote(
    page: Page, open_window: OpenWindow, alice: Person, bob: Person, charlie: Person, ran: list[Any]
) -> None:
    world = make_world(EVIL, alice, bob, charlie)
    board = make_board(bob, EVIL)
    draft = Draft.objects.create(person=bob, state=Draft.State.READY, title=EVIL)
    draft.offers.create(picture=world.pins[0].picture)
    two = "&".join(f"pin={pin.pk}" for pin in world.pins[:2])
    parts = ("", "shelf/", f"compare/?{two}", "group/")
    for address in (
        *("/@alice/", world.board.get_absolute_url(), "/search/?q=xss", "/messages/"),
        *("/notifications/", board.get_absolute_url(), "/search/history/"),
        *(f"/pins/{pin.pk}/" for pin in world.pins),
        *(f"/messages/{world.talk.pk}/{part}" for part in parts),
    ):
        visit(page, address)
        expect(page.locator("#page")).to_contain_text("xss")

    visit(page, "/")
    # A card being carried, its menu, and what is said of the save.
    x, y = middle(card_of(page, world.pins[0]))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 12, y + 12, steps=3)
    page.locator(".drag-ghost").wait_for()
    page.keyboard.press("Escape")
    page.mouse.up()
    card = card_of(page, world.pins[1])
    card.hover()
    card.locator("[data-act=save]").click()
    expect(page.locator(".toast")).to_contain_text("xss")

    # What is proposed while one types: searches, boards, people.
    page.locator("[data-shell-search] [name=q]").fill("xss")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    visit(page, draft.get_absolute_url())
    page.get_by_role("combobox", name="Board").fill("xss")
    expect(page.get_by_role("option").first).to_be_visible()
    visit(page, "/messages/new/")
    page.get_by_role("combobox").last.fill("xss")
    expect(page.get_by_role("option").first).to_be_visible()

    # A window of the dock, and what comes into it over the socket.
    visit(page, "/")
    window = open_talk(page, "xss")
    hers = open_window(alice)
    visit(hers, f"/messages/{world.talk.pk}/")
    before = window.locator(".message[data-message]").count()
    write(hers.locator("#page conversation-window"), EVIL)
    expect(window.locator(".message[data-message]")).to_have_count(before + 1)
    write(window, EVIL)
    expect(window.locator(".message[data-message]")).to_have_count(before + 2)
    assert ran == []

    # It would have been noticed.
    page.evaluate("(html) => document.body.insertAdjacentHTML('beforeend', html)", EVIL)
    page.wait_for_timeout(500)
    assert ran
