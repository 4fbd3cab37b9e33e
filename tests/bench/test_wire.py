"""The measuring side of HTTP, against a server of a few lines."""

from __future__ import annotations

import asyncio
import gzip

import pytest

from pinboard.bench.pages import check
from pinboard.bench.serving import BenchFailed
from pinboard.bench.wire import Answer, Line, read_head, request_bytes
from pinboard.bench.world import Group, Member, Page, World

PAGE = Page("feed", "/", signed_in=True, mark="<pin-card ", times=2)


def answer(body: bytes, *, status: int = 200, encoding: str = "") -> Answer:
    return Answer(status, encoding, body, 0.001)


def test_a_form_is_a_post_with_its_length():
    request = request_bytes("/x/", port=81, headers={"Cookie": "a=b"}, form=b"text=hi")
    head, _, body = request.partition(b"\r\n\r\n")
    assert head.startswith(b"POST /x/ HTTP/1.1\r\nHost: 127.0.0.1:81\r\n")
    assert b"Cookie: a=b" in head
    assert b"Content-Length: 7" in head
    assert body == b"text=hi"


def test_names_of_headers_are_read_in_small_letters():
    status, headers = read_head(b"HTTP/1.1 201 Created\r\nContent-Length: 3\r\nX-A:  b c\r\n\r\n")
    assert (status, headers) == (201, {b"content-length": b"3", b"x-a": b"b c"})


async def test_a_line_asks_again_and_again():
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for number in range(3):
            await reader.readuntil(b"\r\n\r\n")
            body = b"x" * number
            head = f"HTTP/1.1 200 OK\r\nContent-Length: {number}\r\n\r\n"
            writer.write(head.encode() + body)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, Line(port) as line:
        answers = [await line.ask(request_bytes("/", port=port)) for _ in range(3)]
        assert [each.body for each in answers] == [b"", b"x", b"xx"]
        with pytest.raises((EOFError, ConnectionError)):
            await line.ask(request_bytes("/", port=port))


def test_a_whole_page_passes_plain_and_compressed():
    body = b"<pin-card a><pin-card b>"
    check(PAGE, answer(body))
    check(PAGE, answer(gzip.compress(body), encoding="gzip"))


@pytest.mark.parametrize(
    ("status", "body"), [(500, b"<pin-card a><pin-card b>"), (200, b"<pin-card a>"), (302, b"")]
)
def test_an_answer_that_is_not_the_page_ends_the_measurement(status, body):
    with pytest.raises(BenchFailed):
        check(PAGE, answer(body, status=status))


def test_a_world_is_read_as_it_was_written(tmp_path):
    member = Member(1, "key")
    world = World({"pins": 3}, member, (PAGE,), (Group(7, (member,)),), (), {"pins": 3}, 1.5, 0.5)
    world.save(tmp_path)
    assert World.load(tmp_path) == world
