"""What the server has to say after a deed: a toast, or words above the page without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.conftest import card_of, visit
from tests.makers import make_picture, make_pin

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from pinboard.people.models import Person

OpenWindow = Callable[..., "Page"]


def test_a_new_name_is_said_to_be_saved_and_stands_in_the_bar(
    open_window: OpenWindow, alice: Person
):
    page = open_window(alice)
    visit(page, "/me/")
    page.locator("[name=display_name]").fill("Alicia")
    page.get_by_role("button", name="Save changes").click()
    expect(page.locator(".toast")).to_contain_text("Saved.")
    expect(page.locator(".topbar .me-menu summary")).to_have_attribute("aria-label", "You: Alicia")
    expect(page.locator(".notices")).to_have_count(0)
    page.locator(".toast").get_by_role("button", name="Close").click()
    expect(page.locator(".toast")).to_have_count(0)


def test_a_deleted_pin_is_said_to_be_gone(open_window: OpenWindow, alice: Person):
    pin = make_pin(alice)
    page = open_window(alice)
    visit(page, f"/pins/{pin.pk}/edit/")
    page.get_by_text("Delete this pin").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.locator(".toast")).to_contain_text("The pin is deleted.")


def test_the_same_words_stand_on_the_page_without_scripts(open_window: OpenWindow, alice: Person):
    page = open_window(alice, java_script_enabled=False)
    page.goto("/me/")
    page.get_by_role("button", name="Save changes").click()
    expect(page.locator("#page .notice")).to_have_text("Saved.")


def test_a_very_tall_picture_is_cut_to_a_card_one_can_look_at(
    open_window: OpenWindow, alice: Person
):
    tall = make_pin(alice, "A long stair", picture=make_picture(width=200, height=2000))
    page = open_window(alice)
    visit(page, "/")
    box = card_of(page, tall).locator("img").bounding_box()
    assert box
    assert abs(box["height"] / box["width"] - 2.2) < 0.01
