"""Choosing a board by typing, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from pinboard.pins.models import Board, Pin, Save
from tests.browser.conftest import draw
from tests.makers import make_board

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Locator, Page

    from pinboard.people.models import Person

OpenWindow = Callable[..., "Page"]
FILE: FilePayload = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": draw(4, (600, 500))}


def draft(open_window: OpenWindow, alice: Person) -> tuple[Page, Locator]:
    for name in ("Garden", "Lamps and light", "Été à Paris", "Dinner"):
        make_board(alice, name)
    make_board(alice, "Lagoon", is_secret=True)
    page = open_window(alice)
    page.goto("/create/")
    page.locator("input[type=file]").set_input_files([FILE])
    page.get_by_role("button", name="Go on").click()
    page.locator("board-picker:defined").wait_for()
    field = page.get_by_role("combobox", name="Board")
    return page, field


def chosen(page: Page) -> str:
    return str(page.locator("board-picker select").evaluate("(one) => one.selectedOptions[0].text"))


def test_arrows_letters_and_enter_choose(
    open_window: OpenWindow, transactional_db: None, alice: Person
):
    page, field = draft(open_window, alice)
    options = page.get_by_role("option")
    expect(field).to_have_value("Lagoon")  # used last
    field.focus()
    field.press("ArrowDown")
    expect(options).to_have_count(5)
    field.press("Escape")
    expect(options).to_have_count(0)
    field.fill("la")
    expect(options).to_have_count(3)  # Lamps and light, Lagoon, or a new one
    field.fill("light")
    expect(page.get_by_role("option", selected=True)).to_have_text("Lamps and light")
    field.press("Enter")
    assert chosen(page) == "Lamps and light"
    expect(options).to_have_count(0)
    field.fill("ete")
    field.press("Tab")
    expect(field).to_have_value("Été à Paris")
    assert chosen(page) == "Été à Paris"
    field.press("Enter")
    page.locator(".pin-page").wait_for()
    assert Save.objects.get().board.name == "Été à Paris"


def test_a_name_that_is_no_board_becomes_one(
    open_window: OpenWindow, transactional_db: None, alice: Person
):
    page, field = draft(open_window, alice)
    field.fill("Ceramics")
    expect(page.get_by_role("option", selected=True)).to_have_text("New board “Ceramics”")
    field.press("Enter")
    page.get_by_label("Keep it secret").check()
    page.get_by_role("button", name="Pin it", exact=True).last.click()
    page.locator(".pin-page").wait_for()
    board = Board.objects.get(name="Ceramics")
    assert board.is_secret
    assert Pin.objects.get().saves.get().board == board


def test_with_a_press_and_away_again(
    open_window: OpenWindow, transactional_db: None, alice: Person
):
    page, field = draft(open_window, alice)
    field.click()
    page.get_by_role("option", name="Dinner").click()
    expect(field).to_have_value("Dinner")
    field.fill("")
    field.press("Escape")
    page.locator("h1").click()
    expect(field).to_have_value("Dinner")
    assert chosen(page) == "Dinner"
