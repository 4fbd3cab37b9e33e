"""Nobody's link leads us inside: TRUST.md 59 to 62, and 64."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence

import pytest

from pinboard.ingest import fetch as fetching
from pinboard.ingest.errors import FetchFailed, FetchRefused
from pinboard.ingest.fetch import PICTURE, fetch
from pinboard.ingest.page import read_link, read_page
from tests.ingest.sites import Request, Site, names, page, redirect, reply, site
from tests.ingest.test_addresses import NOT_PUBLIC

#: A page that may be a video, and whose player its provider has to tell.
PLAYED = """<!doctype html><title>Kneading</title><meta property="og:type" content="video.other">
<link rel="alternate" type="application/json+oembed" href="{href}"><h1>Kneading</h1>"""
PUBLIC = "93.184.216.34"

#: Ways to write "this machine" or "inside"; {port} is where somebody listens.
SPELLINGS = [
    "http://127.0.0.1:{port}/",
    "http://127.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.0.0.1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://017700000001:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://１２７.０.０.１:{port}/",
    "http://127。0。0。1:{port}/",
    "http://0.0.0.0:{port}/",
    "http://0:{port}/",
    "http://[::]:{port}/",
    "http://[::1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[64:ff9b::127.0.0.1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://localhost:{port}/",
    "http://localhost.:{port}/",
    "http://LOCALHOST:{port}/",
    "http://user@127.0.0.1:{port}/",
    "http://example.com@127.0.0.1:{port}/",
    "http://example.com:80@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@example.com/",
    "http://127.0.0.1\t:{port}/",
    "//127.0.0.1:{port}/",
    "127.0.0.1:{port}/",
]


@pytest.fixture
def inside() -> Iterator[Site]:
    """A service of ours that no link may reach."""
    with site(page(b"<title>secret</title>")) as server:
        yield server


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Every address fetch tries to connect to; none of them answers."""
    tried: list[tuple[str, int]] = []

    def create_connection(address: tuple[str, int], timeout: float) -> socket.socket:
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", create_connection)
    monkeypatch.setattr(fetching, "is_this_machine", lambda _address: False)
    return tried


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_reaches_this_machine(inside: Site, spelling: str) -> None:
    with pytest.raises(FetchRefused):
        fetch(spelling.format(port=inside.port))
    assert inside.strangers() == 0


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_no_name_leads_to_an_address_inside(attempts: list[tuple[str, int]], address: str) -> None:
    with pytest.raises(FetchRefused):
        fetch("http://shop.test/", resolve=names(shop_test=address))
    assert attempts == []


def test_one_address_inside_among_public_ones_is_enough(attempts: list[tuple[str, int]]) -> None:
    for mixed in ([PUBLIC, "10.0.0.1"], ["::1", PUBLIC], [PUBLIC, PUBLIC, "169.254.169.254"]):
        with pytest.raises(FetchRefused):
            fetch("http://shop.test/", resolve=names(shop_test=mixed))
    assert attempts == []


def test_a_name_that_changes_its_address_is_asked_once(attempts: list[tuple[str, int]]) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return next(answers)

    with pytest.raises(FetchFailed):
        fetch("http://rebind.test/", resolve=rebinding)
    assert asked == ["rebind.test"]
    assert attempts == [(PUBLIC, 80)]


def test_our_own_public_address_is_inside_too(
    attempts: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "is_this_machine", lambda _address: True)
    with pytest.raises(FetchRefused):
        fetch(f"http://{PUBLIC}/")
    assert attempts == []


@pytest.mark.parametrize("port", [21, 22, 25, 3306, 5432, 6379, 8000, 8080, 11211, 27017])
def test_only_the_ports_of_the_web(attempts: list[tuple[str, int]], port: int) -> None:
    with pytest.raises(FetchRefused):
        fetch(f"http://{PUBLIC}:{port}/")
    assert attempts == []


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://{host}/", "file:///etc/passwd", "gopher://{host}/_x", "dict://{host}/"),
        *("data:text/html,<title>x", "javascript:alert(1)", "ldap://{host}/", "ssh://{host}/"),
    ],
)
def test_only_the_schemes_of_the_web(inside: Site, url: str) -> None:
    with pytest.raises(FetchRefused):
        fetch(url.format(host=inside.host), allow=[inside.host])
    assert inside.strangers() == 0


@pytest.mark.parametrize("hops", [1, 2, 3, 4, 5])
@pytest.mark.parametrize(
    "spelling", ["http://127.0.0.1:{port}/", "http://[::1]:{port}/", "//0:{port}/"]
)
def test_no_hop_of_a_redirect_leads_inside(inside: Site, hops: int, spelling: str) -> None:
    target = spelling.format(port=inside.port)

    def answer(request: object, channel: socket.socket) -> None:
        step = len(outside.requests)
        redirect(channel, target if step == hops else outside.url(f"/{step}"))

    with site(answer) as outside:
        with pytest.raises(FetchRefused):
            fetch(outside.url(), allow=[outside.host])
        assert outside.connections == hops
    assert inside.strangers() == 0


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_scheme_is_refused(status: int) -> None:
    for target in ("file:///etc/passwd", "ftp://example.com/", "javascript:alert(1)"):
        with (
            site(lambda _, channel: redirect(channel, target, f"{status} Moved")) as outside,  # noqa: B023 - used at once
            pytest.raises(FetchRefused),
        ):
            fetch(outside.url(), allow=[outside.host])


def test_nothing_a_page_mentions_leads_inside(inside: Site) -> None:
    secret = f"http://127.0.0.1:{inside.port}/secret.jpg"
    body = f"""<link rel=canonical href="{secret}"><link rel="icon" href="{secret}?1">
        <link rel="alternate" type="application/json+oembed" href="{secret}?2">
        <link rel="image_src" href="{secret}?3"><meta property="og:image" content="{secret}?4">
        <meta name="twitter:image" content="{secret}?5">
        <img src="{secret}?6" srcset="{secret}?7 2000w"><video poster="{secret}?8"></video>
        <script type="application/ld+json">{{"@type":"Product","name":"x","image":"{secret}?9",
        "@context":"{secret}"}}</script><iframe src="{secret}"></iframe>"""
    reading = read_page(body.encode(), url="https://shop.example/lamp")
    assert reading.canonical_url == "https://shop.example/lamp"
    assert reading.pictures
    for picture in reading.pictures:
        with pytest.raises(FetchRefused):
            fetch(picture.url, limits=PICTURE)
    assert inside.strangers() == 0


@pytest.mark.parametrize(
    "spelling",
    ["http://127.0.0.1:{port}/o", "http://[::1]:{port}/o", "//0:{port}/o", "{outside}/redirect"],
)
def test_no_oembed_address_leads_inside(inside: Site, spelling: str) -> None:
    """TRUST 60: the only address that reading a page visits by itself."""

    def answer(request: Request, channel: socket.socket) -> None:
        if request.path == "/redirect":
            redirect(channel, inside.url("/o"))
        else:
            href = spelling.format(port=inside.port, outside=outside.url("").rstrip("/"))
            reply(channel, PLAYED.format(href=href).encode())

    with site(answer) as outside:
        visit = read_link(outside.url("/video"), allow=[outside.host])
        assert visit.reading.title == "Kneading", "the page keeps what it says itself"
        asked = [request.path for request in outside.requests]
        assert asked == ["/video", *(["/redirect"] if "redirect" in spelling else [])]
    assert inside.strangers() == 0


def test_an_open_port_cannot_be_told_from_a_closed_one(inside: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        closed = unused.getsockname()[1]
    told = set()
    for port in (inside.port, closed, 80, 443):
        with pytest.raises(FetchRefused) as caught:
            fetch(f"http://127.0.0.1:{port}/")
        told.add((str(caught.value), caught.value.code, caught.value.status))
    assert len(told) == 1
    assert inside.strangers() == 0


def test_what_is_allowed_is_reached_and_nothing_beside_it(inside: Site) -> None:
    with site(page(b"<title>ours</title>")) as ours:
        assert fetch(ours.url(), allow=[ours.host]).kind == "page"
        assert fetch(ours.url(), allow=["127.0.0.0/8"]).kind == "page"
        assert (
            fetch(
                f"http://shop.test:{ours.port}/",
                allow=[f"shop.test:{ours.port}"],
                resolve=names(shop_test="127.0.0.1"),
            ).kind
            == "page"
        )
        with pytest.raises(FetchRefused):
            fetch(inside.url(), allow=[ours.host])
    assert inside.strangers() == 0
