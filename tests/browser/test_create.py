"""Files become pins, also when some of them are no pictures, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from pinboard.pins.models import Draft, Pin
from tests.browser.conftest import choose_board, draw, visit
from tests.makers import make_board

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

    from pinboard.people.models import Person

OpenWindow = Callable[..., "Page"]
GOOD: FilePayload = {"name": "good.jpg", "mimeType": "image/jpeg", "buffer": draw(4, (600, 500))}
MORE: FilePayload = {"name": "more.jpg", "mimeType": "image/jpeg", "buffer": draw(5, (500, 600))}
BAD: FilePayload = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"not a picture"}


def pin_it(page: Page) -> None:
    page.get_by_role("button", name="Pin it", exact=True).last.click()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_bad_file_beside_a_good_one_does_not_cost_the_good_one(
    open_window: OpenWindow, transactional_db: None, alice: Person, scripts: bool
):
    make_board(alice, "Ideas")
    page = open_window(alice, java_script_enabled=scripts)
    page.goto("/create/")
    page.locator("input[type=file]").set_input_files([GOOD, BAD])
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("notes.txt:")).to_be_visible()
    page.get_by_label("Title").fill("A green circle")
    choose_board(page, "Ideas")
    pin_it(page)
    expect(page.locator("#page h1")).to_have_text("A green circle")
    assert [pin.title for pin in Pin.objects.all()] == ["A green circle"]


@pytest.mark.parametrize("scripts", [True, False])
def test_files_chosen_but_not_added_are_shown_before_anything_is_pinned(
    open_window: OpenWindow, transactional_db: None, alice: Person, scripts: bool
):
    make_board(alice, "Ideas")
    page = open_window(alice, java_script_enabled=scripts)
    page.goto("/create/")
    page.locator("input[type=file]").set_input_files([GOOD])
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Title").fill("First")
    choose_board(page, "Ideas")
    page.get_by_text("Add more pictures").click()
    page.locator("input[type=file]").set_input_files([MORE])
    pin_it(page)
    expect(page.locator(".offer")).to_have_count(2)
    expect(page.get_by_label("Title").first).to_have_value("First")
    assert not Pin.objects.exists()
    page.get_by_label("Title").last.fill("Second")
    pin_it(page)
    expect(page.locator("#page h1")).to_have_text("Ideas")
    assert {pin.title for pin in Pin.objects.all()} == {"First", "Second"}


def test_a_page_that_was_read_takes_the_focus_unless_one_writes_elsewhere(
    open_window: OpenWindow, transactional_db: None, alice: Person
):
    drafts = [
        Draft.objects.create(
            person=alice,
            link="https://example.com/lamps",
            state=Draft.State.READING,
            retry_at=timezone.now() + timedelta(hours=1),
        )
        for _ in range(2)
    ]
    page = open_window(alice)
    for draft in drafts:
        visit(page, draft.get_absolute_url())
        heading, field = (
            page.locator("#page h1"),
            page.locator("[data-shell-search] [name=q]").first,
        )
        expect(heading).to_have_text("Reading the page…")
        (heading if draft == drafts[0] else field).focus()
        Draft.objects.filter(pk=draft.pk).update(state=Draft.State.READY)
        expect(heading).to_have_text("Which pictures?")
        expect(heading if draft == drafts[0] else field).to_be_focused()
