"""Choosing people by name, and guests who come by a link: pressed and typed in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from messaging.guests import make_link
from pinboard.people.models import Person
from tests.browser.conftest import open_talk, said, visit, write
from tests.browser.test_for_everyone import LOOKS, complaints
from tests.makers import make_conversation, say

if TYPE_CHECKING:
    from playwright.sync_api import Page

OpenWindow = Callable[..., "Page"]


def people(*names: str) -> None:
    for name in names:
        Person.objects.create_user(name.lower(), display_name=f"{name} Berg")


def test_a_group_is_started_with_the_keyboard_alone(
    open_window: OpenWindow, alice: Person, bob: Person
):
    people("Zoé", "Zora", "Zita")
    page = open_window(alice)
    visit(page, "/messages/new/")
    field = page.get_by_role("combobox", name="With whom?")
    field.focus()
    page.keyboard.type("zo")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(page.get_by_role("status").filter(has_text="2 people.")).to_be_attached()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Take Zor")).to_be_visible()
    page.keyboard.type("bob")
    expect(options).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("[data-said]")).to_have_text("Bob added. 2 chosen.")
    page.keyboard.type("zita")
    expect(options).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.press("Backspace")
    expect(page.locator("[data-said]")).to_have_text("Zita Berg taken away.")
    page.keyboard.press("Enter")  # nothing half typed: the form is sent
    expect(page.locator("conversation-window")).to_contain_text("Alice started this conversation")
    expect(page.locator(".window-title").first).to_contain_text("Bob")
    expect(page.locator(".window-title").first).not_to_contain_text("Zita")


def test_somebody_is_added_by_name_in_a_window_of_the_dock(
    open_window: OpenWindow, alice: Person, bob: Person
):
    people("Zoé")
    say(make_conversation(alice, bob, is_group=True), alice, "Before")
    page = open_window(alice)
    visit(page, "/")
    talk = open_talk(page, "Bob")
    talk.get_by_label("About this conversation").click()
    field = talk.get_by_role("combobox", name="Add people")
    field.fill("zoe")
    talk.get_by_role("option", name="Zoé Berg").click()
    field.fill("somebody else")
    field.press("Escape")
    expect(field).to_have_value("")
    expect(talk.locator(".window-people")).to_be_visible()
    talk.get_by_role("button", name="Add", exact=True).click()
    expect(talk).to_contain_text("Alice added Zoé Berg")


def test_without_a_script_people_are_looked_up_with_a_button(
    open_window: OpenWindow, alice: Person, bob: Person
):
    people("Zoe", "Anna")
    page = open_window(alice, java_script_enabled=False)
    page.goto("/messages/new/")
    page.get_by_label("Your message").fill("Shall we?")
    page.get_by_label("Bob").check()
    page.get_by_label("With whom?").fill("anna")
    page.get_by_label("With whom?").press("Enter")
    page.get_by_label("Anna Berg").check()
    expect(page.get_by_label("Bob")).to_be_checked()
    expect(page.get_by_label("Your message")).to_have_value("Shall we?")
    page.get_by_role("button", name="Start the conversation").click()
    expect(page.locator("conversation-window")).to_contain_text("Shall we?")
    expect(page.locator(".window-title").first).to_contain_text("Anna Berg")


def test_a_guest_talks_until_the_link_is_closed(
    open_window: OpenWindow, alice: Person, bob: Person
):
    group = make_conversation(alice, bob, is_group=True)
    say(group, alice, "Before anybody came")
    hers, theirs = open_window(alice), open_window(None)
    visit(hers, f"/messages/{group.pk}/group/")
    hers.get_by_role("button", name="Make a link").click()
    link = hers.get_by_label("Link for guests").input_value()
    theirs.goto(link)
    theirs.get_by_label("Your name").fill("Greta")
    theirs.get_by_role("button", name="Join the conversation").click()
    visit(hers, f"/messages/{group.pk}/")
    expect(said(hers.locator("#page"), "Before anybody came")).to_be_visible()
    theirs.wait_for_load_state("networkidle")
    write(theirs.locator("#page conversation-window"), "Hello from outside")
    expect(said(hers.locator("#page"), "Hello from outside")).to_be_visible()
    expect(hers.locator("#page .message .guest-mark").first).to_be_visible()
    expect(theirs.locator("#page")).not_to_contain_text("Before anybody came")
    expect(theirs.locator("#dock")).to_have_count(0)
    shelf = theirs.context.new_page()
    shelf.goto(f"/messages/{group.pk}/shelf/")
    expect(shelf.get_by_role("heading", name="Shelf", exact=True)).to_be_visible()
    shelf.wait_for_load_state("networkidle")
    visit(hers, f"/messages/{group.pk}/group/")
    hers.get_by_role("button", name="Close it").click()
    expect(hers.locator(".group-members")).not_to_contain_text("Greta")
    expect(theirs.locator("#page")).to_contain_text("Your time as a guest here is over")
    expect(shelf.locator("#page")).to_contain_text("Your time as a guest of this conversation")
    expect(theirs.locator("#page")).not_to_contain_text("Hello from outside")
    visit(hers, f"/messages/{group.pk}/")
    write(hers.locator("#page conversation-window"), "canary")
    expect(said(hers.locator("#page"), "canary")).to_be_visible()
    theirs.reload()
    expect(theirs.locator("#page")).to_contain_text("Your time as a guest of this conversation")
    assert "canary" not in theirs.locator("body").inner_text()


def test_whoever_begins_a_conversation_types_a_name_at_once(
    open_window: OpenWindow, alice: Person, bob: Person
):
    people("Zora")
    page = open_window(alice)
    visit(page, "/messages/")
    page.get_by_role("link", name="New", exact=True).click()
    field = page.get_by_role("combobox", name="With whom?")
    expect(field).to_be_focused()
    page.get_by_role("button", name="Start the conversation").click()
    expect(page.get_by_text("Choose at least one person.")).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    page.keyboard.type("zor")
    expect(page.get_by_role("option")).to_have_count(1)
    field.select_text()
    page.keyboard.type("bob")
    page.keyboard.press("Enter")  # sooner than the answer, while somebody else stands there
    expect(page.get_by_role("button", name="Take Bob away")).to_be_visible()
    expect(page.locator("[data-chosen]")).not_to_contain_text("Zora")


@pytest.mark.parametrize("look", LOOKS)
def test_the_pages_of_groups_and_guests_shut_nobody_out(
    open_window: OpenWindow, alice: Person, bob: Person, look: str
):
    people("Zoé", "Zora")
    group = make_conversation(alice, bob, is_group=True)
    _, secret = make_link(actor=alice, conversation_id=group.pk, days=7)
    page = open_window(alice, **LOOKS[look])
    visit(page, f"/messages/{group.pk}/group/")
    page.get_by_role("combobox", name="Whom?").fill("zo")
    page.get_by_role("option").first.click()
    found = complaints(page)
    visitor = open_window(None, **LOOKS[look])
    for address in (f"/join/{secret}/", "/join/nothing/"):
        visitor.goto(address, wait_until="networkidle")
        found += complaints(visitor)
    visitor.goto(f"/join/{secret}/")
    visitor.get_by_label("Your name").fill("Greta")
    visitor.get_by_role("button", name="Join the conversation").click()
    visitor.wait_for_load_state("networkidle")
    found += complaints(visitor)
    assert not found, "\n".join(found)
