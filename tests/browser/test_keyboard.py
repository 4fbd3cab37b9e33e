"""No mouse at all: send a pin, write, judge, fold and close; the focus is never lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.conftest import card_of, said, visit
from tests.makers import make_conversation, say

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from pinboard.people.models import Person
    from pinboard.pins.models import Pin

OpenWindow = Callable[..., "Page"]


def test_a_pin_is_sent_written_about_and_judged_by_keyboard(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    page = open_window(alice)
    visit(page, "/")
    title = card_of(page, pins[0]).locator(".pin-card-title a")
    title.focus()
    page.keyboard.press("s")
    expect(page.locator("#tray-find")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#tray")).to_be_hidden()
    expect(title).to_be_focused()

    page.keyboard.press("s")
    expect(page.locator("#tray-find")).to_be_focused()
    page.keyboard.type("bo")
    expect(page.locator("#tray .tray-row")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#tray .tray-row", has_text="Bob")).to_be_focused()
    page.keyboard.press("Enter")
    talk = page.locator("#dock conversation-window", has_text="Bob")
    expect(talk.locator(".composer-pin")).to_have_count(1)
    expect(talk.locator("textarea[data-text]")).to_be_focused()
    page.keyboard.type("First line")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("second line")
    page.keyboard.press("Enter")
    message = said(talk, "First line")
    expect(message.locator(".message-text")).to_have_text("First line\nsecond line")

    maybe = message.get_by_role("button", name="Maybe")
    maybe.focus()
    page.keyboard.press("Space")
    expect(maybe).to_have_attribute("aria-pressed", "true")
    # The message is drawn anew when the verdict comes back; the keyboard stays where it was.
    expect(message.locator("[data-verdict=maybe] .verdict-count")).to_have_text("1")
    expect(message).to_contain_text("Still to answer: Bob")
    expect(message.get_by_role("button", name="Maybe")).to_be_focused()
    page.keyboard.press("Space")
    expect(message.locator("[data-verdict=maybe]")).to_have_attribute("aria-pressed", "false")

    talk.locator("textarea[data-text]").focus()
    page.keyboard.press("Escape")
    face = page.locator(".dock-face").get_by_role("button", name="Bob", exact=True)
    expect(face).to_be_focused()
    page.keyboard.press("Enter")
    expect(talk.locator("textarea[data-text]")).to_be_focused()


def test_enter_opens_the_closest_to_what_was_typed_into_the_tray(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    page = open_window(alice)
    visit(page, "/")
    page.get_by_role("button", name="Conversations").click()
    expect(page.locator("#tray-find")).to_be_focused()
    page.keyboard.type("bo")
    page.keyboard.press("Enter")  # sooner than the answer
    talk = page.locator("#dock conversation-window", has_text="Bob")
    expect(talk.locator("textarea[data-text]")).to_be_focused()


def test_the_send_button_is_a_menu_that_gives_the_focus_back(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    page = open_window(alice)
    visit(page, f"/pins/{pins[0].pk}/")
    button = page.get_by_role("link", name="Send to someone")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#tray-find")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#tray .tray-new")).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_favourite_and_save_answer_to_the_keyboard_in_a_message(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    conversation = make_conversation(alice, bob)
    say(conversation, alice, pins=(pins[0],))
    page = open_window(bob)
    visit(page, f"/messages/{conversation.pk}/")
    heart = page.locator(".message-pin [data-act=favourite]")
    heart.focus()
    page.keyboard.press("Space")
    expect(heart).to_have_attribute("aria-pressed", "true")
    page.locator(".message-pin [data-act=save]").focus()
    page.keyboard.press("Enter")
    # Bob has no board yet, so the menu asks for one.
    field = page.locator("#save-menu [name=new_board]")
    expect(field).to_be_focused()
    page.keyboard.type("Kitchen")
    page.keyboard.press("Enter")
    expect(page.locator(".message-pin [data-act=save]")).to_have_text("Saved")


def test_what_one_does_with_a_message_never_loses_the_keyboard(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    talk = make_conversation(alice, bob)
    say(talk, alice, "This one", pins=(pins[0],))
    say(talk, alice, "Not this")
    page = open_window(alice)
    visit(page, f"/messages/{talk.pk}/")
    window = page.locator("#page conversation-window")
    decide, reopen = window.locator(".verdicts-decide summary"), window.locator(".verdicts-reopen")
    decide.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(window.locator(".verdicts-decide")).not_to_have_attribute("open", "")
    expect(decide).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("It fits")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(reopen).to_be_focused()
    page.keyboard.press("Enter")
    expect(decide).to_be_focused()

    message = window.locator(".message", has_text="Not this")
    message.locator(".message-more").focus()
    page.keyboard.press("Enter")
    expect(window.locator("[data-menu]")).to_be_visible()
    page.keyboard.press("Enter")
    chip = message.locator(".reaction")
    expect(chip).to_have_attribute("aria-pressed", "true")
    chip.focus()
    page.keyboard.press("Enter")
    expect(chip).to_have_count(0)
    expect(message.locator(".message-more")).to_be_focused()
    page.keyboard.press("Enter")
    expect(window.locator("[data-menu]")).to_be_visible()
    window.locator("[data-menu] [data-act=unsay]").press("Enter")
    expect(window.locator(".message-line.is-removed")).to_be_focused()


def test_menus_dialogs_and_notices_give_the_keyboard_back(
    open_window: OpenWindow, alice: Person, bob: Person, charlie: Person, pins: list[Pin]
):
    talk = make_conversation(alice, bob)
    say(talk, bob, "Hello", pins=(pins[0], pins[1]))
    say(make_conversation(alice, charlie), charlie, "Hello")
    page = open_window(alice)
    visit(page, f"/messages/{talk.pk}/")
    window = page.locator("#page conversation-window")
    about, add = window.get_by_label("About this conversation"), window.get_by_label("Add to the")
    about.press("Enter")
    window.get_by_role("button", name="Mute").press("Enter")
    expect(about).to_be_focused()
    page.locator(".toast").get_by_role("button", name="Close").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".toast")).to_have_count(0)
    expect(about).to_be_focused()
    add.press("Enter")
    window.get_by_role("link", name="Ask with a poll").press("Enter")
    expect(page.get_by_label("What do you want to know?")).to_be_focused()
    page.keyboard.press("Escape")
    expect(add).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("Hello")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(said(window, "Hello").last).to_be_visible()
    expect(window.locator("textarea[data-text]")).to_be_focused()

    visit(page, "/messages/")
    page.locator("conversation-list:defined").wait_for()
    menu = page.get_by_label("More about Bob")
    menu.press("Enter")
    page.get_by_role("button", name="Unmute").press("Enter")
    expect(page.locator(".row-muted")).to_have_count(0)
    expect(menu).to_be_focused()
    menu.press("Enter")
    page.locator(".row-menu[open]").get_by_role("button", name="Archive").press("Enter")
    expect(page.locator(".conversation-row")).to_have_count(1)
    expect(page.get_by_label("More about Charlie")).to_be_focused()
