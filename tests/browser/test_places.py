"""Reading a long conversation around a place, and on from there, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from messaging.amending import amend
from messaging.models import Conversation, Member, Message
from tests.browser.conftest import said, visit, write
from tests.conftest import wait_for
from tests.makers import make_conversation, make_pin, say

if TYPE_CHECKING:
    from playwright.sync_api import APIResponse, Locator, Page, Route

    from pinboard.people.models import Person

ALL = 160


@pytest.fixture
def talk(transactional_db: None, alice: Person, bob: Person) -> Conversation:
    """A long conversation that Bob has read."""
    talk = make_conversation(alice, bob)
    for number in range(1, ALL + 1):
        say(talk, alice, f"Message {number} about lemons")
    Member.objects.filter(conversation=talk).update(read=ALL)
    return talk


def window_of(page: Page) -> Locator:
    window = page.locator("#page conversation-window:defined")
    window.locator("message-composer:defined").wait_for()
    return window


def ask(page: Page) -> None:
    """What this process says the server's own sockets do not hear: as after a lost hint."""
    page.evaluate("document.dispatchEvent(new CustomEvent('live:ask'))")


def shown(window: Locator) -> list[int]:
    places = window.locator("[data-place]").evaluate_all(
        "them => them.map((one) => Number(one.dataset.place))"
    )
    return [int(place) for place in places]


def is_in_view(window: Locator, text: str) -> bool:
    return bool(
        said(window, text).first.evaluate(
            """one => {
                const {top, bottom} = one.getBoundingClientRect();
                const box = one.closest("[data-scroll]").getBoundingClientRect();
                return top >= box.top && bottom <= box.bottom;
            }"""
        )
    )


def test_a_found_message_is_opened_and_read_on_from_in_both_directions(
    open_window: Callable[..., Page], alice: Person, bob: Person, talk: Conversation
) -> None:
    page = open_window(bob)
    visit(page, "/messages/")
    field = page.get_by_role("searchbox", name="Search messages and pins")
    field.fill("lemon 60")
    field.press("Enter")
    page.get_by_role("link", name="Message 60 about lemons").click()
    window = window_of(page)
    assert is_in_view(window, "Message 60 about")
    assert window.locator(".is-at[data-place='60']").count() == 1
    expect(window.locator(".is-at")).to_be_focused()
    assert ALL not in shown(window)

    # What is said now is counted, not mixed in.
    say(talk, alice, "Something of today")
    ask(page)
    window.get_by_role("button", name="Newest messages · 1 new").wait_for()
    assert said(window, "Something of today").count() == 0

    # A change in what is shown arrives.
    changed = Message.objects.get(conversation=talk, number=61)
    amend(actor=alice, conversation_id=talk.pk, message_id=changed.pk, text="Limes instead")
    ask(page)
    said(window, "Limes instead").wait_for()

    scroll = window.locator("[data-scroll]")
    scroll.hover()
    while min(shown(window)) > 1:
        page.mouse.wheel(0, -3_000)
        page.wait_for_timeout(50)
    while ALL + 1 not in shown(window):
        page.mouse.wheel(0, 3_000)
        page.wait_for_timeout(50)
    assert shown(window) == sorted(set(shown(window)))
    assert set(range(1, ALL + 2)) <= set(shown(window))
    assert window.get_by_role("button", name="Newest messages").count() == 0

    say(talk, alice, "Live again")
    ask(page)
    said(window, "Live again").wait_for()


def test_what_changed_while_a_page_was_on_its_way_is_asked_for(
    open_window: Callable[..., Page], alice: Person, bob: Person, talk: Conversation
) -> None:
    """A page of the past is as of a number; what happened since must reach it all the same."""
    page = open_window(bob)
    message = Message.objects.get(conversation=talk, number=90)

    held: list[tuple[Route, APIResponse]] = []

    visit(page, f"/messages/{talk.pk}/?at=40")
    window = window_of(page)
    page.route("**/window/?after=64", lambda route: held.append((route, route.fetch())))
    window.locator("[data-scroll]").evaluate("one => { one.scrollTop = 0; }")
    while not held:
        page.wait_for_timeout(50)
    amend(actor=alice, conversation_id=talk.pk, message_id=message.pk, text="Changed midway")
    say(talk, alice, "Said midway")
    ask(page)
    window.get_by_role("button", name="1 new").wait_for()
    route, answer = held[0]
    route.fulfill(response=answer)
    said(window, "Changed midway").wait_for()
    assert said(window, "Message 90 about").count() == 0


def test_the_button_leads_to_the_newest_and_the_window_lives_again(
    open_window: Callable[..., Page], alice: Person, bob: Person, talk: Conversation
) -> None:
    page = open_window(bob)
    visit(page, f"/messages/{talk.pk}/?at=40")
    window = window_of(page)
    window.get_by_role("button", name="Newest messages").click()
    said(window, f"Message {ALL} about").wait_for()
    assert said(window, "Message 40 about").count() == 0
    say(talk, alice, "And then")
    ask(page)
    said(window, "And then").wait_for()
    assert is_in_view(window, "And then")


def test_the_keyboard_goes_along_to_the_end_and_back_from_there(
    open_window: Callable[..., Page], bob: Person, talk: Conversation
) -> None:
    page = open_window(bob)
    visit(page, f"/messages/{talk.pk}/?at=40")
    window = window_of(page)
    expect(window.locator(".is-at")).to_be_focused()
    window.get_by_role("button", name="Newest messages").press("Enter")
    said(window, f"Message {ALL} about").wait_for()
    expect(window.locator("[data-scroll]")).to_be_focused()
    older = window.locator("[data-older]")
    older.evaluate("link => link.focus({preventScroll: true})")
    older.press("Enter")
    said(window, "Message 80 about").wait_for()
    assert page.evaluate("document.activeElement.matches('[data-older], [data-scroll]')")


def test_what_one_says_while_reading_the_past_leads_to_the_present(
    open_window: Callable[..., Page], bob: Person, talk: Conversation
) -> None:
    page = open_window(bob)
    visit(page, f"/messages/{talk.pk}/?at=40")
    window = window_of(page)
    write(window, "About that one")
    said(window, "About that one").wait_for()
    said(window, f"Message {ALL} about").wait_for()
    assert said(window, "About that one").count() == 1


def test_many_unread_are_read_from_the_first_one_on(
    open_window: Callable[..., Page], bob: Person, talk: Conversation
) -> None:
    mine = Member.objects.filter(conversation=talk, person=bob)
    mine.update(read=20)
    page = open_window(bob)
    visit(page, f"/messages/{talk.pk}/")
    window = window_of(page)
    assert window.locator(".message-new").inner_text() == "New"
    assert is_in_view(window, "Message 21 about")
    wait_for(lambda: 20 in shown(window), "the messages before it")
    assert is_in_view(window, "Message 21 about")
    assert mine.get().read == 20
    page.bring_to_front()
    scroll = window.locator("[data-scroll]")
    scroll.hover()
    page.mouse.wheel(0, 100_000)
    # What was scrolled through counts as read, and no more than that.
    wait_for(lambda: mine.get().read >= 70, "the first page to be read")
    while ALL not in shown(window):
        page.mouse.wheel(0, 5_000)
        page.wait_for_timeout(50)
    page.mouse.wheel(0, 100_000)
    wait_for(lambda: mine.get().read == ALL, "everything to be read")


def test_without_scripts_links_lead_on(
    open_window: Callable[..., Page], bob: Person, talk: Conversation
) -> None:
    page = open_window(bob, java_script_enabled=False)
    page.goto(f"/messages/search/?q=lemon+60&in={talk.pk}")
    page.get_by_role("link", name="Message 60 about lemons").click()
    window = page.locator("conversation-window")
    assert is_in_view(window, "Message 60 about")
    page.get_by_role("link", name="Newer messages").click()
    expect(said(window, "Message 85 about")).to_have_count(1)
    page.get_by_role("link", name="Older messages").click()
    expect(said(window, "Message 84 about")).to_have_count(1)
    page.get_by_role("link", name="Newest messages").click()
    expect(said(window, f"Message {ALL} about")).to_have_count(1)


def test_without_scripts_one_stays_at_the_pin_one_judged_far_above(
    open_window: Callable[..., Page], alice: Person, bob: Person
) -> None:
    talk = make_conversation(alice, bob)
    shared = say(talk, alice, "This lamp", pins=(make_pin(alice, "Lamp"),))
    for number in range(ALL):
        say(talk, alice, f"Line {number}")
    Member.objects.filter(conversation=talk).update(read=ALL)
    page = open_window(bob, java_script_enabled=False)
    page.goto(f"/messages/{talk.pk}/?at={shared.number}#at")
    window = page.locator("conversation-window")
    window.get_by_role("button", name="Yes").click()
    expect(window.locator("[data-verdict=yes] .verdict-count")).to_have_text("1")
    assert is_in_view(window, "This lamp")
    window.locator(".verdicts-decide > summary").click()
    window.locator(".verdicts-decide").get_by_role("button", name="Decide").click()
    expect(window.locator(".verdicts-decided")).to_be_visible()
    said(window, "This lamp").locator(".message-more").click()
    page.get_by_role("button", name="\N{HEAVY BLACK HEART}").click()
    expect(said(window, "This lamp").locator(".reaction")).to_be_visible()


def test_whoever_comes_back_to_a_conversation_reads_on_where_they_were(
    open_window: Callable[..., Page], talk: Conversation, bob: Person
) -> None:
    page = open_window(bob)
    visit(page, f"/messages/{talk.pk}/?at=50")
    window = window_of(page)
    expect(said(window, "Message 50 ")).to_be_visible()
    assert is_in_view(window, "Message 50 ")
    page.locator(".topbar").get_by_role("link", name="Home", exact=True).click()
    expect(page.locator("#page conversation-window")).to_have_count(0)
    page.go_back()
    expect(said(window_of(page), "Message 50 ")).to_be_visible()
    assert is_in_view(window_of(page), "Message 50 ")
