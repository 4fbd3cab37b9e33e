"""Requests on the pool: order, limits, clients who leave. The handler alone, without a server."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core import signals
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import override_settings
from django.urls import path

from pinboard.web import handler as handler_module
from pinboard.web.handler import PooledHandler

entered, gate = threading.Semaphore(0), threading.Event()
served: list[str] = []


def hello(request: HttpRequest) -> HttpResponse:
    served.append(request.GET.get("n", ""))
    return HttpResponse("hello")


def hold(request: HttpRequest) -> HttpResponse:
    entered.release()
    gate.wait(20)
    return HttpResponse("held")


def echo(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(request.body)
    answer.set_cookie("a", "1")
    answer.set_cookie("b", "2")
    return answer


def endless(request: HttpRequest) -> StreamingHttpResponse:
    def parts() -> Iterator[bytes]:
        try:
            while True:
                yield b"x"
        finally:
            served.append("ended")

    return StreamingHttpResponse(parts())


urlpatterns = [
    path("hello/", hello),
    path("hold/", hold),
    path("echo/", echo),
    path("endless/", endless),
]


class Request:
    """One ASGI request by hand: what it sends, and what was answered."""

    def __init__(self, target: str, *pieces: bytes, **headers: str) -> None:
        route, _, query = target.partition("?")
        self.scope: dict[str, Any] = {
            "type": "http",
            "method": "POST" if pieces else "GET",
            "path": route,
            "query_string": query.encode(),
            "headers": [(b"host", b"localhost")]
            + [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()],
        }
        self._events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        for number, piece in enumerate(pieces or (b"",), 1):
            more = number < len(pieces)
            self._events.put_nowait({"type": "http.request", "body": piece, "more_body": more})
        self.answered: list[dict[str, Any]] = []
        self.is_gone = False

    def leave(self) -> None:
        self.is_gone = True
        self._events.put_nowait({"type": "http.disconnect"})

    async def send(self, message: dict[str, Any]) -> None:
        if self.is_gone:
            raise OSError("gone")
        self.answered.append(message)

    async def by(self, handler: PooledHandler) -> Request:
        await handler(self.scope, self._events.get, self.send)
        return self

    @property
    def status(self) -> int | None:
        return self.answered[0]["status"] if self.answered else None

    @property
    def body(self) -> bytes:
        return b"".join(message["body"] for message in self.answered[1:])


@pytest.fixture
async def handler() -> AsyncIterator[PooledHandler]:
    """Two threads, and places for three more requests to wait."""
    patch = pytest.MonkeyPatch()
    patch.setattr(handler_module, "MAX_WAITING", 3)
    gate.clear()
    served.clear()
    with override_settings(
        ROOT_URLCONF=__name__,
        MIDDLEWARE=[],
        WEB_THREADS=2,
        REQUEST_MAX_BYTES=1_000,
        ALLOWED_HOSTS=["localhost"],
    ):
        pooled = PooledHandler()
        yield pooled
        gate.set()
        await asyncio.to_thread(pooled.close, 10)
    patch.undo()


async def hold_all_threads(handler: PooledHandler) -> list[asyncio.Task[Request]]:
    held = [asyncio.create_task(Request("/hold/").by(handler)) for _ in range(2)]
    for _ in held:
        await asyncio.to_thread(entered.acquire)
    return held


async def test_a_request_is_answered_with_length_and_each_cookie(handler: PooledHandler):
    answer = await Request("/echo/", b"abc", b"def").by(handler)
    assert (answer.status, answer.body) == (200, b"abcdef")
    headers = answer.answered[0]["headers"]
    assert (b"Content-Length", b"6") in headers
    assert len([name for name, _ in headers if name == b"Set-Cookie"]) == 2


async def test_beyond_the_queue_people_are_told_to_come_back(handler: PooledHandler):
    held = await hold_all_threads(handler)
    waiting = [asyncio.create_task(Request("/hello/").by(handler)) for _ in range(3)]
    await asyncio.sleep(0)
    refused = await Request("/hello/", accept="application/json").by(handler)
    assert refused.status == 503
    assert (b"Retry-After", b"2") in refused.answered[0]["headers"]
    assert b'"code": "busy"' in refused.body
    gate.set()
    answers = await asyncio.gather(*held, *waiting)
    assert [answer.status for answer in answers] == [200] * 5
    assert (await Request("/hello/").by(handler)).status == 200, "and then there is room again"


async def test_a_client_who_leaves_the_queue_is_not_served(handler: PooledHandler):
    held = await hold_all_threads(handler)
    request = Request("/hello/?n=left")
    left = asyncio.create_task(request.by(handler))
    stayed = asyncio.create_task(Request("/hello/?n=stayed").by(handler))
    await asyncio.sleep(0)
    request.leave()
    await left
    gate.set()
    await asyncio.gather(*held, stayed)
    assert served == ["stayed"]
    assert request.answered == []


async def test_a_body_that_is_too_long_never_reaches_a_view(handler: PooledHandler):
    announced = await Request("/echo/", b"x", content_length="1001").by(handler)
    found_out = await Request("/echo/", b"x" * 600, b"x" * 600).by(handler)
    just_right = await Request("/echo/", b"x" * 400, b"x" * 600).by(handler)
    assert (announced.status, found_out.status, just_right.status) == (413, 413, 200)
    headers = dict(announced.answered[0]["headers"])
    assert headers[b"Content-Security-Policy"].startswith(b"default-src 'none'")
    assert headers[b"X-Content-Type-Options"] == b"nosniff"


async def test_nobody_brings_more_than_words(handler: PooledHandler):
    files = {"content_type": "multipart/form-data; boundary=b"}
    somebody = {**files, "cookie": f"{settings.SESSION_COOKIE_NAME}=abc"}
    pieces = [b"x" * 600_000] * 2
    with override_settings(REQUEST_MAX_BYTES=5_000_000):
        from_nobody = await Request("/echo/", *pieces, **files).by(handler)
        from_somebody = await Request("/echo/", *pieces, **somebody).by(handler)
    assert (from_nobody.status, from_somebody.status) == (413, 200)


async def test_a_client_who_leaves_before_the_end_of_its_body_is_forgotten(handler: PooledHandler):
    request = Request("/echo/", b"x", b"")
    request._events.get_nowait()
    request._events.get_nowait()
    request._events.put_nowait({"type": "http.request", "body": b"x", "more_body": True})
    request.leave()
    assert (await request.by(handler)).answered == []


async def test_an_endless_stream_ends_with_its_reader(handler: PooledHandler):
    request = Request("/endless/")
    streaming = asyncio.create_task(request.by(handler))
    while len(request.answered) < 5:  # noqa: ASYNC110  # no event to wait for
        await asyncio.sleep(0)
    request.leave()
    await asyncio.wait_for(streaming, 10)
    assert served == ["ended"]


async def test_every_request_begins_and_finishes_for_whoever_listens(handler: PooledHandler):
    heard: list[str] = []

    def began(**_: object) -> None:
        heard.append("began")

    def finished(**_: object) -> None:
        heard.append("finished")

    signals.request_started.connect(began)
    signals.request_finished.connect(finished)
    try:
        await Request("/hello/").by(handler)
        await Request("/nowhere/").by(handler)
    finally:
        signals.request_started.disconnect(began)
        signals.request_finished.disconnect(finished)
    assert heard == ["began", "finished"] * 2


async def test_words_that_are_no_text_are_a_bad_request(handler: PooledHandler):
    request = Request("/hello/")
    request.scope["query_string"] = b"\xff"
    assert (await request.by(handler)).status == 400


async def test_closing_ends_the_threads(handler: PooledHandler):
    await Request("/hello/").by(handler)
    mine = [thread for thread in threading.enumerate() if thread.name.startswith("page-")]
    await asyncio.to_thread(handler.close, 10)
    with contextlib.suppress(ValueError):
        assert not any(thread.is_alive() for thread in mine)
