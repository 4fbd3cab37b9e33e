"""Files, pictures and links brought into a message: they wait, arrive, fail, are sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from tests.browser.conftest import draw, open_talk, said, visit, write
from tests.browser.outside import drop, paste, photo
from tests.conftest import wait_for
from tests.makers import make_board, make_conversation, make_pin

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from pinboard.people.models import Person
    from pinboard.pins.models import Pin

OpenWindow = Callable[..., "Page"]


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


def test_links_to_what_is_ours_become_cards_and_others_go_as_links_where_they_cannot_be_pins(
    open_window: OpenWindow, alice: Person, bob: Person, pins: list[Pin]
):
    board = make_board(alice, "Kitchen plans")
    make_pin(alice, board=board, picture=pins[0].picture)
    page = open_window(alice)
    visit(page, "/")
    talk = open_talk(page, "Bob")
    text = talk.locator("textarea[data-text]")
    here = page.evaluate("location.origin")
    paste(text, text_plain=f"{here}/@alice/kitchen-plans/")
    expect(talk.locator(".composer-board")).to_have_text("Kitchen plans")
    paste(text, text_plain=f"{here}/search/?q=lamp&g=ochre")
    expect(talk.locator("[data-search]")).to_have_text("lamp · ochre")
    paste(text, text_plain=f"{here}/pins/{pins[3].pk}/")
    expect(talk.locator(f'.composer-pin[data-pin="{pins[3].pk}"]')).to_be_visible()
    drop(text, **{"text_uri-list": "https://shop.example/lamp"})
    expect(text).to_have_value("https://shop.example/lamp")
    expect(talk.locator("[data-error]")).to_contain_text("It stays a link.", timeout=20_000)
    talk.get_by_role("button", name="Send", exact=True).click()
    sent = talk.locator(".message[data-message]")
    expect(sent.locator(".board-card")).to_contain_text("Kitchen plans")
    expect(sent.locator(".search-card")).to_be_visible()
    expect(sent.get_by_role("link", name="https://shop.example/lamp")).to_be_visible()


def test_a_pasted_link_gives_way_to_its_pin_while_one_writes_on(
    open_window: OpenWindow, alice: Person, bob: Person
):
    make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, "/")
    talk = open_talk(page, "Bob")
    text = talk.locator("textarea[data-text]")
    offer = {"id": "o12", "title": "Copper lamp", "picture": "/media/x.webp", "alt": ""}
    draft = {"id": 7, "state": "ready", "error": "", "offers": [offer]}
    held: list[Any] = []
    page.route("**/bring/", lambda route: held.append(route))
    page.route("**/brought/7/", lambda route: route.fulfill(json=draft))
    text.fill("What about  for the hall?")
    text.evaluate("(box) => box.setSelectionRange(11, 11)")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('https://shop.example/lamp')")
    text.press("Control+v")
    expect(text).to_have_value("What about https://shop.example/lamp for the hall?")
    text.press("Control+End")  # of all lines
    text.press_sequentially(" Or")
    wait_for(lambda: page.evaluate("1") == 1 and len(held) == 1, "the link")
    held[0].fulfill(json={"ok": True, "drafts": [draft]})
    expect(talk.locator('.composer-pin[data-pin="o12"]')).to_have_text("Copper lamp")
    text.press_sequentially(" not?")
    expect(text).to_have_value("What about for the hall? Or not?")


def test_a_link_that_can_be_no_pin_says_so_and_goes_as_it_is(
    open_window: OpenWindow, alice: Person, bob: Person
):
    make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, "/")
    talk = open_talk(page, "Bob")
    text = talk.locator("textarea[data-text]")
    held: list[Any] = []
    page.route("**/bring/", lambda route: held.append(route))
    text.fill("Look: ")
    text.press("End")
    drop(text, **{"text_uri-list": "http://127.0.0.1:9/lamp"})
    expect(talk.locator(".composer-pin.is-bringing")).to_have_count(1)
    text.press("Enter")
    expect(talk.locator("[data-error]")).to_contain_text("sent as soon as everything is here")
    wait_for(lambda: page.evaluate("1") == 1 and len(held) == 1, "the link")
    held[0].continue_()
    expect(said(talk, "Look: http://127.0.0.1:9/lamp")).to_be_visible(timeout=20_000)
    expect(talk.locator("[data-error]")).to_contain_text("does not lead to a public web page")
    expect(talk.locator(".composer-pin")).to_have_count(0)


def test_a_picture_pasted_into_a_message_goes_into_no_form_beside_it(
    open_window: OpenWindow, alice: Person, bob: Person
):
    make_conversation(alice, bob)
    page = open_window(alice)
    visit(page, "/create/")
    talk = open_talk(page, "Bob")
    paste(talk.locator("textarea[data-text]"), photo(1, "lamp.jpg"))
    expect(talk.locator(".composer-pin[data-pin]")).to_have_count(1)
    expect(page.locator(".picture-drop-list li")).to_have_count(0)
