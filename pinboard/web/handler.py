"""Django behind ASGI on a fixed pool of threads.

A request is read by the event loop, answered in a pool thread from the first middleware to the
last, and sent by the event loop. Compared with Django's own ASGI handler: no thread per
request, no context switches between middleware, database connections that last, and a bounded
queue that answers 503 instead of growing.
"""

from __future__ import annotations

import asyncio
import json
import logging
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import IO, Any

from django.conf import settings
from django.core import signals
from django.core.handlers.asgi import ASGIRequest, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.http import HttpResponseBadRequest, HttpResponseServerError
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

from pinboard.web.bodies import limit_for
from pinboard.web.files import CHUNK_BYTES, FileAnswer, stream_file
from pinboard.web.policy import bare_header_pairs, bare_headers
from pinboard.web.threads import FixedThreads, PoolFull

logger = logging.getLogger("django.request")

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

MAX_WAITING = 200
RETRY_AFTER_SECONDS = 2
# How long one chunk of a streamed answer may wait for its reader: it holds a pool thread.
STREAM_SECONDS = 30.0


class BodyTooLarge(Exception):
    """The request's body is longer than limit_for its headers."""


class ClientGone(Exception):
    """The client closed the connection before its request was complete."""


@dataclass(slots=True)
class _Answer:
    """What a pool thread hands to the event loop. file: sent after body, `left` bytes of it."""

    start: dict[str, Any]
    body: bytes
    file: IO[bytes] | None = None
    left: int = 0


class PooledHandler(BaseHandler):
    """ASGI application for http scopes. settings: WEB_THREADS, REQUEST_MAX_BYTES."""

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware(is_async=False)
        self.threads = FixedThreads(
            count=settings.WEB_THREADS, max_waiting=MAX_WAITING, name="page"
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await _read_body(scope, receive)
        except BodyTooLarge:
            await _refuse(scope, send, 413, "request_too_large", "That is too large to receive.")
            return
        except ClientGone:
            return
        try:
            answer = await self._work(scope, receive, send, body)
        except PoolFull:
            body.close()
            message = "Too many people at once. Please try again in a moment."
            await _refuse(scope, send, 503, "busy", message)
            return
        if answer is not None:
            await _send_answer(answer, send)

    def close(self, seconds: float) -> None:
        """End the pool's threads after their present work."""
        self.threads.close(seconds)

    async def _work(
        self, scope: Scope, receive: Receive, send: Send, body: IO[bytes]
    ) -> _Answer | None:
        """Have a thread answer. A request whose client leaves while it waits is not begun."""
        loop = asyncio.get_running_loop()
        must_wait = self.threads.is_busy
        future = self.threads.submit(partial(self._respond, scope, body, send, loop))
        if not must_wait:
            return await future  # type: ignore[no-any-return]  # asyncio's stub of futures
        gone = asyncio.ensure_future(receive())
        await asyncio.wait({gone, future}, return_when=asyncio.FIRST_COMPLETED)
        if not future.done():
            future.cancel()
            return None
        gone.cancel()
        return await future  # type: ignore[no-any-return]  # as above

    def _respond(
        self, scope: Scope, body: IO[bytes], send: Send, loop: asyncio.AbstractEventLoop
    ) -> _Answer | None:
        """In a pool thread: from scope to answer. None when it has been streamed already."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=type(self), scope=scope)
        response = self._ask_django(scope, body)
        response._handler_class = type(self)  # type: ignore[attr-defined]  # Django's handler sets it too
        try:
            if isinstance(response, FileAnswer):
                return _file_answer(response)
            if response.streaming:
                _stream(response, send, loop)
                return None
            content = response.content  # type: ignore[attr-defined]  # only streamed ones have none
            if not response.has_header("Content-Length"):
                response.headers["Content-Length"] = str(len(content))
            return _Answer(_start(response), content)
        finally:
            response.close()  # sends request_finished

    def _ask_django(self, scope: Scope, body: IO[bytes]) -> HttpResponseBase:
        try:
            return self.get_response(ASGIRequest(scope, body))
        except UnicodeDecodeError:
            logger.warning("Bad Request (UnicodeDecodeError)", extra={"status_code": 400})
            body.close()
            return HttpResponseBadRequest(headers=bare_headers())
        except Exception:  # the page for errors has failed too, and there is no server above
            logger.exception("the page for errors failed")
            sentence = "Something went wrong."
            headers = {"Content-Type": "text/plain", **bare_headers()}
            return HttpResponseServerError(sentence, headers=headers)


async def _read_body(scope: Scope, receive: Receive) -> IO[bytes]:
    """The body as a file: in memory when short, else on disk.

    Raises BodyTooLarge as soon as it is known to be, and ClientGone.
    """
    limit = limit_for(scope["headers"], largest=settings.REQUEST_MAX_BYTES)
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and int(value) > limit:
            raise BodyTooLarge
    message = await receive()
    if message["type"] == "http.request" and not message.get("more_body"):
        return BytesIO(message.get("body", b""))
    file: Any = tempfile.SpooledTemporaryFile(  # noqa: SIM115  # whoever reads the body closes it
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    )
    size = 0
    try:
        while message["type"] == "http.request":
            size += len(message.get("body", b""))
            if size > limit:
                raise BodyTooLarge
            file.write(message.get("body", b""))
            if not message.get("more_body"):
                file.seek(0)
                return file  # type: ignore[no-any-return]  # declared Any above
            message = await receive()
        raise ClientGone
    except BaseException:
        file.close()
        raise


def _start(response: HttpResponseBase) -> dict[str, Any]:
    """The ASGI message with status, headers and cookies."""
    headers = [
        (name.encode("ascii"), value.encode("latin-1"))
        for name, value in response.items()
        if not (name == "Content-Encoding" and value == "identity")
    ]
    headers += [
        (b"Set-Cookie", cookie.output(header="").encode("ascii").strip())
        for cookie in response.cookies.values()
    ]
    return {"type": "http.response.start", "status": response.status_code, "headers": headers}


def _file_answer(response: FileAnswer) -> _Answer:
    """Most pictures fit into one chunk: they are read here and need no second thread."""
    file, left = response.take_file()
    body = file.read(min(CHUNK_BYTES, left)) if left else b""
    left -= len(body)
    if not left:
        return _Answer(_start(response), body)
    response.keep_open()
    return _Answer(_start(response), body, file, left)


def _stream(response: HttpResponseBase, send: Send, loop: asyncio.AbstractEventLoop) -> None:
    """Send a streaming response from its own thread, for it may hold a database cursor.

    A reader who stops for STREAM_SECONDS, or leaves, ends it: the thread is needed.
    """

    def send_now(message: dict[str, Any]) -> None:
        future = asyncio.run_coroutine_threadsafe(_sent(send, message), loop)
        try:
            future.result(STREAM_SECONDS)
        except TimeoutError:
            future.cancel()
            raise OSError("the reader of a streamed answer has stopped") from None

    try:
        send_now(_start(response))
        for part in response:
            for at in range(0, len(part), CHUNK_BYTES):
                chunk = part[at : at + CHUNK_BYTES]
                send_now({"type": "http.response.body", "body": chunk, "more_body": True})
        send_now({"type": "http.response.body", "body": b""})
    except OSError as error:
        logger.info("a streamed answer was left: %s", error)


async def _sent(send: Send, message: dict[str, Any]) -> None:
    await send(message)


async def _send_answer(answer: _Answer, send: Send) -> None:
    try:
        await send(answer.start)
        more = answer.left > 0
        await send({"type": "http.response.body", "body": answer.body, "more_body": more})
        if answer.file is not None:
            await stream_file(answer.file, answer.left, send)
    except OSError as error:  # the client has gone; there is nobody to tell
        logger.info("an answer was left: %s", error)
    finally:
        if answer.file is not None:
            answer.file.close()


async def _refuse(scope: Scope, send: Send, status: int, code: str, message: str) -> None:
    """An answer made without Django: a sentence, or JSON for programs."""
    headers = dict(scope["headers"])
    if b"application/json" in headers.get(b"accept", b""):
        kind, body = b"application/json", json.dumps({"error": message, "code": code}).encode()
    else:
        kind, body = b"text/plain; charset=utf-8", message.encode()
    said = [
        (b"Content-Type", kind),
        (b"Content-Length", str(len(body)).encode()),
        *bare_header_pairs(),
    ]
    if status == 503:
        said.append((b"Retry-After", str(RETRY_AFTER_SECONDS).encode()))
    await send({"type": "http.response.start", "status": status, "headers": said})
    await send({"type": "http.response.body", "body": body})
