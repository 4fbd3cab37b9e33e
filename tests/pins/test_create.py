"""From files and links to pins; bad input gets its sentence and loses nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from pinboard.images.press import reads_heic
from pinboard.people.models import Person
from pinboard.pins.models import Draft, Pin
from tests.makers import make_board, make_pin


def picture(colour: str = "teal", size: tuple[int, int] = (600, 700), kind: str = "JPEG") -> bytes:
    file = BytesIO()
    image = Image.new("RGB", size, colour)
    image.paste("ivory", (40, 40, 200, 200))
    image.save(file, kind)
    return file.getvalue()


PAGE = b"""<!doctype html><title>Lemon pasta | Kitchen</title>
<meta property="og:site_name" content="The Kitchen">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Recipe",
"name": "Lemon pasta", "description": "Bright and quick.", "totalTime": "PT25M",
"recipeYield": "4", "recipeIngredient": ["400 g spaghetti", "2 lemons"],
"image": ["/one.jpg", "/two.jpg"]}</script><p>Words.</p><img src="/one.jpg"><img src="/two.jpg">"""

SITE = {
    "/pasta": ("text/html", PAGE),
    "/plain": ("text/html", b"<!doctype html><title>No pictures</title><p>Only words.</p>"),
    "/one.jpg": ("image/jpeg", picture("teal")),
    "/two.jpg": ("image/jpeg", picture("maroon")),
}


class Shop(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind, body = SITE.get(self.path, ("", b""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind or "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        return


@pytest.fixture
def shop(settings: Any) -> Iterator[str]:
    """A website on this machine that saving from a link is allowed to reach."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    host = f"127.0.0.1:{server.server_port}"
    settings.FETCH_ALLOW = (host,)
    yield f"http://{host}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def signed_in(client: Client, alice: Person) -> Client:
    client.force_login(alice)
    return client


def upload(*files: tuple[str, bytes]) -> dict[str, Any]:
    parts = [SimpleUploadedFile(name, data) for name, data in files]
    return {"way": "upload", "pictures": parts}


def paste(client: Client, link: str) -> Any:
    return client.post("/create/", {"way": "link", "link": link}, follow=True)


def finish(draft: Draft, take: int, **more: Any) -> dict[str, Any]:
    """The draft's form with the first `take` pictures chosen."""
    data: dict[str, Any] = {}
    for index, offer in enumerate(draft.offers.all()):
        if index < take:
            data[f"p{offer.pk}-take"] = "on"
            data[f"p{offer.pk}-title"] = f"Title {index}"
    return {**data, **more}


@pytest.mark.django_db(transaction=True)
def test_a_link_becomes_a_pin_that_knows_what_it_shows(
    signed_in: Client, alice: Person, shop: str
) -> None:
    page = paste(signed_in, f"{shop}/pasta")
    html = page.content.decode()
    assert "The Kitchen" in html
    assert "25 min" in html
    assert 'value="Lemon pasta"' in html
    draft = Draft.objects.get()
    assert draft.offers.count() == 2
    board = make_board(alice)
    answer = signed_in.post(
        page.redirect_chain[-1][0], finish(draft, 1, board=board.pk, note="For Saturday")
    )
    pin = Pin.objects.get()
    assert answer["Location"] == pin.get_absolute_url()
    shown = signed_in.get(pin.get_absolute_url()).content.decode()
    for words in ("Title 0", "400 g spaghetti", "25 min", "For Saturday", "The Kitchen"):
        assert words in shown
    visit = signed_in.get(f"/pins/{pin.pk}/visit/")
    assert visit["Location"] == f"{shop}/pasta"
    pin.refresh_from_db()
    assert pin.visit_count == 1


@pytest.mark.django_db(transaction=True)
def test_several_uploads_become_several_pins_on_a_new_board(
    signed_in: Client, alice: Person
) -> None:
    files = [("a.jpg", picture("navy")), ("b.png", picture("olive", kind="PNG"))]
    page = signed_in.post("/create/", upload(*files), follow=True)
    draft = Draft.objects.get()
    answer = signed_in.post(
        page.redirect_chain[-1][0], finish(draft, 2, new_board="Colours", secret="on")
    )
    assert answer["Location"] == "/@alice/colours/"
    assert [pin.is_public for pin in Pin.objects.all()] == [False, False]
    assert not Draft.objects.get().offers.exists()


@pytest.mark.django_db(transaction=True)
def test_one_bad_file_gets_its_sentence_and_the_good_ones_stay(signed_in: Client) -> None:
    files = [("good.jpg", picture("plum")), ("notes.txt", b"not a picture"), ("cut.jpg", b"")]
    files[2] = ("cut.jpg", picture("gold")[:4000])
    answer = signed_in.post("/create/", upload(*files))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "notes.txt:" in html
    assert "cut.jpg:" in html
    draft = Draft.objects.get()
    assert draft.offers.count() == 1
    # The page came at /create/, so its form has to name where it leads.
    assert f'<form method="post" action="{draft.get_absolute_url()}"' in html


def test_a_form_that_names_no_way_gets_a_sentence(signed_in: Client) -> None:
    answer = signed_in.post("/create/", {"link": "https://example.org/"})
    assert answer.status_code == 422
    assert "Paste a link to a page or a picture." in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_files_that_wait_when_pins_are_made_are_shown_first(
    signed_in: Client, alice: Person
) -> None:
    page = signed_in.post("/create/", upload(("a.jpg", picture("navy"))), follow=True)
    url, draft = page.redirect_chain[-1][0], Draft.objects.get()
    typed = finish(draft, 1, board=make_board(alice).pk)
    waiting = {"pictures": upload(("b.jpg", picture("linen")))["pictures"]}
    html = signed_in.post(url, {**typed, **waiting}).content.decode()
    assert "had chosen are here now" in html
    assert 'value="Title 0"' in html
    assert draft.offers.count() == 2
    assert not Pin.objects.exists()
    signed_in.post(url, finish(draft, 2, board=typed["board"]))
    assert Pin.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("http://127.0.0.1/admin", "public web page"),
        ("http://169.254.169.254/latest/meta-data/", "public web page"),
        ("http://[::1]:80/", "public web page"),
        ("http://nowhere.invalid/page", "no site called"),
        ("javascript:alert(1)", "not a web address"),
        ("ftp://example.org/file", "not a web address"),
        ("two words", "not a web address"),
        (f"https://example.org/{'x' * 2000}", "too long: at most 2,000"),
        ("", "Paste a link"),
    ],
)
def test_a_bad_link_gets_a_sentence_beside_the_field_and_stays_there(
    signed_in: Client, link: str, words: str
) -> None:
    html = paste(signed_in, link).content.decode()
    assert words in html
    assert "errorlist" in html
    if link:
        assert f'value="{link}"' in html.replace("&#x27;", "'")


@pytest.mark.django_db(transaction=True)
def test_a_page_without_pictures_can_still_be_pinned_with_ones_own(
    signed_in: Client, alice: Person, shop: str
) -> None:
    page = paste(signed_in, f"{shop}/plain")
    url = page.redirect_chain[-1][0]
    assert "no picture on this page" in page.content.decode()
    signed_in.post(url, upload(("mine.jpg", picture("coral"))))
    draft = Draft.objects.get()
    signed_in.post(url, finish(draft, 1, board=make_board(alice).pk))
    pin = Pin.objects.get()
    assert pin.source is not None
    assert pin.source.url == f"{shop}/plain"


@pytest.mark.django_db(transaction=True)
def test_pictures_added_where_a_page_could_not_be_read_lead_there_all_the_same(
    signed_in: Client, alice: Person, shop: str
) -> None:
    """One was told to save the picture, and its pin led nowhere."""
    page = paste(signed_in, f"{shop}/members-only")
    url = page.redirect_chain[-1][0]
    html = page.content.decode()
    assert page.status_code == 422
    assert "There is no page at this address" in html
    assert f'action="{url}"' in html
    refused = signed_in.post(url, upload(("notes.txt", b"no picture")))
    assert refused.status_code == 422
    assert "notes.txt: " in refused.content.decode()
    signed_in.post(url, upload(("mine.jpg", picture("coral"))))
    draft = Draft.objects.get()
    signed_in.post(url, finish(draft, 1, board=make_board(alice).pk))
    pin = Pin.objects.get()
    assert pin.source is not None
    assert pin.source.url == f"{shop}/members-only"


def test_the_pin_of_a_file_is_led_to_a_page_by_its_maker(
    signed_in: Client, alice: Person, bob: Person
) -> None:
    pin = make_pin(alice, board=make_board(alice), source=None)
    page = signed_in.get(pin.get_absolute_url()).content.decode()
    assert f'href="/pins/{pin.pk}/link/">Lead it to a page' in page
    assert "Lead it to a page" in signed_in.get(f"/pins/{pin.pk}/link/").content.decode()
    signed_in.force_login(bob)
    assert "Lead it to a page" not in signed_in.get(pin.get_absolute_url()).content.decode()


@pytest.mark.django_db(transaction=True)
def test_nothing_chosen_and_no_board_get_sentences_and_words_stay(signed_in: Client) -> None:
    page = signed_in.post("/create/", upload(("a.jpg", picture("peru"))), follow=True)
    url, draft = page.redirect_chain[-1][0], Draft.objects.get()
    answer = signed_in.post(url, finish(draft, 1, note="typed note"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose a board" in html
    assert "typed note" in html
    assert 'value="Title 0"' in html
    answer = signed_in.post(url, finish(draft, 0, new_board="Typed board"))
    assert "Choose at least one picture" in answer.content.decode()
    assert not Pin.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_picture_is_seen_by_nobody_else_before_it_is_a_public_pin(
    signed_in: Client, alice: Person
) -> None:
    page = signed_in.post("/create/", upload(("a.jpg", picture("tan"))), follow=True)
    draft = Draft.objects.get()
    picture_url = draft.offers.get().picture.src
    assert signed_in.get(picture_url)["Cache-Control"] == "private, no-store"
    assert Client().get(picture_url).status_code == 404
    signed_in.post(page.redirect_chain[-1][0], finish(draft, 1, board=make_board(alice).pk))
    assert "immutable" in Client().get(picture_url)["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_reading_twice_makes_one_source_and_no_second_offers(signed_in: Client, shop: str) -> None:
    from pinboard.pins import drafting

    paste(signed_in, f"{shop}/pasta")
    draft = Draft.objects.get()
    drafting.read(draft)
    assert draft.offers.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_reading_that_died_is_started_again(signed_in: Client, alice: Person, shop: str) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from pinboard.pins.jobs import read_forgotten_drafts

    forgotten = Draft.objects.create(
        person=alice,
        link=f"{shop}/pasta",
        state=Draft.State.READING,
        created=timezone.now() - timedelta(minutes=5),
    )
    read_forgotten_drafts()
    forgotten.refresh_from_db()
    assert forgotten.state == Draft.State.READY


@pytest.mark.django_db(transaction=True)
def test_adding_more_pictures_keeps_what_was_typed_about_the_first(
    signed_in: Client, alice: Person
) -> None:
    page = signed_in.post("/create/", upload(("a.jpg", picture("khaki"))), follow=True)
    url, draft = page.redirect_chain[-1][0], Draft.objects.get()
    board = make_board(alice)
    typed = finish(draft, 1, board=board.pk, note="typed note")
    html = signed_in.post(url, {**typed, **upload(("b.jpg", picture("linen")))}).content.decode()
    assert draft.offers.count() == 2
    assert 'value="Title 0"' in html
    assert 'value="typed note"' in html
    assert f'<option value="{board.pk}" selected>' in html
    assert html.count(" checked") == 2


def test_phones_are_asked_for_what_can_be_read_here(signed_in: Client) -> None:
    """An iPhone that is asked for HEIC sends it; one that is not sends a JPEG of it."""
    page = signed_in.get("/create/").content.decode()
    assert ("image/heic" in page) == reads_heic()
    manifest = signed_in.get("/manifest.webmanifest").json()
    accept = manifest["share_target"]["params"]["files"][0]["accept"]
    assert ("image/heic" in accept) == reads_heic()
    assert "image/jpeg" in accept


@pytest.mark.django_db(transaction=True)
def test_a_heic_that_cannot_be_read_is_told_what_to_do(signed_in: Client) -> None:
    heic = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(60)
    page = signed_in.post("/create/", upload(("IMG_1.HEIC", heic)))
    assert page.status_code == 422
    words = "export it as JPEG" if not reads_heic() else "damaged or incomplete"
    assert words in page.content.decode()
