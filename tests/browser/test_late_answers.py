"""Answers that come late, or in another order than they were asked for, change nothing."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import Error, expect

from messaging.models import Verdict
from pinboard.pins.models import Draft
from tests.browser.conftest import open_talk, visit, write
from tests.conftest import wait_for
from tests.makers import make_conversation, say

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

    from pinboard.people.models import Person
    from pinboard.pins.models import Pin

OpenWindow = Callable[..., "Page"]
BOX = "textarea[data-text]"


def hold(page: Page, address: str) -> list[Route]:
    """Requests to it wait from now on, in this list."""
    held: list[Route] = []
    page.route(re.compile(address), lambda route: held.append(route))
    return held


def first_of(page: Page, held: list[Route]) -> Route:
    wait_for(lambda: page.evaluate("1") == 1 and bool(held), "a request")
    return held[0]


def release(page: Page, route: Route) -> None:
    """Its answer comes now, if the page still wants one; what it does then is over."""
    with contextlib.suppress(Error):
        route.continue_()
    page.evaluate("new Promise((done) => setTimeout(done, 600))")


def two_talks(page: Page, alice: Person, bob: Person, charlie: Person) -> tuple[Locator, Locator]:
    make_conversation(alice, bob)
    make_conversation(alice, charlie)
    visit(page, "/")
    return open_talk(page, "Bob"), open_talk(page, "Charlie")


def test_a_message_refused_late_catches_no_words_meant_for_somebody_else(
    open_window: OpenWindow, alice: Person, bob: Person, charlie: Person
):
    page = open_window(alice, viewport={"width": 1700, "height": 900})
    to_bob, to_charlie = two_talks(page, alice, bob, charlie)
    held = hold(page, r"/post/$")
    write(to_bob, "Too much")
    to_charlie.locator(BOX).press_sequentially("Only for ")
    refusal = {"ok": False, "error": "That was too much.", "code": "refused"}
    first_of(page, held).fulfill(status=422, json=refusal)
    expect(to_bob.locator("[data-error]")).to_contain_text("too much")
    page.keyboard.type("your eyes")
    expect(to_charlie.locator(BOX)).to_have_value("Only for your eyes")
    expect(to_bob.locator(BOX)).to_have_value("Too much")


def test_a_window_that_opens_late_catches_no_words_meant_for_somebody_else(
    open_window: OpenWindow, alice: Person, bob: Person, charlie: Person
):
    page = open_window(alice, viewport={"width": 1700, "height": 900})
    to_bob, to_charlie = two_talks(page, alice, bob, charlie)
    to_bob.get_by_role("button", name="Fold away").click()
    held = hold(page, r"/window/$")
    page.locator(".dock-face").get_by_role("button", name="Bob", exact=True).click()
    to_charlie.locator(BOX).press_sequentially("Only for ")
    first_of(page, held).continue_()
    to_bob.locator("message-composer:defined").wait_for()
    page.evaluate("new Promise((done) => setTimeout(done, 100))")
    page.keyboard.type("your eyes")
    expect(to_charlie.locator(BOX)).to_have_value("Only for your eyes")


def test_a_page_that_comes_late_does_not_cover_the_one_chosen_after_it(
    open_window: OpenWindow, alice: Person
):
    page = open_window(alice)
    visit(page, "/")
    held = hold(page, r"/notifications/$")
    page.locator(".topbar a[href='/notifications/']").click()
    late = first_of(page, held)
    page.locator(".topbar a[href='/messages/']").click()
    expect(page.locator("#page h1")).to_have_text("Messages")
    release(page, late)
    expect(page.locator("#page h1")).to_have_text("Messages")
    assert page.url.endswith("/messages/")

    page.locator(".topbar a[href='/notifications/']").click()
    wait_for(lambda: page.evaluate("1") == 1 and len(held) == 2, "the second request")
    page.go_back()
    expect(page.locator("#page h1")).to_have_text("Home")
    release(page, held[1])
    expect(page.locator("#page h1")).to_have_text("Home")
    expect(page.locator(".toast")).to_have_count(0)


def test_a_page_being_read_does_not_come_over_another_one(open_window: OpenWindow, alice: Person):
    link = "https://shop.example/lamp"
    draft = Draft.objects.create(person=alice, link=link, state=Draft.State.READING)
    page = open_window(alice)
    visit(page, draft.get_absolute_url())
    held = hold(page, rf"{draft.get_absolute_url()}$")
    late = first_of(page, held)
    page.get_by_role("link", name="Never mind").click()
    expect(page.locator("picture-drop")).to_be_visible()
    Draft.objects.update(state=Draft.State.FAILED, error="This page could not be read.")
    release(page, late)
    expect(page.locator("#page")).not_to_contain_text("could not be read")

    Draft.objects.update(state=Draft.State.READING)
    page.unroute(re.compile(rf"{draft.get_absolute_url()}$"))
    visit(page, draft.get_absolute_url())
    Draft.objects.update(state=Draft.State.FAILED)
    expect(page.locator("#page")).to_contain_text("could not be read")


def test_the_last_verdict_pressed_is_the_one_that_holds(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    conversation = make_conversation(alice, bob)
    say(conversation, bob, pins=(pins[0],))
    page = open_window(alice)
    visit(page, f"/messages/{conversation.pk}/")
    held = hold(page, r"/verdict/")
    yes, no = page.locator("[data-verdict=yes]"), page.locator("[data-verdict=no]")
    yes.click()
    late = first_of(page, held)
    page.unroute(re.compile(r"/verdict/"))
    no.click()
    release(page, late)
    wait_for(
        lambda: (
            page.evaluate("1") == 1
            and set(Verdict.objects.values_list("value", flat=True)) == {"no"}
        ),
        "the second verdict",
    )
    expect(no).to_have_attribute("aria-pressed", "true")
    expect(yes).to_have_attribute("aria-pressed", "false")


def test_a_tray_that_comes_late_catches_no_words(
    open_window: OpenWindow, alice: Person, bob: Person
):
    make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, "/")
    to_bob = open_talk(page, "Bob")
    held = hold(page, r"/messages/tray/$")
    page.get_by_role("button", name="Conversations").click()
    late = first_of(page, held)
    to_bob.locator(BOX).press_sequentially("Half a ")
    release(page, late)
    page.keyboard.type("thought")
    expect(to_bob.locator(BOX)).to_have_value("Half a thought")
    expect(page.locator("#tray")).to_be_hidden()
