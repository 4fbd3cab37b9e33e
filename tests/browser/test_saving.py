"""Saving from a card: where it goes is said, and every save can be taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from pinboard.pins.models import Save
from pinboard.pins.saving import save_to_board
from tests.browser.conftest import card_of, visit
from tests.makers import make_board

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from pinboard.people.models import Person
    from pinboard.pins.models import Pin

OpenWindow = Callable[..., "Page"]


def test_a_save_is_taken_back_and_put_back_in_the_menu(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    board = make_board(bob, "Kitchen")
    save_to_board(actor=bob, pin=pins[0], board=board, note="For Sunday")
    page = open_window(bob)
    visit(page, "/")
    save = card_of(page, pins[0]).locator("[data-act=save]")
    card_of(page, pins[0]).hover()
    save.click()
    menu = page.locator("#save-menu")
    expect(menu.get_by_label("Why are you saving this?")).to_have_value("For Sunday")
    menu.get_by_role("button", name="Kitchen").first.click()
    expect(page.locator(".toast")).to_contain_text("Taken off Kitchen")
    expect(save).to_have_text("Save")
    assert not Save.objects.filter(saver=bob).exists()
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(save).to_have_text("Saved")
    assert Save.objects.get(saver=bob).note == "For Sunday"


def test_a_save_through_the_menu_can_be_undone(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    make_board(bob, "Kitchen")
    page = open_window(bob)
    visit(page, "/")
    card_of(page, pins[0]).hover()
    card_of(page, pins[0]).get_by_role("button", name="Choose a board").click()
    page.locator("#save-menu").get_by_role("button", name="Kitchen").click()
    save = card_of(page, pins[0]).locator("[data-act=save]")
    expect(save).to_have_text("Saved")
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(save).to_have_text("Save")
    assert not Save.objects.filter(saver=bob).exists()


def test_a_new_board_made_in_place_is_one_however_often_it_is_pressed(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    make_board(bob, "Kitchen")
    page = open_window(bob)
    visit(page, "/")
    card_of(page, pins[0]).hover()
    save = card_of(page, pins[0]).locator("[data-act=save]")
    save.click()
    page.locator(".toast").get_by_role("button", name="Another board").click()
    menu = page.locator("#save-menu")
    menu.get_by_text("New board").click()
    expect(menu.get_by_label("Name")).to_be_focused()
    menu.get_by_label("Name").fill("Lamps")
    expect(menu.get_by_role("button", name="Make it and save")).to_be_in_viewport(ratio=1)
    menu.get_by_role("button", name="Make it and save").dblclick()
    expect(page.locator(".toast")).to_contain_text("Saved to Lamps")
    boards = Save.objects.filter(saver=bob).values_list("board__name", flat=True)
    assert sorted(boards) == ["Kitchen", "Lamps"]


def test_a_menu_that_comes_late_never_belongs_to_another_pin(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    save_to_board(actor=bob, pin=pins[0], board=make_board(bob, "Kitchen"))
    save_to_board(actor=bob, pin=pins[1], board=make_board(bob, "Bath"))
    page = open_window(bob)
    visit(page, "/")
    held: list[Route] = []
    page.route(re.compile(rf"/pins/{pins[0].pk}/save/"), lambda route: held.append(route))
    for pin in pins[:2]:
        card_of(page, pin).hover()
        card_of(page, pin).locator("[data-act=save]").click()
    menu = page.locator(f'#save-menu [data-save="{pins[1].pk}"]')
    expect(menu).to_be_visible()
    with page.expect_response(re.compile(rf"/pins/{pins[0].pk}/save/")):
        held[0].continue_()
    page.evaluate("new Promise((done) => setTimeout(done, 100))")
    expect(menu).to_be_visible()


def test_the_chooser_of_boards_is_reached_with_the_tab_key(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    make_board(bob, "Kitchen")
    page = open_window(bob)
    visit(page, "/")
    save = card_of(page, pins[0]).locator("[data-act=save]")
    save.focus()
    expect(save).to_have_attribute("aria-label", "Save to Kitchen")
    expect(save).to_have_attribute("aria-description", pins[0].title)
    page.keyboard.press("Tab")
    chooser = card_of(page, pins[0]).get_by_role("button", name="Choose a board")
    expect(chooser).to_be_focused()
    board, its_save = chooser.bounding_box(), save.bounding_box()
    assert board
    assert its_save
    assert board["x"] < its_save["x"]


def test_a_board_among_many_is_found_by_typing_and_taken_with_enter(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    for number in range(12):
        make_board(bob, f"Board {number}")
    held = make_board(bob, "Crème brûlée")
    save_to_board(actor=bob, pin=pins[0], board=held)
    page = open_window(bob)
    visit(page, "/")
    menu = page.locator("#save-menu")
    save = card_of(page, pins[0]).locator("[data-act=save]")
    card_of(page, pins[0]).hover()
    save.click()
    expect(menu.locator(".save-boards > li:visible")).to_have_count(13)
    menu.locator(".save-board").first.focus()
    page.keyboard.type("creme")
    field = menu.get_by_label("Find a board")
    expect(field).to_be_focused()
    expect(field).to_have_value("creme")
    expect(menu.locator(".save-boards > li:visible")).to_have_count(1)
    page.keyboard.press("Enter")
    assert Save.objects.filter(saver=bob, board=held).exists(), "typing its name takes nothing off"
    field.fill("board 11")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("Saved to Board 11")
    card_of(page, pins[0]).hover()
    save.click()
    field.fill("Attic")
    expect(menu.get_by_text("No board of yours is called that")).to_be_visible()
    field.press("Enter")
    expect(menu.get_by_label("Name")).to_have_value("Attic")
