"""On a slow line the page is there before its scripts: what is pressed then does its work."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from messaging.models import Member
from tests.makers import make_conversation, make_pin, say

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from pinboard.people.models import Person

OpenWindow = Callable[..., "Page"]
ELEMENT = "**/conversation-window*.js"


def visit_in_vain(page: Page, address: str) -> None:
    """Go there; the script of conversations is asked for and does not come."""
    page.route(ELEMENT, lambda _: None)
    page.goto(address)
    page.locator("pin-tray:defined").wait_for(state="attached")


def test_a_verdict_pressed_before_the_script_came_is_given(
    open_window: OpenWindow, alice: Person, bob: Person
):
    talk, pin = make_conversation(alice, bob), make_pin(alice)
    say(talk, alice, "look", pins=(pin,))
    page = open_window(bob)
    visit_in_vain(page, f"/messages/{talk.pk}/")
    page.get_by_role("button", name="Yes").click()
    expect(page.locator("[data-verdict=yes] .verdict-count")).to_have_text("1")


def test_somebody_is_taken_out_of_a_group_before_the_script_came(
    open_window: OpenWindow, alice: Person, bob: Person, charlie: Person
):
    group = make_conversation(alice, bob, charlie, is_group=True)
    page = open_window(alice)
    visit_in_vain(page, f"/messages/{group.pk}/")
    page.get_by_label("About this conversation").click()
    page.get_by_role("link", name="Remove Charlie").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Alice removed Charlie")).to_be_visible()
    assert not Member.objects.filter(person=charlie, left__isnull=True).exists()
