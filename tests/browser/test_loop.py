"""The main job: two people, two windows, one pin dragged, talked about, judged and kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.conftest import card_of, drag, middle, open_talk, said, visit, write
from tests.makers import make_board, make_conversation, say

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from pinboard.people.models import Person
    from pinboard.pins.models import Pin

OpenWindow = Callable[..., "Page"]


def test_a_pin_dragged_into_a_conversation_is_seen_kept_and_judged_by_the_other(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    make_board(bob, "Kitchen")
    make_conversation(alice, bob)
    hers, his = open_window(alice), open_window(bob)
    lines: list[str] = []
    his.on("websocket", lambda line: lines.append(line.url))
    for page in (hers, his):
        visit(page, "/")
    her_talk, his_talk = open_talk(hers, "Bob"), open_talk(his, "Alice")
    assert [line for line in lines if line.endswith("/live/")]
    # From here on nothing but the socket can bring Bob a message.
    his.route(re.compile(r"/changes/|/window/"), lambda route: route.abort())

    pin = pins[2]
    drag(hers, card_of(hers, pin).locator("img"), lambda: her_talk.locator("[data-scroll]"))
    expect(her_talk.locator(".composer-pin")).to_have_count(1)
    her_talk.locator("textarea[data-text]").press_sequentially("Shall we cook this?")
    her_talk.locator("textarea[data-text]").press("Enter")

    shared = his_talk.locator(f'.message-pin[data-shared="{pin.pk}"]')
    expect(shared).to_be_visible()
    expect(said(his_talk, "Shall we cook this?")).to_be_visible()
    expect(shared.locator(".shared-pin-source")).to_have_attribute("href", f"/pins/{pin.pk}/visit/")
    expect(said(her_talk, "Shall we cook this?")).to_have_class(re.compile("is-mine"))

    shared.get_by_role("link", name="Save").click()
    expect(shared.locator("[data-act=save]")).to_have_text("Saved")
    expect(card_of(his, pin).locator("[data-act=save]")).to_have_text("Saved")
    shared.get_by_role("button", name="Favourite").click()
    expect(card_of(his, pin).locator("[data-act=favourite]")).to_have_attribute(
        "aria-pressed", "true"
    )
    shared.get_by_role("button", name="Yes").click()
    expect(shared.get_by_role("button", name="Yes")).to_have_attribute("aria-pressed", "true")

    hers_shared = her_talk.locator(f'.message-pin[data-shared="{pin.pk}"]')
    expect(hers_shared.locator("[data-verdict=yes] .verdict-count")).to_have_text("1")
    expect(hers_shared.locator("[data-verdict=yes]")).to_have_attribute("aria-pressed", "false")
    expect(hers_shared).to_contain_text("Still to answer: Alice")

    visit(his, "/favourites/")
    expect(card_of(his, pin)).to_be_visible()
    visit(his, "/@bob/kitchen/")
    expect(card_of(his, pin)).to_be_visible()


def test_several_pins_are_gathered_and_sent_together(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    page = open_window(alice)
    visit(page, "/")
    talk = open_talk(page, "Bob")
    for pin in pins[:3]:
        drag(page, card_of(page, pin).locator("img"), lambda: talk.locator("message-composer"))
    expect(talk.locator(".composer-pin")).to_have_count(3)
    talk.get_by_role("button", name="Take Lemon pasta away").or_(
        talk.locator(f'.composer-pin[data-pin="{pins[1].pk}"] button')
    ).first.click()
    expect(talk.locator(".composer-pin")).to_have_count(2)
    talk.get_by_role("button", name="Send", exact=True).click()
    expect(talk.locator(".message[data-message] .message-pin")).to_have_count(2)


def test_a_press_right_after_a_drop_counts(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    page = open_window(alice)
    visit(page, "/")
    talk = open_talk(page, "Bob")
    for pin in pins[:2]:
        drag(page, card_of(page, pin).locator("img"), lambda: talk.locator("message-composer"))
    first = middle(talk.locator(f'.composer-pin[data-pin="{pins[0].pk}"] button'))
    drag(page, card_of(page, pins[2]).locator("img"), lambda: talk.locator("message-composer"))
    page.mouse.click(*first)
    expect(talk.locator(".composer-pin")).to_have_count(2)


def test_chosen_pins_go_together_by_one_drag_or_one_press(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    page = open_window(alice)
    visit(page, "/")
    talk = open_talk(page, "Bob")
    for pin in pins[:2]:
        card_of(page, pin).locator("img").click(modifiers=["Shift"])
    card_of(page, pins[2]).locator(".pin-card-title a").focus()
    page.keyboard.press("x")
    expect(page.get_by_text("3 pins chosen")).to_be_visible()
    drag(page, card_of(page, pins[1]).locator("img"), lambda: talk.locator("message-composer"))
    expect(talk.locator(".composer-pin")).to_have_count(3)
    expect(page.locator(".choice-bar")).to_be_hidden()

    for pin in pins[3:5]:
        card_of(page, pin).locator(".pin-card-title a").focus()
        page.keyboard.press("x")
    expect(page.get_by_text("2 pins chosen")).to_be_visible()
    page.locator(".choice-bar").get_by_role("button", name="Send").click()
    page.locator("#tray .tray-row", has_text="Bob").first.click()
    expect(talk.locator(".composer-pin")).to_have_count(5)


def test_a_pin_dropped_on_somebody_in_the_tray_starts_the_talk_of_two(
    open_window: OpenWindow, alice: Person, charlie: Person, pins: list[Pin]
):
    page = open_window(alice)
    visit(page, "/")
    drag(
        page,
        card_of(page, pins[0]).locator("img"),
        lambda: page.locator("#tray .tray-row", has_text="Charlie"),
    )
    talk = page.locator("#dock conversation-window", has_text="Charlie")
    expect(talk.locator(f'.composer-pin[data-pin="{pins[0].pk}"]')).to_be_visible()
    expect(page.locator("#tray")).to_be_hidden()


def test_escape_lets_go_of_a_dragged_pin_and_a_drag_opens_nothing(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    page = open_window(alice)
    visit(page, "/")
    talk = open_talk(page, "Bob")
    picture = card_of(page, pins[0]).locator("img")
    box = picture.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 80, box["y"] + 80, steps=4)
    expect(page.locator(".drag-ghost")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".drag-ghost")).to_have_count(0)
    page.mouse.up()
    drag(page, picture, lambda: page.locator(".topbar-mark"))
    expect(talk.locator(".composer-pin")).to_have_count(0)
    assert page.url.endswith("/"), "letting go of a pin followed its link"


def test_unread_counts_agree_everywhere_and_end_with_reading(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    conversation = make_conversation(alice, bob)
    say(conversation, alice, "Are you there?")
    first = open_window(bob)
    visit(first, "/")
    second = first.context.new_page()
    visit(second, "/messages/")
    for page in (first, second):
        expect(page.locator(".topbar [data-badge=messages]")).to_have_text(re.compile("^1"))
    expect(second.locator(".conversation-row [data-unread]")).to_have_text(re.compile("^1"))

    hers = open_window(alice)
    visit(hers, f"/messages/{conversation.pk}/")
    write(hers.locator("#page conversation-window"), "Hello?")
    expect(second.locator(".conversation-row [data-unread]")).to_have_text(re.compile("^2"))
    expect(second.locator(".conversation-row")).to_contain_text("Hello?")
    expect(first.locator(".dock-launcher [data-badge=messages]")).to_have_text(re.compile("^2"))

    open_talk(first, "Alice")
    for page in (first, second):
        expect(page.locator(".topbar [data-badge=messages]")).to_be_hidden()
    expect(second.locator(".conversation-row [data-unread]")).to_be_hidden()


def test_the_dock_stays_while_one_browses_and_after_a_reload(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    page = open_window(alice)
    visit(page, "/")
    talk = open_talk(page, "Bob")
    talk.locator("textarea[data-text]").fill("half a thought")
    page.evaluate("document.querySelector('#dock conversation-window').kept = true")
    card_of(page, pins[1]).locator(".pin-card-title a").click()
    expect(page.locator("#page h1")).to_have_text(pins[1].title)
    assert page.evaluate("document.querySelector('#dock conversation-window').kept"), "rebuilt"
    expect(talk.locator("textarea[data-text]")).to_have_value("half a thought")

    page.reload()
    expect(talk.locator("textarea[data-text]")).to_have_value("half a thought")
    talk.get_by_role("button", name="Fold away").click()
    expect(page.locator("#dock conversation-window")).to_have_count(0)
    page.locator(".dock-face").get_by_role("button", name="Bob", exact=True).click()
    expect(talk.locator("textarea[data-text]")).to_have_value("half a thought")


def test_open_windows_make_way_for_a_conversation_that_fills_the_page(
    open_window: OpenWindow, alice: Person, bob: Person, charlie: Person
):
    say(make_conversation(alice, bob), bob, "one")
    page = open_window(alice)
    page.set_viewport_size({"width": 1440, "height": 900})
    full = make_conversation(alice, charlie)
    say(full, charlie, "two")
    visit(page, "/")
    talk = open_talk(page, "Bob")
    talk.locator("textarea[data-text]").fill("half a thought")
    page.get_by_role("link", name="Messages").first.click()
    expect(talk).to_be_visible()
    page.locator(f'.conversation-row[data-conversation="{full.pk}"] > a').click()
    expect(page.locator("#page conversation-window")).to_be_visible()
    expect(page.locator("#dock conversation-window")).to_be_hidden()
    page.locator(".dock-face").get_by_role("button", name="Bob", exact=True).click()
    here = page.locator("#page conversation-window", has_text="one")
    expect(here.locator("textarea[data-text]")).to_have_value("half a thought")
    page.locator(".topbar").get_by_role("link", name="Home", exact=True).click()
    expect(talk.locator("textarea[data-text]")).to_have_value("half a thought")


def test_a_decision_is_made_and_taken_back_in_the_conversation(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    conversation = make_conversation(alice, bob)
    say(conversation, alice, pins=(pins[0],))
    hers, his = open_window(alice), open_window(bob)
    for page in (hers, his):
        visit(page, f"/messages/{conversation.pk}/")
    his.get_by_text("Decide", exact=True).first.click()
    his.get_by_placeholder("Why?").fill("It is quick")
    his.get_by_role("button", name="Decide").click()
    expect(hers.locator(".verdicts-decided")).to_contain_text("Decided by Bob: It is quick")
    expect(hers.locator(".message-line")).to_contain_text("Bob decided on")
    hers.get_by_role("button", name="Open it again").click()
    expect(his.locator(".verdicts-decided")).to_have_count(0)


def test_a_profile_begins_the_talk_of_two_in_the_dock(
    open_window: OpenWindow, alice: Person, bob: Person
):
    page = open_window(alice)
    visit(page, "/@bob/")
    page.get_by_role("link", name="Message", exact=True).click()
    talk = page.locator("#dock conversation-window", has_text="Bob")
    expect(talk.locator("textarea[data-text]")).to_be_focused()
    assert page.url.endswith("/@bob/")


def test_messages_of_both_stand_in_one_order_with_days_and_names(
    open_window: OpenWindow, alice: Person, bob: Person
):
    conversation = make_conversation(alice, bob)
    hers, his = open_window(alice), open_window(bob)
    for page in (hers, his):
        visit(page, f"/messages/{conversation.pk}/")
    for number in range(3):
        for page in (hers, his):
            write(page.locator("#page conversation-window"), f"line {number}")
            for other in (hers, his):
                texts = other.locator(".message[data-message] .message-text")
                expect(texts).to_have_count(number * 2 + (1 if page is hers else 2))
    for page in (hers, his):
        expect(page.locator(".message[data-message] .message-text")).to_have_text(
            [f"line {number}" for number in range(3) for _ in range(2)]
        )
        expect(page.locator(".message-day")).to_have_text(["Today"])
        expect(page.locator(".message.is-mine")).to_have_count(3)
    expect(his.locator(".message:not(.is-mine) .message-sender").first).to_have_text("Alice")


def test_a_search_is_planned_together_and_lies_in_the_conversation_as_a_card(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    page = open_window(alice)
    visit(page, "/search/?q=pasta")
    page.get_by_role("link", name="Plan this together").click()
    page.locator("#tray .tray-row", has_text="Bob").click()
    talk = page.locator("#dock conversation-window", has_text="Bob")
    expect(talk.locator(".composer-search")).to_have_text("pasta")
    expect(talk.locator(".message[data-message]")).to_have_count(0)
    talk.get_by_role("button", name="Send", exact=True).click()
    expect(talk.locator(".composer-search")).to_have_count(0)
    card = talk.locator(".message[data-message] .search-card")
    expect(card).to_have_attribute("href", "/search/?q=pasta")
    expect(card.locator("img").first).to_be_visible()
    visit(page, "/")
    card.click()
    expect(page.locator("#page h1")).to_have_text("Search: pasta")
    expect(talk).to_be_visible()
