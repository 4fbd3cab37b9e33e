"""Every kind of page passes axe, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from messaging.deciding import decide, give_verdict
from pinboard.pins.models import Draft
from tests.browser.conftest import open_talk, visit
from tests.makers import make_conversation, say

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from pinboard.people.models import Person
    from pinboard.pins.models import Pin

WIDE: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
LOOKS = {
    "wide light": {**WIDE, "color_scheme": "light"},
    "phone dark": {**PHONE, "color_scheme": "dark"},
}
OpenWindow = Callable[..., "Page"]


def complaints(page: Page) -> list[str]:
    """What axe finds serious or critical, with the elements it means."""
    found = Axe().run(page).response["violations"]
    return [
        f"{page.url}: {issue['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for issue in found
        if issue["impact"] in {"serious", "critical"}
        for node in issue["nodes"]
    ]


@pytest.mark.parametrize("look", LOOKS)
def test_the_button_that_takes_a_pin_away_can_be_read(
    open_window: OpenWindow, alice: Person, pins: list[Pin], look: str
):
    page = open_window(alice, **LOOKS[look])
    page.goto(f"/pins/{pins[0].pk}/delete/", wait_until="networkidle")
    expect(page.locator(".button.is-danger")).to_be_visible()
    found = complaints(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("look", LOOKS)
def test_a_draft_shuts_nobody_out_nor_does_the_list_of_boards(
    open_window: OpenWindow, alice: Person, pins: list[Pin], look: str
):
    """With what was saved before, and a board being typed."""
    page = open_window(alice, **LOOKS[look])
    draft = Draft.objects.create(person=alice, state=Draft.State.READY)
    for pin in pins[:3]:
        draft.offers.create(picture=pin.picture)
    page.goto(draft.get_absolute_url(), wait_until="networkidle")
    expect(page.locator(".offer-before")).to_have_count(3)
    found = complaints(page)
    page.get_by_role("combobox", name="Board").fill("id")
    expect(page.get_by_role("option").first).to_be_visible()
    found += complaints(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("look", LOOKS)
def test_no_page_shuts_anybody_out(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin], look: str
):
    talk = make_conversation(alice, bob)
    say(talk, alice, "Which one? https://example.org", pins=tuple(pins[:2]))
    say(talk, bob, "The first")
    give_verdict(actor=bob, conversation_id=talk.pk, pin_id=pins[0].pk, value="yes")
    decide(actor=bob, conversation_id=talk.pk, pin_id=pins[1].pk, reason="It is quick")
    page = open_window(bob, **LOOKS[look])
    found: list[str] = []
    for address in (
        "/",
        f"/pins/{pins[0].pk}/",
        f"/pins/{pins[0].pk}/save/",
        "/@alice/ideas/",
        "/@alice/",
        "/search/?q=pasta",
        "/messages/",
        f"/messages/{talk.pk}/",
        "/messages/new/",
        "/create/",
        "/create/bookmarklet/",
        "/pin/create/button/?url=https%3A%2F%2Fshop.example%2Flamp&media=%2Fa.jpg",
        "/notifications/",
    ):
        page.goto(address, wait_until="networkidle")
        found += complaints(page)
    visitor = open_window(None, **LOOKS[look])
    for address in ("/", "/accounts/login/", "/accounts/signup/"):
        visitor.goto(address, wait_until="networkidle")
        found += complaints(visitor)
    assert not found, "\n".join(found)


def test_the_dock_and_the_tray_shut_nobody_out(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    say(make_conversation(alice, bob), alice, pins=tuple(pins[:2]))
    page = open_window(bob, **WIDE)
    page.goto("/", wait_until="networkidle")
    open_talk(page, "Alice").locator(".message-pin").first.wait_for()
    page.locator("pin-card").first.hover()
    page.get_by_role("button", name="Conversations").click()
    page.locator("#tray .tray-new").wait_for()
    found = complaints(page)
    assert not found, "\n".join(found)


def test_who_said_something_is_heard_also_where_only_face_and_side_tell(
    open_window: OpenWindow, alice: Person, bob: Person
):
    talk = make_conversation(alice, bob)
    for sender, text in ((bob, "First"), (bob, "Second"), (alice, "Mine")):
        say(talk, sender, text)
    page = open_window(alice)
    page.goto(f"/messages/{talk.pk}/")
    page.locator("#page conversation-window:defined .is-mine").wait_for()
    first, second, mine = (page.locator(".message").nth(at).aria_snapshot() for at in range(3))
    assert 'link "Bob"' in first
    assert "Bob:" not in first
    assert "Bob:" in second
    assert "Alice:" in mine


def test_words_run_the_way_of_their_letters(open_window: OpenWindow, alice: Person, bob: Person):
    conversation = make_conversation(alice, bob)
    say(conversation, bob, "שלום!\nHello.")
    page = open_window(alice)
    page.goto(f"/messages/{conversation.pk}/")
    # The sign at the end of a Hebrew line stands at its left.
    where = """(words) => [...words.firstChild.data].map((_, at) => {
      const range = document.createRange();
      range.setStart(words.firstChild, at);
      range.setEnd(words.firstChild, at + 1);
      return range.getBoundingClientRect().left;
    })"""
    places = page.locator(".message-text").evaluate(where)
    assert places[4] < places[0], "the sign stands where a line from left to right would end"
    assert places[6] < places[10], "English runs from left to right"


def test_what_is_pressed_shows_in_the_readers_own_colours(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    conversation = make_conversation(alice, bob)
    say(conversation, bob, pins=(pins[0],))
    page = open_window(alice, forced_colors="active")
    visit(page, f"/messages/{conversation.pk}/")
    verdict = page.locator("[data-verdict=yes]")
    expect(verdict).not_to_have_css("outline-style", "solid")
    verdict.click()
    page.locator("#page h1").focus()
    expect(verdict).to_have_css("outline-style", "solid")
