"""Read marks, typing's quiet end, blocks, mute and archive, as two people see them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from messaging.joining import start_conversation
from messaging.reporting import report_message
from tests.browser.conftest import open_talk, said, visit, write
from tests.browser.test_for_everyone import LOOKS, complaints
from tests.makers import make_conversation, make_keeper, say

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from pinboard.people.models import Person

OpenWindow = Callable[..., "Page"]


def test_the_face_of_who_has_read_wanders_down_live_and_redraws_nothing(
    open_window: OpenWindow, alice: Person, bob: Person
):
    talk = make_conversation(alice, bob)
    say(talk, alice, "First")
    hers, his = open_window(alice), open_window(bob)
    visit(hers, f"/messages/{talk.pk}/")
    expect(said(hers.locator("#page"), "First")).to_be_visible()
    expect(hers.locator(".message-seen")).to_have_count(0)
    said(hers.locator("#page"), "First").evaluate("(message) => { message.isTheSame = true; }")
    visit(his, f"/messages/{talk.pk}/")
    seen = said(hers.locator("#page"), "First").locator(".message-seen")
    expect(seen).to_have_attribute("title", "Seen by Bob")
    assert said(hers.locator("#page"), "First").evaluate("(message) => message.isTheSame")
    write(hers.locator("#page conversation-window"), "Second")
    expect(said(his.locator("#page"), "Second")).to_be_visible()
    expect(said(hers.locator("#page"), "Second").locator(".message-seen")).to_have_count(1)
    expect(hers.locator(".message-seen")).to_have_count(1)


def test_a_block_closes_both_windows_at_once_and_unblocking_opens_them(
    open_window: OpenWindow, alice: Person, bob: Person
):
    talk = make_conversation(alice, bob)
    say(talk, alice, "Hello")
    hers, his = open_window(alice), open_window(bob)
    for page in (hers, his):
        visit(page, f"/messages/{talk.pk}/")
        expect(page.locator("#page message-composer")).to_be_visible()
    his.locator("#page message-composer textarea").fill("Half a thought")
    hers.evaluate(
        """() => fetch("/@bob/block/", {
            method: "POST",
            headers: {"X-CSRFToken": document.documentElement.dataset.csrf},
        })"""
    )
    expect(hers.locator("#page .composer-closed")).to_contain_text("You blocked this person")
    expect(his.locator("#page .composer-closed")).to_contain_text("no longer write to each other")
    expect(his.locator("#page message-composer")).to_have_count(0)
    hers.get_by_role("button", name="Unblock").click()
    for page in (hers, his):
        expect(page.locator("#page message-composer")).to_be_visible()
    expect(his.locator("#page message-composer textarea")).to_have_value("Half a thought")


def test_archiving_from_the_list_by_keyboard_is_undone_with_one_press(
    open_window: OpenWindow, alice: Person, bob: Person
):
    talk = make_conversation(alice, bob)
    say(talk, bob, "Hello")
    page = open_window(alice)
    visit(page, "/messages/")
    row = page.locator(f'.conversation-row[data-conversation="{talk.pk}"]')
    menu = row.get_by_label("More about Bob")
    page.locator("conversation-list:defined").wait_for()
    menu.press("Enter")
    row.get_by_role("button", name="Mute").press("Enter")
    expect(row.locator(".row-muted")).to_have_count(1)
    menu.press("Enter")
    row.get_by_role("button", name="Archive").press("Enter")
    expect(row).to_have_count(0)
    page.get_by_role("button", name="Undo").press("Enter")
    expect(row.locator(".row-muted")).to_have_count(1)


def test_a_conversation_archived_in_its_window_closes_it(
    open_window: OpenWindow, alice: Person, bob: Person
):
    say(make_conversation(alice, bob), bob, "Hello")
    page = open_window(alice)
    visit(page, "/")
    talk = open_talk(page, "Bob")
    talk.get_by_label("About this conversation").click()
    talk.get_by_role("button", name="Mute").click()
    expect(page.locator("toast-region")).to_contain_text("Muted.")
    talk.get_by_label("About this conversation").click()
    expect(talk.get_by_role("button", name="Unmute")).to_be_visible()
    talk.get_by_role("button", name="Archive").click()
    expect(page.locator("#dock conversation-window")).to_have_count(0)
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def test_what_was_written_too_fast_waits_and_arrives_in_order(
    open_window: OpenWindow, alice: Person, bob: Person
):
    """TRUST 88: the server says when to come back, the outbox does."""
    talk = make_conversation(alice, bob)
    say(talk, alice, "Before")
    page = open_window(alice)
    answers: list[int] = []

    def answer(route: Route) -> None:
        answers.append(len(answers))
        if len(answers) in (3, 4):
            body = '{"ok": false, "error": "That was a little fast.", "code": "too_many"}'
            route.fulfill(status=429, headers={"Retry-After": "1"}, body=body)
        else:
            route.continue_()

    page.route(f"**/messages/{talk.pk}/post/", answer)
    visit(page, f"/messages/{talk.pk}/")
    window = page.locator("#page conversation-window")
    for number in range(6):
        write(window, f"word {number}")
    for number in range(6):
        expect(said(window, f"word {number}")).to_be_visible()
    expect(window.locator(".is-unsent")).to_have_count(0)
    texts = window.locator(".message[data-message] .message-text").all_inner_texts()
    assert texts == ["Before", *(f"word {number}" for number in range(6))]
    assert len(answers) == 8


def test_without_scripts_a_conversation_is_muted_put_away_and_fetched_back(
    open_window: OpenWindow, alice: Person, bob: Person
):
    talk = make_conversation(alice, bob)
    say(talk, bob, "Hello")
    page = open_window(alice, java_script_enabled=False)
    page.goto("/messages/")
    row = page.locator(f'.conversation-row[data-conversation="{talk.pk}"]')
    for act in ("Mute", "Archive"):
        row.locator(".row-menu summary").click()
        row.get_by_role("button", name=act).click()
    expect(row).to_have_count(0)
    page.get_by_role("link", name="Archived").click()
    expect(row.locator(".row-muted")).to_have_count(1)
    row.locator(".row-menu summary").click()
    row.get_by_role("button", name="Put back").click()
    page.goto("/messages/")
    expect(row).to_have_count(1)


def test_a_request_is_answered_without_scripts(open_window: OpenWindow, alice: Person, bob: Person):
    say(start_conversation(actor=alice, people=[bob]), alice, "Hello Bob")
    page = open_window(bob, java_script_enabled=False)
    page.goto("/messages/")
    page.get_by_role("link", name="Requests 1").click()
    page.get_by_role("link", name="Alice").click()
    expect(page.locator(".request-text")).to_have_text("Hello Bob")
    page.get_by_label("Answer").fill("Hello Alice")
    page.get_by_role("button", name="Accept").click()
    expect(page.locator("conversation-window .message-text")).to_have_text(
        ["Hello Bob", "Hello Alice"]
    )


@pytest.mark.parametrize("look", LOOKS)
def test_requests_reports_and_what_is_put_away_shut_nobody_out(
    open_window: OpenWindow, alice: Person, bob: Person, charlie: Person, look: str
):
    talk = make_conversation(alice, bob)
    message = say(talk, alice, "Something bad")
    say(talk, bob, "Oh")
    made = report_message(actor=bob, message=message, reason="spam", words="No")
    asked = start_conversation(actor=charlie, people=[bob])
    say(asked, charlie, "Hello Bob")
    make_keeper(bob)
    page = open_window(bob, **LOOKS[look])
    found: list[str] = []
    for address in (
        "/messages/archived/",
        "/messages/requests/",
        f"/messages/requests/{asked.pk}/",
        f"/messages/{talk.pk}/report/?message={message.pk}",
        "/keepers/reports/",
        f"/keepers/reports/{made.pk}/",
        "/me/",
    ):
        page.goto(address, wait_until="networkidle")
        found += complaints(page)
    assert not found, "\n".join(found)
