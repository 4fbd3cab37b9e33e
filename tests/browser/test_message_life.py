"""What becomes of a message: answered, reacted to, said in other words, taken back."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from messaging.posting import post_message, words
from tests.browser.conftest import open_talk, said, visit, write
from tests.makers import make_board, make_conversation, say

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from pinboard.people.models import Person
    from pinboard.pins.models import Pin

OpenWindow = Callable[..., "Page"]
THUMB = "\N{THUMBS UP SIGN}"
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


def box(talk: Locator) -> Locator:
    return talk.locator("message-composer:defined textarea[data-text]")


def menu_of(talk: Locator, text: str) -> Locator:
    """Opened as the mouse does it."""
    words = talk.page.locator(".message-text", has_text=text)
    message = talk.locator(".message[data-message]").filter(has=words)
    message.hover()
    message.locator("[data-act=menu]").click()
    menu = talk.locator("[data-menu]")
    expect(menu).to_be_visible()
    return menu


def test_a_message_is_reacted_to_by_two_people_and_one_takes_it_back(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    say(make_conversation(alice, bob), alice, "Pasta?")
    hers, his = open_window(alice), open_window(bob)
    for page in (hers, his):
        visit(page, "/")
    her_talk, his_talk = open_talk(hers, "Bob"), open_talk(his, "Alice")
    menu_of(his_talk, "Pasta?").get_by_role("button", name=THUMB).click()
    expect(his_talk.locator("[data-menu]")).to_be_hidden()
    hers_chip = said(her_talk, "Pasta?").locator(".reaction")
    expect(hers_chip).to_have_text(re.compile(f"{THUMB}1"))
    expect(hers_chip).to_have_attribute("aria-pressed", "false")
    hers_chip.click()
    his_chip = said(his_talk, "Pasta?").locator(".reaction")
    expect(his_chip.locator("b")).to_have_text("2")
    expect(his_chip).to_have_attribute("title", "Bob, Alice")
    his_chip.click()
    expect(hers_chip.locator("b")).to_have_text("1")
    hers_chip.click()
    expect(hers_chip).to_have_count(0)
    expect(his_chip).to_have_count(0)


def test_what_one_answers_survives_a_reload_and_the_excerpt_leads_there(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    talk = make_conversation(alice, bob)
    first = say(talk, alice, "Shall we have pasta?")
    for number in range(30):
        say(talk, alice, f"Line {number}")
    page = open_window(bob)
    visit(page, f"/messages/{talk.pk}/")
    window = page.locator("#page conversation-window")
    menu_of(window, "Shall we have pasta?").get_by_role("link", name="Answer").click()
    chip = window.locator(".composer-quote")
    expect(chip).to_contain_text("Alice Shall we have pasta?")
    expect(box(window)).to_be_focused()
    page.reload()
    expect(chip).to_contain_text("Alice Shall we have pasta?")
    write(window, "Gladly")
    expect(chip).to_have_count(0)
    excerpt = said(window, "Gladly").locator("a.quote")
    expect(excerpt).to_contain_text("Alice")
    original = window.locator(f'[data-message="{first.pk}"]')
    expect(original).not_to_be_in_viewport()
    excerpt.click()
    expect(original).to_be_in_viewport()
    expect(original).to_be_focused()


def test_an_excerpt_leads_far_above_within_the_window_of_the_dock(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    talk = make_conversation(alice, bob)
    first = say(talk, alice, "Shall we have pasta?")
    for number in range(130):
        say(talk, alice, f"Line {number}")
    say(talk, bob, "Gladly", quote=first.pk)
    page = open_window(bob)
    visit(page, "/")
    window = open_talk(page, "Alice")
    original = window.locator(f'[data-message="{first.pk}"]')
    expect(original).to_have_count(0)
    said(window, "Gladly").locator("a.quote").click()
    expect(original).to_be_in_viewport()
    expect(page).to_have_url(re.compile("/$"))
    window.get_by_role("button", name="Newest messages").click()
    expect(said(window, "Gladly")).to_be_in_viewport()


def test_an_answer_that_waits_for_the_server_still_knows_what_it_answers(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    talk = make_conversation(alice, bob)
    say(talk, alice, "Pasta?")
    page = open_window(bob)
    visit(page, f"/messages/{talk.pk}/")
    window = page.locator("#page conversation-window")
    expect(box(window)).to_be_visible()
    page.route("**/post/", lambda route: route.abort())
    menu_of(window, "Pasta?").get_by_role("link", name="Answer").click()
    write(window, "Later")
    expect(window.locator(".is-unsent .quote")).to_contain_text("Pasta?")
    page.reload()
    expect(window.locator(".is-unsent .quote")).to_contain_text("Pasta?")
    page.unroute("**/post/")
    page.reload()
    expect(said(window, "Later").locator("a.quote")).to_contain_text("Pasta?")


def test_the_keyboard_edits_the_last_message_and_gives_up_and_the_draft_waits(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    say(make_conversation(alice, bob), alice, "Pizza?")
    hers, his = open_window(alice), open_window(bob)
    for page in (hers, his):
        visit(page, "/")
    her_talk, his_talk = open_talk(hers, "Bob"), open_talk(his, "Alice")
    words = box(her_talk)
    words.press("ArrowUp")
    expect(words).to_have_value("Pizza?")
    words.press("Escape")
    expect(words).to_have_value("")
    expect(her_talk).to_be_visible()  # Escape gave up the edit, not the window

    words.press("ArrowUp")
    words.fill("Pasta?")
    hers.reload()
    expect(words).to_have_value("Pasta?")
    expect(her_talk.locator(".composer-quote.is-amend")).to_be_visible()
    words.press("Enter")
    expect(said(his_talk, "Pasta?").locator(".message-edited")).to_have_text("edited")
    expect(said(his_talk, "Pizza?")).to_have_count(0)
    expect(words).to_have_value("")

    words.fill("Half a thought")
    menu_of(her_talk, "Pasta?").get_by_role("button", name="Edit").click()
    expect(words).to_have_value("Pasta?")
    words.press("Escape")
    expect(words).to_have_value("Half a thought")


def test_a_message_taken_back_is_gone_in_every_window_and_may_be_written_again(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    talk = make_conversation(alice, bob)
    message = say(talk, alice, "Oh no", pins=(pins[0],))
    say(talk, bob, "What?", quote=message.pk)
    hers, his, second = open_window(alice), open_window(bob), open_window(alice)
    for page in (hers, his, second):
        visit(page, "/")
    talks = [open_talk(hers, "Bob"), open_talk(his, "Alice"), open_talk(second, "Bob")]
    menu = menu_of(talks[1], "Oh no")
    expect(menu.get_by_role("button", name="Take back")).to_have_count(0)
    his.keyboard.press("Escape")
    expect(menu).to_be_hidden()

    menu_of(talks[0], "Oh no").get_by_role("button", name="Take back").click()
    for window in talks:
        expect(window.locator(".message-line.is-removed")).to_have_text(
            re.compile("Alice took a message back")
        )
        expect(window.locator(".message-pin")).to_have_count(0)
        expect(said(window, "What?").locator(".quote")).to_have_text(
            "A message that was taken back"
        )
        expect(window.locator("[data-messages]")).not_to_contain_text("Oh no")
    hers.get_by_role("button", name="Write it again").click()
    expect(box(talks[0])).to_have_value("Oh no")
    expect(talks[0].locator(".composer-pin")).to_have_count(1)


def test_what_was_taken_back_can_be_written_again_with_all_it_carried(
    open_window: OpenWindow, alice: Person, bob: Person
):
    talk = make_conversation(alice, bob)
    asked = say(talk, bob, "Which one?")
    board = make_board(alice, "Kitchen plans")
    post_message(
        actor=alice,
        conversation_id=talk.pk,
        client_id=uuid.uuid4(),
        said=words(text="These", quote=asked.pk, search="q=lamp&g=ochre", board=board.pk),
    )
    page = open_window(alice)
    visit(page, f"/messages/{talk.pk}/")
    window = page.locator("#page conversation-window")
    menu_of(window, "These").get_by_role("button", name="Take back").click()
    page.get_by_role("button", name="Write it again").click()
    expect(box(window)).to_have_value("These")
    box(window).press("Enter")
    again = said(window, "These")
    expect(again.locator(".quote")).to_contain_text("Which one?")
    expect(again.locator(".search-card")).to_have_attribute("href", "/search/?q=lamp&g=ochre")
    expect(again.locator(".board-card")).to_contain_text("Kitchen plans")


def test_a_finger_that_stays_opens_the_menu_and_the_keyboard_does_too(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    talk = make_conversation(alice, bob)
    say(talk, alice, "Pasta?")
    page = open_window(bob, **PHONE)
    visit(page, f"/messages/{talk.pk}/")
    window = page.locator("#page conversation-window")
    expect(box(window)).to_be_visible()
    words = said(window, "Pasta?").locator(".message-text")
    spot = words.bounding_box()
    assert spot is not None
    finger = page.context.new_cdp_session(page)
    at = [{"x": spot["x"] + 10, "y": spot["y"] + 10}]
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": at})
    menu = window.locator("[data-menu]")
    expect(menu).to_be_visible()
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    said(window, "Pasta?").locator("[data-act=menu]").focus()
    page.keyboard.press("Enter")
    expect(menu.locator("button").first).to_be_focused()
    menu.get_by_role("button", name="Another emoji").click()
    menu.get_by_label("Any emoji").fill("\N{LEMON}")
    with page.expect_response("**/react/"):
        menu.get_by_label("Any emoji").press("Enter")
    expect(said(window, "Pasta?").locator(".reaction")).to_have_text(re.compile("\N{LEMON}1"))
