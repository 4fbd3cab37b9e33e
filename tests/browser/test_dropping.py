"""Dropped and pasted on the page that makes pins: links, pictures, fragments, files."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from pinboard.pins.models import Draft
from tests.browser.conftest import draw, open_talk, visit
from tests.browser.elsewhere import another_site
from tests.browser.outside import drop, hand_over, paste, photo
from tests.makers import make_board, make_conversation

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from pinboard.people.models import Person

OpenWindow = Callable[..., "Page"]


@pytest.fixture
def elsewhere() -> Iterator[str]:
    with another_site() as address:
        yield address


@pytest.fixture
def page(open_window: OpenWindow, alice: Person) -> Page:
    make_board(alice, "Lamps")
    page = open_window(alice)
    visit(page, "/create/")
    return page


def draft_of(page: Page, offers: int) -> Draft:
    expect(page.locator(".offer")).to_have_count(offers)
    return Draft.objects.get()


def test_a_link_is_dropped_anywhere_and_read_at_once(page: Page, elsewhere: str):
    link = f"{elsewhere}/lamps"
    drop(
        page.locator("#page h1"), **{"text_uri-list": link, "text_html": f'<a href="{link}">x</a>'}
    )
    assert draft_of(page, 2).link == link


def test_a_picture_of_another_page_leads_where_it_led_there(page: Page, elsewhere: str):
    image, link = f"{elsewhere}/small.jpg", f"{elsewhere}/lamps"
    html = f'<a href="{link}"><img src="{image}" alt="A lamp"></a>'
    drop(page.locator("#page h1"), **{"text_uri-list": link, "text_html": html})
    draft = draft_of(page, 2)
    assert (draft.link, draft.wanted) == (link, [{"url": image}])
    first = draft.offers.select_related("picture")[0].picture
    assert (first.width, first.height) == (500, 640), "the one that was dragged comes first"


def test_a_picture_that_leads_nowhere_leads_to_itself(page: Page, elsewhere: str):
    image = f"{elsewhere}/large.jpg"
    html = f'<meta charset="utf-8"><img src="{image}">'
    drop(page.locator("#page h1"), **{"text_uri-list": image, "text_html": html})
    assert draft_of(page, 1).link == image


def test_the_widest_copy_a_fragment_names_is_taken(page: Page, elsewhere: str):
    srcset = f"{elsewhere}/small.jpg 500w, {elsewhere}/large.jpg 900w"
    html = f'<img src="{elsewhere}/logo.png" srcset="{srcset}">'
    drop(page.locator("#page h1"), **{"text_uri-list": f"{elsewhere}/logo.png", "text_html": html})
    assert draft_of(page, 1).link == f"{elsewhere}/large.jpg"


def test_all_pictures_of_a_copied_passage_are_offered(page: Page, elsewhere: str):
    html = f'<p>Two lamps</p><img src="{elsewhere}/large.jpg"><img src="{elsewhere}/small.jpg">'
    paste(page.locator("#page h1"), text_plain="Two lamps", text_html=html)
    draft_of(page, 2)


def test_a_link_is_pasted_anywhere_but_in_a_field(page: Page, elsewhere: str):
    link = f"{elsewhere}/lamps"
    assert not hand_over(page.get_by_label("Link", exact=True), "paste", files=(), text_plain=link)
    assert not hand_over(page.locator("#page h1"), "paste", files=(), text_plain="only words")
    assert not Draft.objects.exists()
    paste(page.locator("#page h1"), text_plain=link)
    assert draft_of(page, 2).link == link


def test_files_may_miss_their_place(page: Page):
    drop(page.locator("#page h1"), photo(1, "lamp.jpg"), photo(2, "chair.jpg"))
    expect(page.locator(".picture-drop-list li")).to_have_count(2)


def test_a_picture_drawn_into_a_fragment_becomes_a_file(page: Page):
    data = base64.b64encode(draw(3, (400, 300))).decode()
    drop(page.locator("#page h1"), text_html=f'<img src="data:image/jpeg;base64,{data}">')
    expect(page.locator(".picture-drop-list li")).to_have_count(1)
    page.get_by_role("button", name="Go on").click()
    draft_of(page, 1)


def test_a_fragment_can_run_nothing(page: Page):
    evil = "document.title=1"
    html = (
        f'<img src="x" onerror="{evil}"><script>{evil}</script>'
        f'<a href="javascript:{evil}"><img src="javascript:{evil}"></a>'
    )
    drop(page.locator("#page h1"), text_html=html)
    expect(page).to_have_title("Create · Pinboard")
    assert not Draft.objects.exists()


def test_more_pictures_are_dragged_onto_a_draft_and_nothing_typed_is_lost(
    page: Page, elsewhere: str
):
    drop(page.locator("#page h1"), photo(1, "lamp.jpg"))
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Title").fill("My lamp")
    image = f"{elsewhere}/large.jpg"
    drop(page.locator("#page h1"), **{"text_uri-list": image, "text_html": f'<img src="{image}">'})
    draft_of(page, 2)
    expect(page.get_by_label("Title").first).to_have_value("My lamp")
    expect(page.locator(".offer-picture :checked")).to_have_count(2)
    drop(page.locator("#page h1"), text_html=f'<img src="{elsewhere}/none.jpg">')
    expect(page.locator(".notice")).to_contain_text("No picture could be fetched from there")
    expect(page.get_by_label("Title").first).to_have_value("My lamp")


def test_a_pasted_address_joins_a_draft_and_one_that_is_no_picture_is_told(
    page: Page, elsewhere: str
):
    """Pasted on a draft's page, an address was passed over without a word."""
    drop(page.locator("#page h1"), photo(1, "lamp.jpg"))
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Title").fill("My lamp")
    paste(page.locator("#page h1"), text_plain=f"{elsewhere}/large.jpg")
    draft_of(page, 2)
    html = f'<p>Another</p><img src="{elsewhere}/small.jpg">'
    paste(page.locator("#page h1"), text_plain="Another", text_html=html)
    draft_of(page, 3)
    assert not hand_over(page.get_by_label("Title").first, "paste", files=(), text_plain="x")
    drop(page.locator("#page h1"), **{"text_uri-list": f"{elsewhere}/lamps"})
    expect(page.locator(".notice")).to_contain_text("make a new pin from its link")
    expect(page.get_by_label("Title").first).to_have_value("My lamp")


def test_a_picture_pasted_into_a_draft_is_seen_at_once(page: Page):
    drop(page.locator("#page h1"), photo(1, "lamp.jpg"))
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".offer")).to_have_count(1)
    paste(page.locator("#page h1"), photo(2, "chair.jpg"))
    expect(page.get_by_role("img", name="chair.jpg")).to_be_visible()


def test_in_a_conversation_a_linked_picture_leads_to_its_page_too(
    page: Page, alice: Person, bob: Person, elsewhere: str
):
    make_conversation(alice, bob)
    visit(page, "/")
    talk = open_talk(page, "Bob")
    link, image = f"{elsewhere}/lamps", f"{elsewhere}/small.jpg"
    html = f'<a href="{link}"><img src="{image}"></a>'
    drop(talk.locator("[data-scroll]"), **{"text_uri-list": link, "text_html": html})
    expect(talk.locator(".composer-pin[data-pin]")).to_have_count(1)
    draft = Draft.objects.get()
    assert (draft.link, draft.wanted) == (link, [{"url": image}])
