"""No site holds us up or fills us up, and none learns who we are: TRUST.md 63 and 65."""

from __future__ import annotations

import gzip
import socket
import zlib

import pytest

from pinboard import sandbox
from pinboard.ingest.errors import (
    FetchError,
    FetchFailed,
    FetchTooLarge,
    FetchUnsupported,
)
from pinboard.ingest.fetch import PAGE, PICTURE, Fetched, Limits, fetch
from tests.ingest.sites import QUICK, Answer, Request, page, redirect, reply, site

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
SMALL = Limits(page_bytes=10_000, picture_bytes=20_000, total_seconds=5.0)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def fetch_from(answer: Answer, limits: Limits = SMALL) -> Fetched:
    with site(answer) as server:
        return fetch(server.url(), limits=limits, allow=[server.host])


def drip(*beginning: bytes) -> Answer:
    """Sends the beginning, then one byte now and then, until we hang up."""

    def answer(_request: Request, channel: socket.socket) -> None:
        channel.sendall(b"".join(beginning))
        channel.settimeout(0.05)
        while True:
            channel.sendall(b"a")
            try:
                if not channel.recv(1):
                    return
            except TimeoutError:
                continue

    return answer


def endless(*beginning: bytes, piece: bytes) -> Answer:
    def answer(_request: Request, channel: socket.socket) -> None:
        channel.sendall(b"".join(beginning))
        while True:
            channel.sendall(piece)

    return answer


def gzip_bomb(_request: Request, channel: socket.socket) -> None:
    """Zeros without end, a thousandth of their size."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    channel.sendall(HEAD + b"Content-Encoding: gzip\r\n\r\n" + packer.compress(b"<html>"))
    while True:
        channel.sendall(packer.compress(b"\0" * (1 << 20)) + packer.flush(zlib.Z_SYNC_FLUSH))


@pytest.mark.parametrize(
    "answer",
    [
        drip(),
        drip(b"HTTP/1.1 200 OK\r\nX: "),
        drip(HEAD),
        drip(HEAD + b"\r\n<html>"),
        drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n"),
        drip(HEAD + b"Content-Length: 5000\r\n\r\n<html>"),
        drip(b"HTTP/1.1 302 Found\r\nLocation: "),
        drip(b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["nothing", "header", "headers", "body", "chunks", "length", "redirect", "continue"],
)
def test_a_dripping_answer_ends_when_the_time_is_up(answer: Answer) -> None:
    with pytest.raises(FetchFailed) as caught:
        fetch_from(answer, QUICK)
    assert caught.value.code == "fetch_timeout"


def test_the_time_is_for_all_hops_together() -> None:
    def answer(request: Request, channel: socket.socket) -> None:
        channel.settimeout(0.25)
        try:
            channel.recv(1)  # nothing comes: a quarter of a second passes
        except TimeoutError:
            redirect(channel, "/again")

    with pytest.raises(FetchFailed) as caught:
        fetch_from(answer, QUICK)
    assert caught.value.code == "fetch_timeout"


@pytest.mark.parametrize(
    "answer",
    [
        endless(HEAD + b"\r\n", piece=b"<p>again</p>" * 1000),
        endless(
            HEAD + b"Transfer-Encoding: chunked\r\n\r\n", piece=b"400\r\n" + b"a" * 1024 + b"\r\n"
        ),
        endless(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", piece=b"1\r\na\r\n" * 1000),
        endless(HEAD + b"Content-Length: 10737418240\r\n\r\n", piece=b"a" * 65536),
        endless(b"HTTP/1.1 200 OK\r\n", piece=b"X: " + b"a" * 60_000 + b"\r\n"),
        endless(b"", piece=b"HTTP/1.1 100 Continue\r\n\r\n"),
        gzip_bomb,
        page(gzip.compress(b"<html>" + b"\0" * 50_000), "Content-Encoding: gzip"),
        page(zlib.compress(b"<html>" + b"\0" * 50_000), "Content-Encoding: deflate"),
        page(b"<html>" + b"x" * 10_000),
    ],
    ids=[
        *("endless", "chunks", "tiny chunks", "10 GB", "headers", "continue", "gzip bomb", "gzip"),
        *("deflate", "page"),
    ],
)
def test_too_much_is_cut_off(answer: Answer) -> None:
    with pytest.raises(FetchTooLarge) as caught:
        fetch_from(answer)
    assert caught.value.message.endswith(".")


def test_a_picture_may_be_larger_than_a_page_but_not_endless() -> None:
    picture = Limits(wants="picture", page_bytes=10_000, picture_bytes=20_000)
    assert len(fetch_from(page(PNG + b"x" * 15_000), picture).body) == 15_000 + len(PNG)
    for answer in (page(PNG + b"x" * 20_000), endless(HEAD + b"\r\n" + PNG, piece=b"x" * 1000)):
        with pytest.raises(FetchTooLarge):
            fetch_from(answer, picture)


def test_of_a_picture_behind_a_pages_link_only_the_beginning_is_read() -> None:
    fetched = fetch_from(endless(HEAD + b"\r\n" + PNG, piece=b"x" * 1000))
    assert (fetched.kind, len(fetched.body)) == ("picture", 4096)


def fetch_bomb(port: int) -> str:
    try:
        fetch(f"http://127.0.0.1:{port}/", allow=["127.0.0.0/8"], limits=PAGE)
    except FetchTooLarge as error:
        return error.code
    return "read"


def test_a_bomb_does_not_cost_a_hundred_megabytes() -> None:
    with site(gzip_bomb) as server:
        code = sandbox.run(fetch_bomb, server.port, memory_bytes=160 << 20)  # 60 are Python's own
    assert code == "fetch_too_large"


@pytest.mark.parametrize(
    "encoding", ["br", "zstd", "compress", "gzip, gzip", "gzip, br", "x", "deflate, gzip"]
)
def test_other_and_stacked_encodings_are_refused(encoding: str) -> None:
    body = gzip.compress(gzip.compress(b"<html>" + b"\0" * 100_000))
    with pytest.raises(FetchUnsupported):
        fetch_from(page(body, f"Content-Encoding: {encoding}"))


def test_stacked_encodings_in_two_headers_are_refused() -> None:
    with pytest.raises(FetchUnsupported):
        fetch_from(page(b"x", "Content-Encoding: gzip", "Content-Encoding: gzip"))


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw deflate"])
def test_ordinary_compression_is_undone(encoding: str) -> None:
    html = b"<html><title>Lamp</title>" + bytes(range(256)) * 20
    raw = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = {
        "gzip": gzip.compress(html),
        "deflate": zlib.compress(html),
        "raw deflate": raw.compress(html) + raw.flush(),
    }[encoding]
    assert fetch_from(page(packed, f"Content-Encoding: {encoding.split()[-1]}")).body == html


def test_a_damaged_or_cut_answer_has_a_name() -> None:
    broken = gzip.compress(b"<html>" * 1000)
    broken = broken[:20] + b"\xff\xff" + broken[22:]
    with pytest.raises(FetchError):
        fetch_from(page(broken, "Content-Encoding: gzip"))
    cut = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 9000\r\n\r\n" + PNG
    with pytest.raises(FetchFailed):
        fetch_from(lambda _, channel: channel.sendall(cut), PICTURE)
    for nonsense in (b"", b"hello\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"\x16\x03\x01" * 100):
        with pytest.raises(FetchFailed):
            fetch_from(lambda _, channel, sent=nonsense: channel.sendall(sent))  # type: ignore[misc]  # mypy knows no default here


def test_fifty_redirects_end_after_five() -> None:
    def answer(_request: Request, channel: socket.socket) -> None:
        redirect(channel, f"/{len(server.requests)}")

    with site(answer) as server:
        with pytest.raises(FetchFailed):
            fetch(server.url(), allow=[server.host])
        assert [request.path for request in server.requests] == ["/", "/1", "/2", "/3", "/4", "/5"]


def test_five_redirects_are_followed_and_their_bodies_left_alone() -> None:
    def answer(request: Request, channel: socket.socket) -> None:
        step = len(server.requests)
        if step == 6:
            reply(channel, b"<html>", status="200 OK")
            return
        head = f"HTTP/1.1 302 Found\r\nLocation: /s/{step}?q=\xc3\xbc\r\n"
        head += "Content-Encoding: gzip\r\n\r\n"
        channel.sendall(head.encode("latin-1"))
        while True:
            channel.sendall(b"\x1f\x8b" * 4096)

    with site(answer) as server:
        fetched = fetch(server.url("/start"), allow=[server.host])
        assert fetched.requested_url == server.url("/start")
        assert fetched.url == server.url("/s/5?q=%C3%BC")


def test_a_redirect_without_a_target_has_a_name() -> None:
    with pytest.raises(FetchFailed):
        fetch_from(page(b"", status="302 Found"))


def test_cookies_and_credentials_are_neither_kept_nor_sent() -> None:
    def answer(request: Request, channel: socket.socket) -> None:
        if request.path == "/":
            reply(channel, b"", "Location: /next", "Set-Cookie: id=1; Path=/", status="302 Found")
        else:
            reply(channel, b"<html>", "Set-Cookie: id=2")

    with site(answer) as server:
        fetch(server.url(), allow=[server.host], on_behalf_of="https://pins.example.org")
        for request in server.requests:
            assert set(request.headers) == {
                *("Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"),
            }
            assert request.headers["Host"] == server.host
            assert request.headers["Accept-Encoding"] == "gzip"
            assert request.headers["User-Agent"].startswith("Pinboard/")
            assert request.headers["User-Agent"].endswith("(+https://pins.example.org/)")
