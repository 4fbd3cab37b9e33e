"""From a link to a reading, with everything between running in the sandbox."""

from __future__ import annotations

import socket

import pytest

from pinboard.ingest.errors import (
    FetchFailed,
    FetchRefused,
    FetchTooLarge,
    FetchUnsupported,
)
from pinboard.ingest.fetch import Limits
from pinboard.ingest.page import fetch_picture, read_link
from pinboard.quality.pages import SAVED as PAGES
from tests.ingest.sites import QUICK, Request, page, redirect, reply, site
from tests.ingest.test_fetch_limits import HEAD, PNG, drip, gzip_bomb


def test_a_link_becomes_a_reading() -> None:
    body = (PAGES / "product-microdata.html").read_bytes()

    def answer(request: Request, channel: socket.socket) -> None:
        if request.path == "/short":
            redirect(channel, "/linen?utm_source=friend")
        else:
            reply(channel, body)

    with site(answer) as server:
        visit = read_link(server.url("/short"), allow=[server.host])
    assert visit.final_url == server.url("/linen?utm_source=friend")
    assert visit.reading.kind == "product"
    assert visit.reading.product.price == "149.50"
    assert visit.reading.canonical_url == server.url("/linen")
    assert visit.reading.pictures[0].url == server.url("/media/catalog/product/linen_main.jpg")


def test_the_charset_of_the_header_counts() -> None:
    body = "<title>Jarrón</title>".encode("cp1250")
    with site(page(body, content_type="text/html; charset=windows-1250")) as server:
        assert read_link(server.url(), allow=[server.host]).reading.title == "Jarrón"


def test_a_link_to_a_picture_offers_that_picture() -> None:
    with site(page(PNG, content_type="image/png")) as server:
        visit = read_link(server.url("/blue-vase.png"), allow=[server.host])
        (picture,) = visit.reading.pictures
        assert (picture.url, picture.found_in) == (server.url("/blue-vase.png"), "link")
        assert visit.reading.title == "Blue vase"
        assert visit.reading.kind == "plain"
        assert fetch_picture(picture.url, allow=[server.host]) == PNG


def test_a_page_without_anything_still_has_a_title_and_a_site() -> None:
    with site(page(b"<p>hello")) as server:
        reading = read_link(server.url("/our-summer-house/"), allow=[server.host]).reading
    assert reading.title == "Our summer house"
    assert reading.site_name == "127.0.0.1"
    assert reading.pictures == ()
    assert reading.origins["title"] == "link"


def test_what_goes_wrong_in_the_child_keeps_its_name_and_sentence() -> None:
    with pytest.raises(FetchRefused, match="does not lead to a public web page"):
        read_link("http://127.0.0.1/")
    with pytest.raises(FetchRefused, match="https://"):
        fetch_picture("ftp://example.com/x.png")
    with site(page(b"<html>")) as server, pytest.raises(FetchUnsupported, match="no picture"):
        fetch_picture(server.url(), allow=[server.host])
    with site(gzip_bomb) as server, pytest.raises(FetchTooLarge, match="larger than 5 MB"):
        read_link(server.url(), allow=[server.host])
    with site(drip(HEAD)) as server, pytest.raises(FetchFailed, match="too long") as caught:
        read_link(server.url(), allow=[server.host], limits=QUICK)
    assert caught.value.code == "fetch_timeout"


def test_a_child_that_dies_is_a_page_that_cannot_be_read() -> None:
    greedy = Limits(page_bytes=8 << 30, picture_bytes=8 << 30)

    def answer(_request: Request, channel: socket.socket) -> None:
        channel.sendall(HEAD + b"\r\n<html>")
        while True:
            channel.sendall(b"x" * (4 << 20))

    with site(answer) as server, pytest.raises(FetchUnsupported):
        read_link(server.url(), allow=[server.host], limits=greedy)
