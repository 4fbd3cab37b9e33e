"""Without a socket, without a network, without an answer: late perhaps, lost or twice never."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from messaging.models import Message
from tests.browser.conftest import said, visit, write
from tests.conftest import session_cookie, wait_for
from tests.makers import make_conversation, say

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from pinboard.people.models import Person
    from pinboard.pins.models import Pin

OpenWindow = Callable[..., "Page"]
POST = re.compile(r"/post/$")


def test_without_a_socket_messages_come_by_asking(
    open_window: OpenWindow, alice: Person, bob: Person
):
    conversation = make_conversation(alice, bob)
    his = open_window(bob)
    his.route_web_socket("**/live/", lambda line: line.close())
    visit(his, f"/messages/{conversation.pk}/")
    hers = open_window(alice)
    visit(hers, f"/messages/{conversation.pk}/")
    write(hers.locator("#page"), "By foot")
    expect(said(his.locator("#page"), "By foot")).to_be_visible(timeout=10_000)


def test_a_message_written_without_a_connection_is_sent_once_after_a_reload(
    open_window: OpenWindow, alice: Person, bob: Person
):
    conversation = make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, f"/messages/{conversation.pk}/")
    page.route(POST, lambda route: route.abort())
    write(page.locator("#page"), "One")
    write(page.locator("#page"), "Two")
    expect(page.locator(".is-pending")).to_have_count(2)
    page.reload()
    expect(page.locator(".is-pending")).to_have_text([re.compile("One"), re.compile("Two")])
    page.unroute(POST)
    page.reload()
    expect(page.locator(".message[data-message] .message-text")).to_have_text(["One", "Two"])
    expect(page.locator(".is-unsent")).to_have_count(0)
    assert list(Message.objects.order_by("number").values_list("text", flat=True)) == ["One", "Two"]


def test_a_lost_acknowledgement_makes_no_second_message(
    open_window: OpenWindow, alice: Person, bob: Person
):
    conversation = make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, f"/messages/{conversation.pk}/")
    lost: list[str] = []

    def lose(route: Route) -> None:
        """The server hears and commits; its answer never arrives."""
        route.fetch()
        lost.append(route.request.url)
        route.abort()

    page.route(POST, lose, times=1)
    with page.expect_event("requestfailed", lambda request: bool(POST.search(request.url))):
        write(page.locator("#page"), "Once")  # told by the line, perhaps, before it is lost
    expect(said(page.locator("#page"), "Once")).to_be_visible()
    expect(page.locator(".is-unsent")).to_have_count(0)
    assert len(lost) == 1
    assert Message.objects.count() == 1


def test_a_message_waits_for_a_busy_server(open_window: OpenWindow, alice: Person, bob: Person):
    conversation = make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, f"/messages/{conversation.pk}/")
    page.route(POST, lambda route: route.fulfill(status=503, headers={"Retry-After": "1"}), times=1)
    write(page.locator("#page"), "Patience")
    expect(said(page.locator("#page"), "Patience")).to_be_visible()
    assert Message.objects.count() == 1


def test_the_next_person_on_this_browser_neither_sees_nor_sends_what_was_unsent(
    open_window: OpenWindow, alice: Person, bob: Person, pinboard_server: str
):
    conversation = make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, f"/messages/{conversation.pk}/")
    page.route(POST, lambda route: route.abort())
    write(page.locator("#page"), "canary sent")
    page.locator("textarea[data-text]").fill("canary draft")
    expect(page.locator(".is-pending")).to_have_count(1)
    page.context.clear_cookies()
    page.context.add_cookies([session_cookie(bob, pinboard_server)])  # type: ignore[list-item]  # a dict of its own kind
    page.unroute(POST)  # only now: her page could reach the server as Bob, and is refused
    with page.expect_response(POST) as answer:
        page.evaluate("dispatchEvent(new Event('online'))")
    assert answer.value.status == 403
    visit(page, f"/messages/{conversation.pk}/")
    write(page.locator("#page"), "It is me, Bob")
    expect(said(page.locator("#page"), "It is me, Bob")).to_be_visible()
    assert "canary" not in page.locator("body").inner_text()
    assert page.locator("textarea[data-text]").input_value() == ""
    assert list(Message.objects.values_list("text", flat=True)) == ["It is me, Bob"]


def test_a_tab_left_open_sends_nothing_in_the_next_persons_name(
    open_window: OpenWindow, alice: Person, bob: Person, pinboard_server: str
):
    conversation = make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, f"/messages/{conversation.pk}/")
    page.context.clear_cookies()
    page.context.add_cookies([session_cookie(bob, pinboard_server)])  # type: ignore[list-item]  # as above
    write(page.locator("#page"), "Still as Alice")
    expect(page.locator("[data-live-line]")).to_contain_text("signed out")
    expect(page.locator(".is-pending")).to_have_count(1)
    assert not Message.objects.exists()


def test_a_session_that_ends_is_said_and_what_is_written_is_kept(
    open_window: OpenWindow, alice: Person, bob: Person, pinboard_server: str
):
    conversation = make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, f"/messages/{conversation.pk}/")
    Session.objects.all().delete()
    say(conversation, bob, "canary")
    write(page.locator("#page"), "Kept")
    expect(page.locator("[data-live-line]")).to_contain_text("signed out")
    expect(page.locator(".is-pending")).to_contain_text("Waits until you sign in")
    expect(page.locator(".window-empty")).to_contain_text("You are signed out")
    assert "canary" not in page.locator("#page").inner_text()
    page.context.add_cookies([session_cookie(alice, pinboard_server)])  # type: ignore[list-item]  # as above
    visit(page, f"/messages/{conversation.pk}/")
    expect(said(page.locator("#page"), "Kept")).to_be_visible()


def test_a_refused_message_comes_back_with_its_reason_and_its_words(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    conversation = make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, f"/messages/{conversation.pk}/?pin={pins[0].pk}")
    expect(page.locator(".composer-pin")).to_have_count(1)
    pins[0].delete()
    write(page.locator("#page"), "About this one")
    expect(page.locator(".composer-error[data-error]")).to_contain_text("is gone")
    expect(page.locator("textarea[data-text]")).to_have_value("About this one")
    expect(page.locator(".composer-pin")).to_have_count(1)
    page.locator(".composer-pin button").click()
    page.locator("textarea[data-text]").press("Enter")
    expect(said(page.locator("#page"), "About this one")).to_be_visible()

    page.locator("textarea[data-text]").fill("x" * 4001)
    page.locator("textarea[data-text]").press("Enter")
    expect(page.locator(".composer-error[data-error]")).to_contain_text("4,000 fit")
    assert len(page.locator("textarea[data-text]").input_value()) == 4001


def test_a_page_that_cannot_be_reached_says_so_and_is_tried_again(
    open_window: OpenWindow, alice: Person, pins: list[Pin]
):
    page = open_window(alice)
    visit(page, "/")
    page.context.set_offline(True)
    page.locator("pin-card .pin-card-title a").first.click()
    expect(page.locator(".toast")).to_contain_text("could not be opened")
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#page h1")).to_have_text(pins[0].title)


def test_typing_is_shown_and_goes_with_the_message(
    open_window: OpenWindow, alice: Person, bob: Person
):
    conversation = make_conversation(alice, bob)
    hers, his = open_window(alice), open_window(bob)
    for page in (hers, his):
        # A tab whose socket has opened asks what it may have missed until then.
        with page.expect_response("**/messages/unread/"):
            visit(page, f"/messages/{conversation.pk}/")
    hers.locator("message-composer:defined textarea[data-text]").press_sequentially("Well")
    expect(his.locator("[data-typing]")).to_have_text("Alice is writing…")
    hers.locator("textarea[data-text]").press("Enter")
    expect(said(his.locator("#page"), "Well")).to_be_visible()
    expect(his.locator("[data-typing]")).to_be_hidden()


def test_reading_above_is_not_disturbed_and_older_messages_keep_the_place(
    open_window: OpenWindow, alice: Person, bob: Person
):
    conversation = make_conversation(alice, bob)
    for number in range(120):
        say(conversation, alice if number % 3 else bob, f"line {number}")
    his, hers = open_window(bob), open_window(alice)
    visit(his, f"/messages/{conversation.pk}/")
    visit(hers, f"/messages/{conversation.pk}/")
    scroll = his.locator("[data-scroll]")
    expect(said(his.locator("#page"), "line 119")).to_be_in_viewport()
    expect(his.locator(".message[data-message]")).to_have_count(50)
    anchor = his.locator(".message[data-message]").nth(3)
    anchor.scroll_into_view_if_needed()
    scroll.evaluate("(box) => { box.scrollTop = -(box.scrollHeight - box.clientHeight); }")
    expect(his.locator(".message[data-message]")).to_have_count(100)
    seen = scroll.evaluate(
        "(box) => [...box.querySelectorAll('[data-message]')].map((m) => Number(m.dataset.place))"
    )
    assert seen == list(range(21, 121))
    where = scroll.evaluate("(box) => box.scrollHeight - box.clientHeight + box.scrollTop")
    write(hers.locator("#page"), "news")
    expect(his.get_by_role("button", name="New messages")).to_be_visible()
    now = scroll.evaluate("(box) => box.scrollHeight - box.clientHeight + box.scrollTop")
    assert abs(now - where) < 2, "the page moved under the reader"
    his.get_by_role("button", name="New messages").click()
    expect(said(his.locator("#page"), "news")).to_be_in_viewport()


def test_a_message_of_a_tab_that_was_closed_is_sent_by_the_other(
    open_window: OpenWindow, alice: Person, bob: Person
):
    conversation = make_conversation(alice, bob)
    first = open_window(alice)
    visit(first, f"/messages/{conversation.pk}/")
    # The first tab is the one that sends, and never gets there: as long as it lives nobody may.
    first.evaluate(
        """name => new Promise(held => navigator.locks.request(name, () => {
          held();
          return new Promise(() => {});
        }))""",
        f"outbox:{conversation.pk}",
    )
    second = first.context.new_page()
    visit(second, f"/messages/{conversation.pk}/")
    write(first.locator("#page"), "From a tab that ends")
    expect(second.locator(".is-pending")).to_have_count(1)
    first.close()
    expect(said(second.locator("#page"), "From a tab that ends")).to_be_visible()
    expect(second.locator(".is-unsent")).to_have_count(0)
    assert Message.objects.count() == 1


def test_who_reads_above_is_not_led_away_by_what_is_sent_elsewhere(
    open_window: OpenWindow, alice: Person, bob: Person, charlie: Person
):
    conversation = make_conversation(alice, bob)
    for number in range(40):
        say(conversation, bob, f"Line {number}")
    page = open_window(alice)
    visit(page, f"/messages/{conversation.pk}/")
    refusal = {"ok": False, "error": "That did not work.", "code": "refused"}
    held: list[Route] = []
    page.route(POST, lambda route: held.append(route))
    write(page.locator("#page"), "Stays")
    page.locator("textarea[data-text]").fill("Something else")
    wait_for(lambda: page.evaluate("1") == 1 and bool(held), "a request")
    held[0].fulfill(status=422, json=refusal)
    expect(page.locator(".is-failed")).to_be_visible()
    place = page.locator("[data-scroll]")
    place.evaluate("(scroll) => { scroll.scrollTop = -400; }")
    page.evaluate("document.dispatchEvent(new CustomEvent('outbox', {detail: {}}))")
    assert place.evaluate("(scroll) => scroll.scrollTop") == -400
