"""A poll in the browser: asked, answered and closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import open_talk, visit
from tests.makers import make_conversation, say

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from pinboard.people.models import Person
    from pinboard.pins.models import Pin

OpenWindow = Callable[..., "Page"]


def test_a_poll_is_asked_over_pins_answered_live_and_closed(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    say(make_conversation(alice, bob), alice, pins=tuple(pins[:3]))
    hers, his = open_window(alice), open_window(bob)
    for page in (hers, his):
        visit(page, "/")
    her_talk, his_talk = open_talk(hers, "Bob"), open_talk(his, "Alice")
    her_talk.get_by_label("Add to the message").click()
    her_talk.get_by_role("link", name="Ask with a poll").click()
    form = hers.get_by_role("dialog", name="Ask a question")
    form.get_by_label("What do you want to know?").fill("Which one tonight?")
    form.get_by_role("button", name="Ask").click()
    expect(form.get_by_role("alert")).to_contain_text("A poll is over 2 to 6 pins")
    for offer in form.locator(".poll-offers input").all()[:2]:
        offer.check()
    form.get_by_role("button", name="Ask").click()
    expect(form).to_be_hidden()

    his_poll = his_talk.locator(".poll", has_text="Which one tonight?")
    expect(his_poll).to_contain_text("Still to answer: Alice, Bob")
    first = his_poll.locator(".poll-vote").first
    first.click()
    expect(first).to_have_attribute("aria-pressed", "true")
    her_poll = her_talk.locator(".poll")
    expect(her_poll.locator(".poll-count").first).to_contain_text("1")
    expect(her_poll.locator(".poll-vote").first).to_have_attribute("aria-pressed", "false")
    expect(her_poll).to_contain_text("Still to answer: Alice")
    his_poll.locator(".poll-vote").nth(1).click()
    expect(her_poll.locator(".poll-count").nth(1)).to_contain_text("1")
    expect(her_poll.locator(".poll-count").first).to_contain_text("0")

    expect(his_poll.get_by_role("button", name="Close now")).to_be_hidden()
    her_poll.get_by_role("button", name="Close now").click()
    expect(his_talk.locator(".message-line", has_text="Alice closed the poll")).to_be_visible()
    expect(his_poll.locator(".poll-vote")).to_have_count(0)
    expect(his_poll.locator(".poll-choice").nth(1)).to_contain_text("Your vote")


def test_a_poll_closes_before_ones_eyes_at_its_deadline(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    from messaging.models import Poll
    from tests.messaging.test_polls import ask

    poll = ask(make_conversation(alice, bob), alice, *pins[:2])
    Poll.objects.filter(pk=poll.pk).update(closes=timezone.now() + timedelta(seconds=4))
    page = open_window(bob)
    visit(page, "/")
    talk = open_talk(page, "Alice")
    expect(talk.locator(".message-line", has_text="Nobody voted")).to_be_visible()
    expect(talk.locator(".poll")).to_have_class(re.compile("is-closed"))
