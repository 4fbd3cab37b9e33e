"""Groups: the people in them change, and no window is left behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction
from playwright.sync_api import expect

from messaging.joining import remove_person
from tests.browser.conftest import open_talk, said, visit, write
from tests.makers import bring_in, make_conversation, say

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

    from pinboard.people.models import Person

OpenWindow = Callable[..., "Page"]


def test_somebody_removed_from_a_group_sees_that_and_nothing_more(
    open_window: OpenWindow, alice: Person, bob: Person, charlie: Person
):
    group = make_conversation(alice, bob, charlie, is_group=True)
    say(group, alice, "Before")
    hers, his = open_window(alice), open_window(charlie)
    for page in (hers, his):
        visit(page, f"/messages/{group.pk}/")
        expect(said(page.locator("#page"), "Before")).to_be_visible()
    write(hers.locator("#page conversation-window"), "canary 1")
    expect(said(his.locator("#page"), "canary 1")).to_be_visible()
    hers.evaluate(
        """async ([group, person]) => fetch(`/messages/${group}/members/${person}/remove/`, {
            method: "POST",
            headers: {"X-CSRFToken": document.documentElement.dataset.csrf},
        })""",
        [group.pk, charlie.pk],
    )
    expect(his.locator("conversation-window")).to_contain_text(
        "no longer part of this conversation"
    )
    expect(his.locator("message-composer")).to_have_count(0)
    expect(his.locator("#page").get_by_role("link", name="All messages").last).to_be_visible()
    write(hers.locator("#page conversation-window"), "canary 2")
    expect(said(hers.locator("#page"), "canary 2")).to_be_visible()
    assert "canary" not in his.locator("body").inner_text()


def test_removing_somebody_is_asked_first_and_staying_changes_nothing(
    open_window: OpenWindow, alice: Person, bob: Person, charlie: Person
):
    group = make_conversation(alice, bob, charlie, is_group=True)
    say(group, alice, "Before")
    page = open_window(alice)
    visit(page, "/")
    talk = open_talk(page, "Bob")
    menu = talk.get_by_label("About this conversation")
    menu.click()
    inside, outside = talk.locator(".window-menu > .menu").bounding_box(), talk.bounding_box()
    assert inside
    assert outside
    assert inside["x"] >= outside["x"], "the menu is cut off"
    expect(talk.get_by_role("link", name="Remove Alice")).to_have_count(0)
    talk.get_by_role("link", name="Remove Charlie").click()
    expect(page.locator("#page h1")).to_contain_text("Remove Charlie from")
    page.get_by_role("link", name="Keep Charlie").click()
    menu = page.locator("#page").get_by_label("About this conversation")
    menu.click()
    page.locator("#page").get_by_role("link", name="Remove Charlie").press("Enter")
    # A page that has just come takes the keyboard to its heading.
    expect(page.locator("#page h1", has_text="Remove Charlie from")).to_be_focused()
    page.get_by_role("button", name="Remove").press("Enter")
    expect(page.locator("#page")).to_contain_text("Alice removed Charlie")


def test_a_group_that_one_left_is_gone_from_the_dock_and_not_asked_for_again(
    open_window: OpenWindow, alice: Person, bob: Person, charlie: Person
):
    say(make_conversation(alice, bob, charlie, is_group=True), bob, "Before")
    page = open_window(alice)
    visit(page, "/")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    talk = open_talk(page, "Bob")
    talk.get_by_label("About this conversation").click()
    talk.get_by_role("link", name="Leave").click()
    expect(page.locator("#page h1")).to_contain_text("Leave Bob, Charlie?")
    page.locator("#page").get_by_role("button", name="Leave").click()
    expect(page.get_by_text("You left Bob, Charlie.")).to_be_visible()
    expect(page.locator("#dock conversation-window")).to_have_count(0)
    page.reload(wait_until="networkidle")
    expect(page.locator("#dock conversation-window")).to_have_count(0)
    assert not [answer.url for answer in answers if answer.status == 404]


def test_a_window_of_somebody_who_was_removed_offers_what_to_do_next(
    open_window: OpenWindow, alice: Person, bob: Person, charlie: Person
):
    group = make_conversation(alice, bob, charlie, is_group=True)
    say(group, alice, "Before")
    page = open_window(charlie)
    visit(page, "/")
    talk = open_talk(page, "Alice")
    remove_person(actor=alice, conversation_id=group.pk, person=charlie)
    # The hint of the deed goes to this process's own tabs; that of the other comes by asking.
    page.evaluate("document.dispatchEvent(new CustomEvent('live:ask'))")
    expect(talk).to_contain_text("no longer part of this conversation")
    expect(talk.get_by_role("link", name="All messages")).to_be_visible()
    talk.get_by_text("Close", exact=True).click()
    expect(page.locator("#dock conversation-window")).to_have_count(0)


def test_a_link_for_guests_is_copied_with_one_press(
    open_window: OpenWindow, alice: Person, bob: Person
):
    group = make_conversation(alice, bob, is_group=True)
    page = open_window(alice)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(page, f"/messages/{group.pk}/group/")
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("Link for guests").input_value()
    assert "/join/" in link
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == link


def test_who_was_put_out_and_brought_in_unnoticed_sees_what_is_theirs_now(
    open_window: OpenWindow, alice: Person, bob: Person, charlie: Person
):
    """Found by torture: an open window kept what had been before."""
    group = make_conversation(alice, bob, charlie, is_group=True)
    say(group, alice, "Long ago")
    his = open_window(charlie)
    visit(his, f"/messages/{group.pk}/")
    expect(said(his.locator("#page"), "Long ago")).to_be_visible()
    with transaction.atomic():  # so that his tab never finds him out
        remove_person(actor=alice, conversation_id=group.pk, person=charlie)
        say(group, alice, "Meanwhile")
        bring_in(group, charlie)
        say(group, alice, "Welcome back")
    his.evaluate("document.dispatchEvent(new CustomEvent('live:ask'))")
    expect(said(his.locator("#page"), "Welcome back")).to_be_visible()
    expect(said(his.locator("#page"), "Long ago")).to_have_count(0)
    expect(said(his.locator("#page"), "Meanwhile")).to_have_count(0)
