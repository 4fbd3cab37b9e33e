"""In the browser: a poll asked, answered and closed; files and links dropped and pasted."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import draw, open_talk, said, visit, write
from tests.conftest import wait_for
from tests.makers import make_board, make_conversation, make_pin, say

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from pinboard.people.models import Person
    from pinboard.pins.models import Pin

OpenWindow = Callable[..., "Page"]

# What another window would hand over: files by name and content, or text by type.
DROP = """(place, {files, texts}) => {
  const transfer = new DataTransfer();
  for (const {name, bytes} of files) {
    const data = Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0));
    transfer.items.add(new File([data], name, {type: "image/jpeg"}));
  }
  for (const [type, text] of Object.entries(texts)) transfer.setData(type, text);
  for (const kind of ["dragover", "drop"]) {
    const options = {bubbles: true, cancelable: true, dataTransfer: transfer};
    place.dispatchEvent(new DragEvent(kind, options));
  }
}"""
PASTE = """(place, texts) => {
  const transfer = new DataTransfer();
  for (const [type, text] of Object.entries(texts)) transfer.setData(type, text);
  const options = {bubbles: true, cancelable: true, clipboardData: transfer};
  place.dispatchEvent(new ClipboardEvent("paste", options));
}"""


def photo(number: int, name: str) -> dict[str, str]:
    return {"name": name, "bytes": base64.b64encode(draw(number, (500, 400))).decode()}


def drop(place: Locator, *files: dict[str, str], **texts: str) -> None:
    kinds = {name.replace("_", "/"): text for name, text in texts.items()}
    place.evaluate(DROP, {"files": files, "texts": kinds})


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


def test_dropped_files_become_pins_and_the_message_waits_for_them(
    open_window: OpenWindow, alice: Person, bob: Person
):
    make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, "/")
    talk = open_talk(page, "Bob")
    held: list[Any] = []
    page.route("**/bring/", lambda route: held.append(route))
    drop(talk.locator("[data-scroll]"), photo(1, "lamp.jpg"), photo(2, "chair.jpg"))
    expect(talk.locator(".composer-pin.is-bringing")).to_have_count(2)
    write(talk, "Which of these?")
    expect(talk.locator("[data-error]")).to_contain_text("sent as soon as everything is here")
    wait_for(lambda: page.evaluate("1") == 1 and len(held) == 2, "two uploads")
    for route in held:
        route.continue_()
    expect(said(talk, "Which of these?").locator(".message-pin")).to_have_count(2)
    expect(talk.locator(".composer-pin")).to_have_count(0)


def test_what_is_no_picture_stands_there_with_a_reason_until_it_is_taken_away(
    open_window: OpenWindow, alice: Person, bob: Person, tmp_path: Path
):
    make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, "/")
    talk = open_talk(page, "Bob")
    (tmp_path / "notes.txt").write_text("no picture")
    (tmp_path / "lamp.jpg").write_bytes(draw(1, (500, 400)))
    talk.get_by_label("Add to the message").click()
    with page.expect_file_chooser() as chooser:
        talk.get_by_role("link", name="Pictures").click()
    chooser.value.set_files([tmp_path / "notes.txt", tmp_path / "lamp.jpg"])
    expect(talk.locator(".composer-pin.is-failed")).to_have_count(1)
    expect(talk.locator(".composer-pin[data-pin]")).to_have_count(1)
    write(talk, "Look")
    expect(said(talk, "Look")).to_have_count(0)
    talk.get_by_role("button", name="Take notes.txt away").click()
    talk.get_by_role("button", name="Send", exact=True).click()
    expect(said(talk, "Look").locator(".message-pin")).to_have_count(1)


def test_what_waits_survives_a_reload_and_what_is_lost_is_named(
    open_window: OpenWindow, alice: Person, bob: Person
):
    talk = make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, f"/messages/{talk.pk}/")
    composer = page.locator("message-composer:defined")
    drop(composer, photo(1, "lamp.jpg"))
    expect(composer.locator(".composer-pin[data-pin]")).to_have_count(1)
    page.route("**/bring/", lambda route: route.abort())
    drop(composer, photo(2, "chair.jpg"))
    expect(composer.locator(".composer-pin.is-bringing")).to_have_count(1)
    page.unroute("**/bring/")
    visit(page, f"/messages/{talk.pk}/")
    expect(composer.locator(".composer-pin[data-pin]")).to_have_count(1)
    expect(composer.locator("[data-error]")).to_contain_text("chair.jpg did not arrive")


def test_links_to_what_is_ours_become_cards_and_others_are_offered_as_pins(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    board = make_board(alice, "Kitchen plans")
    make_pin(alice, board=board, picture=pins[0].picture)
    page = open_window(alice)
    visit(page, "/")
    talk = open_talk(page, "Bob")
    text = talk.locator("textarea[data-text]")
    here = page.evaluate("location.origin")
    text.evaluate(PASTE, {"text/plain": f"{here}/@alice/kitchen-plans/"})
    expect(talk.locator(".composer-board")).to_have_text("Kitchen plans")
    text.evaluate(PASTE, {"text/plain": f"{here}/search/?q=lamp&g=ochre"})
    expect(talk.locator("[data-search]")).to_have_text("lamp · ochre")
    text.evaluate(PASTE, {"text/plain": f"{here}/pins/{pins[3].pk}/"})
    expect(talk.locator(f'.composer-pin[data-pin="{pins[3].pk}"]')).to_be_visible()
    drop(text, **{"text_uri-list": "https://shop.example/lamp"})
    expect(text).to_have_value("https://shop.example/lamp")
    expect(talk.get_by_role("button", name="Make it a pin")).to_be_visible()
    talk.get_by_role("button", name="Send", exact=True).click()
    sent = talk.locator(".message[data-message]")
    expect(sent.locator(".board-card")).to_contain_text("Kitchen plans")
    expect(sent.locator(".search-card")).to_be_visible()
    expect(sent.get_by_role("link", name="https://shop.example/lamp")).to_be_visible()


def test_a_link_that_cannot_be_read_says_so_until_it_is_among_the_words_again(
    open_window: OpenWindow, alice: Person, bob: Person
):
    make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, "/")
    talk = open_talk(page, "Bob")
    drop(talk.locator("textarea[data-text]"), **{"text_uri-list": "http://127.0.0.1:9/lamp"})
    talk.get_by_role("button", name="Make it a pin").click()
    expect(talk.locator("textarea[data-text]")).to_have_value("")
    expect(talk.locator(".composer-pin.is-failed")).to_be_visible(timeout=20_000)
    drop(talk.locator("[data-scroll]"), photo(1, "lamp.jpg"))
    expect(talk.locator(".composer-pin[data-pin]")).to_be_visible()
    expect(talk.locator("[data-error]")).to_contain_text("does not lead to a public web page")
    talk.get_by_role("button", name="Take 127.0.0.1 away").click()
    expect(talk.locator(".composer-pin")).to_have_count(1)
    expect(talk.locator("[data-error]")).to_be_hidden()
    expect(talk.locator("textarea[data-text]")).to_have_value("http://127.0.0.1:9/lamp")


def test_a_picture_pasted_into_a_message_goes_into_no_form_beside_it(
    open_window: OpenWindow, alice: Person, bob: Person
):
    make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, "/create/")
    talk = open_talk(page, "Bob")
    talk.locator("textarea[data-text]").evaluate(
        """(place, bytes) => {
          const transfer = new DataTransfer();
          const data = Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0));
          transfer.items.add(new File([data], "lamp.jpg", {type: "image/jpeg"}));
          const options = {bubbles: true, cancelable: true, clipboardData: transfer};
          place.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        photo(1, "lamp.jpg")["bytes"],
    )
    expect(talk.locator(".composer-pin[data-pin]")).to_have_count(1)
    expect(page.locator(".picture-drop-list li")).to_have_count(0)
