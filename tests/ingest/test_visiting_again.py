"""Visiting a page again: only if it changed, only where programs are welcome, not before asked."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from pinboard.ingest.answers import Validators
from pinboard.ingest.errors import FetchFailed, FetchUnwelcome
from pinboard.ingest.fetch import fetch, user_agent
from pinboard.ingest.page import read_link, read_rules
from pinboard.ingest.robots import Rules, permits
from tests.ingest.sites import Answer, Request, page, redirect, reply, site
from tests.ingest.test_fetch_limits import gzip_bomb

LAMP = b"<title>Lamp</title><p>149"
SHOWS_LAMP = page(LAMP)


def with_robots(text: str, *, status: str = "200 OK", then: Answer = SHOWS_LAMP) -> Answer:
    def answer(request: Request, channel: socket.socket) -> None:
        if request.path == "/robots.txt":
            reply(channel, text.encode(), status=status, content_type="text/plain")
        else:
            then(request, channel)

    return answer


def shelf(request: Request, channel: socket.socket) -> None:
    """A page that knows whether it changed, behind an address that leads on to it."""
    if request.path == "/short":
        redirect(channel, "/lamp")
    elif request.headers.get("If-None-Match") == '"v1"':
        reply(channel, b"", status="304 Not Modified")
    else:
        reply(channel, LAMP, 'ETag: "v1"', "Last-Modified: Mon, 02 Nov 2026 10:00:00 GMT")


def test_a_page_that_did_not_change_is_not_sent_again() -> None:
    with site(shelf) as server:
        first = read_link(server.url("/short"), allow=[server.host])
        assert first.reading.title == "Lamp"
        assert not first.is_unchanged
        second = read_link(server.url("/short"), allow=[server.host], known=first.validators)
        assert second.is_unchanged
        assert second.reading.title == ""
        assert second.validators == first.validators
    asked = [request.headers for request in server.requests]
    assert "If-None-Match" not in asked[2], "the address that leads on is another one"
    assert asked[3]["If-None-Match"] == '"v1"'
    assert asked[3]["If-Modified-Since"] == "Mon, 02 Nov 2026 10:00:00 GMT"


def test_what_a_site_gave_us_is_told_to_no_other_address() -> None:
    with site(shelf) as server:
        known = Validators(server.url("/elsewhere"), '"v1"', "")
        assert not read_link(server.url("/lamp"), allow=[server.host], known=known).is_unchanged


@pytest.mark.parametrize("etag", ['"' + "x" * 400 + '"', '"caf\xe9"', '"a\tb"'])
def test_what_could_not_be_sent_back_is_not_remembered(etag: str) -> None:
    def answer(_request: Request, channel: socket.socket) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: {etag}\r\nContent-Length: 6"
        channel.sendall(head.encode("latin-1") + b"\r\n\r\n<html>")

    with site(answer) as server:
        fetched = fetch(server.url("/"), allow=[server.host])
    assert fetched.validators == Validators(server.url("/"))


def test_a_304_that_nobody_asked_for_is_no_page() -> None:
    with site(page(b"", status="304 Not Modified")) as server, pytest.raises(FetchFailed):
        read_link(server.url(), allow=[server.host])


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [
        ("120", 120, 120),
        ("in an hour", 3500, 3700),
        (format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True), 0, 0),
        ("99999999999", 7 * 86400, 7 * 86400),
        ("soon", 0, 0),
        ("-5", 0, 0),
        ("²", 0, 0),
    ],
)
def test_a_site_that_is_busy_says_when_to_come_back(header: str, least: int, most: int) -> None:
    if header == "in an hour":  # from now, not from when the tests were gathered
        header = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    answer = page(b"", f"Retry-After: {header}".encode().decode("latin-1"), status="503 Busy")
    with site(answer) as server, pytest.raises(FetchFailed) as caught:
        read_link(server.url(), allow=[server.host])
    assert caught.value.answer_status == 503
    assert least <= caught.value.come_back_seconds <= most


def test_pages_that_robots_txt_keeps_to_itself_are_not_visited() -> None:
    text = "User-agent: *\nDisallow: /cart\nCrawl-delay: 7\n\nUser-agent: Other\nDisallow: /"
    with site(with_robots(text)) as server:
        rules = read_rules(server.url("/lamp"), allow=[server.host])
        assert rules.delay_seconds == 7
        visit = read_link(server.url("/lamp"), allow=[server.host], rules=rules)
        assert visit.reading.title == "Lamp"
        with pytest.raises(FetchUnwelcome, match="asks programs not to visit"):
            read_link(server.url("/cart/7"), allow=[server.host], rules=rules)
        person = read_link(server.url("/cart/7"), allow=[server.host])
        assert person.reading.title == "Lamp", "a person may look at what programs may not"
    assert [request.path for request in server.requests] == ["/robots.txt", "/lamp", "/cart/7"]


def test_rules_for_us_by_name_count_before_those_for_all() -> None:
    rules = Rules(text="User-agent: *\nAllow: /\n\nUser-agent: pinboard\nDisallow: /private")
    assert permits(rules, "https://shop.example/lamp")
    assert not permits(rules, "https://shop.example/private/1")


def test_the_site_that_a_page_leads_on_to_is_asked_as_well() -> None:
    with site(with_robots("User-agent: *\nDisallow: /")) as closed:

        def lead_on(_request: Request, channel: socket.socket) -> None:
            redirect(channel, closed.url("/lamp"))

        with site(with_robots("", then=lead_on)) as server:
            allow = [server.host, closed.host]
            rules = read_rules(server.url(), allow=allow)
            with pytest.raises(FetchUnwelcome):
                read_link(server.url("/s"), allow=allow, rules=rules)
        assert [request.path for request in closed.requests] == ["/robots.txt"]


@pytest.mark.parametrize(
    ("status", "is_open"),
    [("404 Not Found", True), ("403 Forbidden", True), ("500 Oops", False), ("429 Slow", False)],
)
def test_no_rules_forbid_nothing_and_broken_ones_everything(status: str, is_open: bool) -> None:
    with site(with_robots("Disallow: /", status=status)) as server:
        rules = read_rules(server.url("/lamp"), allow=[server.host])
    assert permits(rules, server.url("/lamp")) == is_open


def test_rules_without_end_are_read_from_their_beginning() -> None:
    long = "User-agent: *\nDisallow: /cart\n" + "# noise\n" * 200_000
    with site(with_robots(long)) as server:
        rules = read_rules(server.url("/"), allow=[server.host])
    assert len(rules.text) == 500 << 10
    assert not permits(rules, server.url("/cart"))
    with site(gzip_bomb) as server:
        assert len(read_rules(server.url("/"), allow=[server.host]).text) <= 500 << 10


def test_rules_of_a_site_inside_are_not_fetched() -> None:
    with site(with_robots("")) as server:
        with pytest.raises(Exception, match="does not lead to a public web page"):
            read_rules(server.url("/"))
        assert server.strangers() == 0


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("", "Pinboard/0.1.0"),
        ("https://pins.example.org", "Pinboard/0.1.0 (+https://pins.example.org/)"),
        ("ana@example.org", "Pinboard/0.1.0 (+ana@example.org)"),
        (
            "https://pins.example.org; ana@example.org",
            "Pinboard/0.1.0 (+https://pins.example.org/; ana@example.org)",
        ),
        ("ana@example.org\r\nCookie: x(", "Pinboard/0.1.0 (+ana@example.orgCookie:x)"),
    ],
)
def test_the_name_we_give_says_whom_to_write_to(who: str, name: str) -> None:
    assert user_agent(who) == name
