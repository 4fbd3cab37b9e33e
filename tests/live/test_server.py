"""The server process: bodies, files, back pressure, and its end."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import time
from urllib.parse import quote

import pytest

from tests.live.conftest import Site, StartSite, ask, close_code


def test_pages_run_on_a_fixed_set_of_named_threads(site: Site):
    for _ in range(20):
        assert site.get("/hello/") == "hello"
    assert json.loads(site.get("/weight/"))["threads"] == [f"page-{n}" for n in range(1, 5)]


def test_the_database_connection_of_a_thread_lasts(launch: StartSite):
    site = launch(SITE_THREADS="1")
    cookie = site.sign_in("alice")
    seen = {
        json.loads(site.ask("/receive/", method="POST", body=b"x", Cookie=cookie)[2])["connection"]
        for _ in range(5)
    }
    assert len(seen) == 1
    site.stop()


def test_a_body_arrives_whole_whether_short_long_or_chunked(site: Site):
    for size in (0, 1, 65_535, 65_536, 65_537, 200_000, 1_000_000):
        status, _, body = site.ask("/receive/", method="POST", body=b"x" * size)
        assert (status, json.loads(body)["size"]) == (200, size)
    pieces = iter([b"a" * 70_000, b"b" * 70_000])
    status, _, body = site.ask("/receive/", method="POST", body=pieces)
    assert (status, json.loads(body)["size"]) == (200, 140_000)


def test_a_form_is_read_by_who_wants_it_and_not_by_the_server(site: Site):
    """Twisted would parse every form in the event loop first: 27 ms a megabyte, for nothing."""
    kind = "multipart/form-data; boundary=b"
    status, _, body = site.ask("/hello/", method="POST", body=b"no form", Content_Type=kind)
    assert (status, body) == (200, b"hello")


def test_a_body_above_the_limit_is_refused_in_words(site: Site):
    status, _, body = site.ask("/receive/", method="POST", body=b"x" * 3_500_000)
    assert (status, body) == (413, b"That is too large to receive.")
    status, _, body = site.ask(
        "/receive/", method="POST", body=b"x" * 3_500_000, Accept="application/json"
    )
    assert status == 413
    assert json.loads(body)["code"] == "request_too_large"


def test_ten_thousand_characters_of_any_kind_fit_into_an_address(site: Site):
    for letter in ("a", "é", "🍝"):
        assert site.get(f"/hello/?q={quote(letter * 10_000)}") == "hello"


def test_an_address_without_end_is_refused_in_words(site: Site):
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as line:
        line.sendall(b"GET /hello/?q=" + b"x" * 400_000)
        answer = line.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 414 ")
    assert answer.endswith(b"That address is too long.\n")


@pytest.mark.parametrize("header", [b"Content-Length: 10000000000", b"Transfer-Encoding: chunked"])
def test_an_endless_body_is_cut_and_memory_stays_flat(site: Site, header: bytes):
    before = json.loads(site.get("/weight/"))["peak_kb"]
    sent, answer = 0, b""
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as line:
        line.sendall(b"POST /receive/ HTTP/1.1\r\nHost: 127.0.0.1\r\n" + header + b"\r\n\r\n")
        piece = b"x" * 65_536
        if b"chunked" in header:
            piece = b"10000\r\n" + piece + b"\r\n"
        try:
            while sent < 40_000_000:
                line.sendall(piece)
                sent += len(piece)
            answer = line.recv(100)
        except OSError:
            pass
    assert sent < 40_000_000 or b"413" in answer
    assert json.loads(site.get("/weight/"))["peak_kb"] - before < 15_000


def test_slow_uploads_occupy_no_thread_and_are_cut(launch: StartSite):
    """TRUST 78, with the patience of 300 seconds made short. More of them than threads."""
    site = launch(SITE_THREADS="2", SITE_ARRIVAL_SECONDS="3")
    cookie = site.sign_in("alice").encode()
    head = b"POST /receive/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + cookie
    kinds = (b"Content-Length: 1000000\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n")
    lines = [socket.create_connection(("127.0.0.1", site.port), timeout=20) for _ in range(10)]
    for number, line in enumerate(lines):
        line.sendall(head + b"\r\n" + kinds[number % 2])
    begun, cut = time.monotonic(), 0
    while cut < len(lines) and time.monotonic() - begun < 15:
        assert site.get("/hello/") == "hello", "the threads are free"
        time.sleep(0.2)
        cut = sum(_is_cut(line, number) for number, line in enumerate(lines))
    assert cut == len(lines)
    assert time.monotonic() - begun > 2, "not before their time was up"
    for line in lines:
        line.close()
    site.stop()


def _is_cut(line: socket.socket, number: int) -> bool:
    """Drip one more byte; a line that was aborted takes none, or has an end to be read."""
    try:
        line.sendall(b"1\r\nx\r\n" if number % 2 else b"x")
        line.setblocking(False)
        return line.recv(100) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
    finally:
        line.setblocking(True)


def test_a_streamed_answer_comes_from_one_thread(site: Site):
    lines = site.get("/stream/").splitlines()
    assert [line.split(":")[0] for line in lines] == list("01234")
    assert len({line.split(":")[1] for line in lines}) == 1


def test_an_error_is_an_answer_and_the_thread_goes_on(launch: StartSite):
    site = launch(SITE_THREADS="1")
    assert site.ask("/broken/")[0] == 500
    assert site.get("/hello/") == "hello"
    site.stop()


def test_a_large_file_is_sent_whole_in_ranges_and_not_again(site: Site):
    status, headers, body = site.ask("/file/")
    assert (status, len(body)) == (200, 102_400_000)
    assert "content-encoding" not in headers
    assert body[:512] == bytes(range(256)) * 2
    status, headers, body = site.ask("/file/", Range="bytes=255-100256")
    assert (status, len(body), body[:2]) == (206, 100_002, b"\xff\x00")
    assert headers["content-range"] == "bytes 255-100256/102400000"
    status, _, body = site.ask("/file/", If_None_Match='"one"')
    assert (status, body) == (304, b"")
    status, headers, body = site.ask("/file/", method="HEAD")
    assert (status, headers["content-length"], body) == (200, "102400000", b"")


async def test_readers_who_stall_hold_neither_memory_nor_threads(site: Site):
    before = json.loads(await ask(site, "/weight/"))["peak_kb"]
    lines = []
    for _ in range(8):  # twice as many as there are threads
        reader, writer = await asyncio.open_connection("127.0.0.1", site.port, limit=1024)
        writer.write(b"GET /file/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert b"200" in await reader.readline()
        lines.append(writer)
    assert await ask(site, "/hello/") == "hello"
    after = json.loads(await ask(site, "/weight/"))["peak_kb"]
    assert after - before < 20_000, "each of them asked for 100 MB"
    for writer in lines:
        writer.transport.abort()


def test_static_files_come_without_django(site: Site):
    status, headers, _ = site.ask("/static/app.0123456789ab.js")
    assert (status, headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert site.ask("/static/big.bin")[2] == bytes(range(256)) * 4096
    assert site.ask("/static/../site.sqlite3")[0] == 404
    assert site.ask("/static/%2e%2e/site.sqlite3")[0] == 404
    assert site.ask("/static/app.0123456789ab.js", method="POST", body=b"")[0] == 405


async def test_told_to_end_it_answers_what_is_in_flight_and_closes_sockets(launch: StartSite):
    site = launch()
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(b"GET /hello/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    await reader.readuntil(b"hello")
    async with site.tab(site.sign_in("alice")) as tab:
        held = asyncio.create_task(ask(site, "/hold/"))
        assert await ask(site, "/is-held/") == "held"
        site.process.send_signal(signal.SIGTERM)
        assert await close_code(tab) == 1001
        writer.write(b"GET /release/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert b"connection: close" in (await reader.readuntil(b"released")).lower()
        assert await held == "held"
    writer.close()
    output = await asyncio.to_thread(site.stop)
    assert site.process.returncode == 0
    assert output == "ended []\n", "no page thread is left, and nothing complained"


async def test_an_idle_kept_connection_does_not_keep_the_process(launch: StartSite):
    site = launch()
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(b"GET /hello/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    await reader.readuntil(b"hello")
    await asyncio.wait_for(asyncio.to_thread(site.stop), 5)
    assert await reader.read() == b""
    writer.close()


def test_a_second_process_on_the_same_data_needs_redis(launch: StartSite):
    site = launch()
    with pytest.raises(RuntimeError) as refused:
        launch(folder=site.log.parent / "data")
    assert f"process {site.process.pid}" in str(refused.value)
    assert "REDIS_URL" in str(refused.value)
    os.kill(site.process.pid, 0)
    site.stop()


def test_a_separate_worker_needs_redis_too(site: Site):
    site.elsewhere(
        "from pinboard.live.layer import SharedLayerNeeded, require_shared_layer\n"
        "try: require_shared_layer('A worker process')\n"
        "except SharedLayerNeeded as refused: assert 'REDIS_URL' in refused.message\n"
        "else: raise AssertionError"
    )
