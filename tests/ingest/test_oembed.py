"""oEmbed by discovery: a second visit that is guarded, brief, and may fail without a trace."""

from __future__ import annotations

import json
import socket
import time
from typing import Any

import pytest

from pinboard.ingest.page import read_link, read_page
from pinboard.ingest.reading import Reading, Video
from tests.ingest.sites import Request, Site, reply, site
from tests.ingest.test_fetch_limits import drip
from tests.ingest.test_hostile_pages import is_inert

LINK = '<link rel="alternate" type="application/json+oembed" href="{}">'
SAID = {
    "type": "video",
    "version": "1.0",
    "title": "Ocean at night",
    "author_name": "Studio North",
    "provider_name": "Clips",
    "duration": 95,
    "thumbnail_url": "https://clips.example/still.jpg",
    "thumbnail_width": 1280,
    "thumbnail_height": 720,
    "html": '<iframe width="480" src="https://clips.example/embed/7?a=1&amp;b=2"></iframe>',
}


def page(href: str = "/oembed?id=7") -> bytes:
    return f"<title>Watch</title>{LINK.format(href)}".encode()


def visit(said: Any, *, href: str = "/oembed?id=7") -> tuple[Reading, Site]:
    def answer(request: Request, channel: socket.socket) -> None:
        if request.path.startswith("/oembed"):
            reply(channel, json.dumps(said).encode(), content_type="application/json")
        else:
            reply(channel, page(href))

    with site(answer) as server:
        return read_link(server.url("/watch/7"), allow=[server.host]).reading, server


def test_a_video_is_found_where_the_page_says_one_can_ask() -> None:
    reading, server = visit(SAID)
    assert reading.kind == "movie"
    assert (reading.author, reading.site_name) == ("Studio North", "Clips")
    assert reading.video == Video("https://clips.example/embed/7?a=1&b=2", "clips.example", 2)
    assert reading.origins["video"] == "oembed"
    assert (reading.pictures[0].url, reading.pictures[0].width) == (SAID["thumbnail_url"], 1280)
    assert [request.path for request in server.requests] == ["/watch/7", "/oembed?id=7"]


@pytest.mark.parametrize(
    "said",
    [
        *([], None, "x", 7, {}, {"type": "video"}, {"type": "video", "html": 5, "duration": "x"}),
        {**SAID, "html": '<iframe src="javascript:alert(1)">', "title": "<script>x</script>T"},
        {**SAID, "html": "<iframe src='http://clips.example/embed/7'>", "duration": 10**30},
        {**SAID, "html": "", "thumbnail_url": "file:///etc/x", "author_name": {"a": ["<b>"]}},
    ],
)
def test_hostile_answers_leave_inert_text_and_no_player(said: Any) -> None:
    reading, _ = visit(said)
    assert reading.video == Video()
    assert is_inert(reading)


def test_the_second_visit_does_not_reach_inside() -> None:
    def inside(request: Request, channel: socket.socket) -> None:
        reply(channel, json.dumps(SAID).encode(), content_type="application/json")

    with site(inside) as hidden:
        reading, _ = visit(SAID, href=hidden.url("/oembed"))
        assert hidden.strangers() == 0
    assert reading.title == "Watch"
    assert reading.video == Video()


def test_a_dripping_answer_costs_seconds_and_nothing_else() -> None:
    def answer(request: Request, channel: socket.socket) -> None:
        if request.path.startswith("/oembed"):
            drip(b"HTTP/1.1 200 OK\r\n\r\n", b" ")(request, channel)
        else:
            reply(channel, page())

    begun = time.monotonic()
    with site(answer) as server:
        reading = read_link(server.url("/watch/7"), allow=[server.host]).reading
    assert reading.title == "Watch"
    assert time.monotonic() - begun < 8


@pytest.mark.parametrize(
    "body",
    [
        page("https://blog.example/wp-json/oembed/1.0/embed?url=x"),
        page("javascript:alert(1)"),
        page() + b'<meta property="og:type" content="article">',
        b"<title>No link</title>",
    ],
)
def test_nobody_is_asked_without_need(body: bytes) -> None:
    def ask(address: str) -> bytes:
        raise AssertionError(address)

    assert read_page(body, url="https://x.example/a", ask=ask).title


def test_pages_are_read_without_a_network_when_nothing_may_be_asked() -> None:
    assert read_page(page(), url="https://x.example/a").title == "Watch"
