"""What save buttons of other websites send: shown, and done only when somebody presses."""

from __future__ import annotations

import socket
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from pinboard.people.models import Person
from pinboard.pins.models import Draft, Pin, Source
from tests.makers import make_board
from tests.pins.test_create import SITE, Shop, finish, shop, signed_in

__all__ = ["Shop", "shop", "signed_in"]

BUTTON = "/pin/create/button/"


def sent(*pairs: tuple[str, str]) -> str:
    return f"{BUTTON}?{urlencode(pairs)}"


def hidden(html: str) -> list[tuple[str, str]]:
    """What the button's page would post."""
    from html import unescape

    from selectolax.lexbor import LexborHTMLParser

    form = LexborHTMLParser(html).css_first("main form")
    assert form is not None
    fields = [one.attributes for one in form.css("input[name]")]
    return [(str(one["name"]), unescape(one.get("value") or "")) for one in fields]


def press(client: Client, html: str) -> Any:
    data: dict[str, list[str]] = {}
    for name, value in hidden(html):
        data.setdefault(name, []).append(value)
    return client.post("/create/", data, follow=True)


@pytest.mark.django_db(transaction=True)
def test_a_save_button_leads_to_the_chosen_picture_first(
    signed_in: Client, alice: Person, shop: str
) -> None:
    page = signed_in.get(
        sent(("url", f"{shop}/pasta"), ("media", "/two.jpg"), ("description", "For Sunday"))
    )
    html = page.content.decode()
    assert "1 picture came along" in html
    assert "For Sunday" in html
    assert not Draft.objects.exists(), "a GET writes nothing"
    offered = press(signed_in, html).content.decode()
    draft = Draft.objects.get()
    assert draft.offers.count() == 2
    assert draft.wanted == [{"url": f"{shop}/two.jpg"}]
    first = draft.offers.select_related("picture")[0].picture
    assert first.colour == colour_of("/two.jpg")
    assert "For Sunday</textarea>" in offered
    assert 'value="Lemon pasta"' in offered
    assert 'class="topbar"' not in offered, "the small window stays small"
    board = make_board(alice)
    answer = signed_in.post(draft.get_absolute_url(), finish(draft, 1, board=board.pk), follow=True)
    assert "Close this window" in answer.content.decode()
    assert Pin.objects.get().source == Source.objects.get(url=f"{shop}/pasta")


def colour_of(path: str) -> str:
    from pinboard.images.press import press as pressed

    result = pressed(SITE[path][1])
    return str(result.colour)  # type: ignore[union-attr]  # a good picture


@pytest.mark.django_db(transaction=True)
def test_several_pictures_and_one_that_is_no_address_come_along(
    signed_in: Client, shop: str
) -> None:
    media = ["/one.jpg", f"{shop}/two.jpg", "javascript:alert(1)", "data:image/png;base64,AA"]
    page = signed_in.get(sent(("url", f"{shop}/plain"), *(("media", one) for one in media)))
    assert "2 pictures came along" in page.content.decode()
    press(signed_in, page.content.decode())
    assert Draft.objects.get().offers.count() == 2


@pytest.mark.django_db(transaction=True)
def test_pictures_of_a_page_that_cannot_be_read_can_be_had_all_the_same(
    signed_in: Client, shop: str
) -> None:
    address = sent(("url", f"{shop}/members"), ("media", "/one.jpg"), ("title", "Our pasta"))
    offered = press(signed_in, signed_in.get(address).content.decode()).content.decode()
    assert Draft.objects.get().state == Draft.State.READY
    assert 'value="Our pasta"' in offered


@pytest.mark.django_db(transaction=True)
def test_a_picture_without_a_page_leads_to_itself(signed_in: Client, shop: str) -> None:
    page = signed_in.get(sent(("media", f"{shop}/one.jpg")))
    press(signed_in, page.content.decode())
    draft = Draft.objects.get()
    assert (draft.link, draft.offers.count()) == (f"{shop}/one.jpg", 1)


@pytest.mark.django_db(transaction=True)
def test_a_page_that_fails_keeps_what_had_come_along(signed_in: Client, shop: str) -> None:
    page = signed_in.get(sent(("url", f"{shop}/gone"), ("media", "/none.jpg")))
    failed = press(signed_in, page.content.decode())
    assert failed.status_code == 422
    assert ("media", f"{shop}/none.jpg") in hidden(failed.content.decode())


def test_signing_in_comes_back_to_what_was_sent(client: Client, db: None) -> None:
    address = sent(("url", "https://shop.example/lamp?a=1&b=2"), ("media", "/lamp.jpg"))
    to_sign_in = client.get(address)
    assert to_sign_in.status_code == 302
    query = parse_qs(urlsplit(to_sign_in["Location"]).query)
    assert query["next"] == [address]


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "ftp://a.example/x", "http://", "x y"])
def test_an_address_that_is_none_gets_a_sentence(signed_in: Client, url: str) -> None:
    answer = signed_in.get(sent(("url", url)))
    assert answer.status_code == 422
    assert 'name="link"' in answer.content.decode()


def test_what_was_sent_is_text_and_nothing_else(signed_in: Client) -> None:
    evil = '"><script>alert(1)</script>'
    address = sent(("url", "https://a.example/" + "x"), ("title", evil), ("description", evil))
    html = signed_in.get(address).content.decode()
    assert "<script>alert" not in html


def test_another_site_cannot_press_the_button(alice: Person) -> None:
    """The form is an ordinary one of ours: without its token it is refused."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice, backend=settings.AUTHENTICATION_BACKENDS[0])
    answer = client.post("/create/", {"way": "link", "link": "https://a.example/"})
    assert answer.status_code == 403
    assert not Draft.objects.exists()


def test_the_button_cannot_be_framed(signed_in: Client) -> None:
    answer = signed_in.get(sent(("url", "https://a.example/")))
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.django_db(transaction=True)
def test_pictures_that_came_along_are_fetched_from_outside_only(
    signed_in: Client, shop: str
) -> None:
    """Whatever a site writes into its save button: no address of the inside is ever reached."""
    with socket.create_server(("127.0.0.1", 0)) as inside:
        inside.settimeout(0.2)
        port = inside.getsockname()[1]
        hosts = ("127.0.0.1", "localhost", "0x7f.1", "[::ffff:127.0.0.1]", "2130706433")
        media = [("media", f"http://{host}:{port}/x.jpg") for host in hosts]
        page = signed_in.get(sent(("url", f"{shop}/plain"), *media))
        press(signed_in, page.content.decode())
        with pytest.raises(TimeoutError):
            inside.accept()
    draft = Draft.objects.get()
    assert (draft.state, draft.offers.count()) == (Draft.State.READY, 0)


@pytest.mark.django_db(transaction=True)
def test_pictures_of_other_pages_join_a_draft_that_is_being_filled_in(
    signed_in: Client, alice: Person, shop: str
) -> None:
    draft = Draft.objects.create(person=alice, state=Draft.State.READY)
    more = {"way": "media", "media": [f"{shop}/one.jpg", "http://127.0.0.1:1/x.jpg", "data:,"]}
    html = signed_in.post(draft.get_absolute_url(), more).content.decode()
    assert draft.offers.count() == 1
    assert html.count(" checked") == 1
    gone = signed_in.post(draft.get_absolute_url(), {"way": "media", "media": f"{shop}/none.jpg"})
    assert "No picture could be fetched from there" in gone.content.decode()
