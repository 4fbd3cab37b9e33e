"""Daphne's protocols with what they lack: back pressure, body limits, a cut for floods.

Measured with stock Daphne (STACK.md, trap 7): one stalled reader took the process from 74 to
252 MB, because writing never waits. Twisted tells a transport's producer when to pause; `Gate`
turns that into something an ASGI `send` can wait for.
"""

# ruff: noqa: N802, N803, N815  # Twisted's and Autobahn's names
from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from functools import partial
from io import BytesIO
from typing import IO, Any, Final
from weakref import WeakSet

import daphne.server  # noqa: F401  # installs asyncio's reactor before Twisted chooses one
from daphne.http_protocol import HTTPFactory, WebRequest
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from twisted.internet.interfaces import IPushProducer
from zope.interface import implementer

from pinboard.web.bodies import limit_for
from pinboard.web.policy import bare_header_pairs

Receive = Callable[[], Awaitable[dict[str, Any]]]

BODY_CHUNK_BYTES: Final = 64 * 1024
# A request must have arrived whole by then; drips hold a connection and a temporary file.
ARRIVAL_SECONDS: Final = 300.0
# Ten thousand of any characters in an address, written as %F0%9F…, and the headers beside it.
# Twisted's own 16 KB would end the connection without a word.
MAX_HEAD_BYTES: Final = 160 * 1024
MAX_UNREAD_FRAMES: Final = 64
GOING_AWAY: Final = 1001
REFUSED: Final = 4003


@implementer(IPushProducer)
class Gate:
    """Open while the transport takes more; what waits in it is at most 64 KB and one write."""

    def __init__(self) -> None:
        self._open = asyncio.Event()
        self._open.set()

    def pauseProducing(self) -> None:
        self._open.clear()

    def resumeProducing(self) -> None:
        self._open.set()

    def stopProducing(self) -> None:
        self._open.set()

    async def passed(self) -> None:
        """Wait until the transport has room again, or is gone."""
        await self._open.wait()


class PageRequest(WebRequest):  # type: ignore[misc]  # daphne ships no types
    """One HTTP request. gate: set once an answer comes in more than one piece."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Twisted would parse forms for nobody, in the event loop: 27 ms for each megabyte sent.
        super().__init__(*args, **kwargs, parsePOSTFormSubmission=False)
        self.gate: Gate | None = None
        self._began = time.monotonic()
        self._arrived = False
        self._taken = 0
        self._keeps = True
        self._allowance = 0

    def gotLength(self, length: int | None) -> None:
        """Headers are complete: a body too long is read but not kept, so that the client
        hears our answer; one beyond all measure is cut off."""
        largest = self.server.max_body_bytes
        limit = limit_for(self._raw_headers(), largest=largest)
        self._keeps = length is None or length <= limit
        self._allowance = limit if length is None else 2 * largest
        super().gotLength(length if self._keeps else 0)

    def handleContentChunk(self, data: bytes) -> None:
        cut_before = self._taken > self._allowance
        self._taken += len(data)
        if self._taken > self._allowance:
            if not cut_before:
                self.channel.transport.write(_too_large())
                self.channel.loseConnection()
        elif self._keeps:
            super().handleContentChunk(data)

    def process(self) -> Any:
        self._arrived = True
        return super().process()

    def check_timeouts(self) -> None:
        super().check_timeouts()
        if not self._arrived and time.monotonic() - self._began > ARRIVAL_SECONDS:
            with suppress(AttributeError):  # the channel has gone by itself
                self.channel.forceAbortClient()

    def take_body(self, queue: asyncio.Queue[dict[str, Any]]) -> Receive:
        """ASGI's receive: the body piece by piece from where Twisted keeps it, then events.

        Daphne would put the whole body into the queue, in memory.
        """
        body: IO[bytes] = self.content
        self.content: IO[bytes] = BytesIO()
        is_read = False

        async def receive() -> dict[str, Any]:
            nonlocal is_read
            if is_read:
                return await queue.get()
            chunk = b"" if body.closed else body.read(BODY_CHUNK_BYTES)
            is_read = len(chunk) < BODY_CHUNK_BYTES
            if is_read:
                body.close()
                await queue.get()  # Daphne's own, of the empty file we left it
            else:
                await asyncio.sleep(0)
            return {"type": "http.request", "body": chunk, "more_body": not is_read}

        return receive

    def handle_reply(self, message: dict[str, Any]) -> None:
        if message.get("more_body") and self.gate is None and self.channel is not None:
            self.gate = Gate()
            self.registerProducer(self.gate, True)
        if message["type"] == "http.response.body" and not message.get("more_body"):
            self._drop_gate()
        super().handle_reply(message)

    def handle_exception(self, exception: BaseException) -> None:
        """A failed answer: an error page, or, when it has begun, an end nobody can mistake."""
        if self._response_started:
            self.abort()
        else:
            super().handle_exception(exception)

    def abort(self) -> None:
        self._drop_gate()
        if self.channel is not None:
            self.channel.forceAbortClient()

    def connectionLost(self, reason: Any) -> None:
        if self.gate is not None:
            self.gate.stopProducing()
        super().connectionLost(reason)

    def basic_error(self, status: int, status_text: bytes, body: str) -> None:
        """What Daphne answers by itself, as a sentence under our policy."""
        headers = [(b"Content-Type", b"text/plain; charset=utf-8"), *bare_header_pairs()]
        self.handle_reply({"type": "http.response.start", "status": status, "headers": headers})
        self.handle_reply({"type": "http.response.body", "body": f"{body}\n".encode()})

    def _raw_headers(self) -> Iterator[tuple[bytes, bytes]]:
        for name, values in self.requestHeaders.getAllRawHeaders():
            for value in values:
                yield name, value

    def _drop_gate(self) -> None:
        if self.gate is not None and self.producer is not None and self.channel is not None:
            self.unregisterProducer()


def _too_large() -> bytes:
    """A whole answer, for a connection that ends with it."""
    return _last_words(b"413 Content Too Large", b"That is too large to receive.\n")


def _last_words(status: bytes, sentence: bytes) -> bytes:
    said = [
        (b"Connection", b"close"),
        (b"Content-Type", b"text/plain"),
        (b"Content-Length", str(len(sentence)).encode()),
        *bare_header_pairs(),
    ]
    lines = [b"HTTP/1.1 " + status, *(b": ".join(pair) for pair in said)]
    return b"\r\n".join([*lines, b"", sentence])


def _refuse_long_line(channel: Any, line: bytes) -> None:
    channel.transport.write(_last_words(b"414 URI Too Long", b"That address is too long.\n"))
    channel.loseConnection()


class PageFactory(HTTPFactory):  # type: ignore[misc]  # daphne ships no types
    """Makes connections whose requests are PageRequests; remembers the open ones."""

    def __init__(self, server: Any) -> None:
        super().__init__(server)
        self._protocols: WeakSet[Any] = WeakSet()

    def buildProtocol(self, address: Any) -> Any:
        protocol = super().buildProtocol(address)
        protocol.requestFactory = PageRequest
        channel = protocol._channel
        channel.MAX_LENGTH = channel.totalHeadersSize = MAX_HEAD_BYTES
        channel.lineLengthExceeded = partial(_refuse_long_line, channel)
        self._protocols.add(protocol)
        return protocol

    def open_transports(self) -> list[Any]:
        """The connections that speak HTTP at this moment."""
        transports = [protocol._channel.transport for protocol in self._protocols]
        return [each for each in transports if each is not None and each.connected]


class LiveProtocol(WebSocketProtocol):  # type: ignore[misc]  # daphne ships no types
    """One websocket. gate: closed while the peer does not read."""

    gate: Gate | None = None
    maxMessagePayloadSize: int  # set by Autobahn from the factory

    def onOpen(self) -> None:
        self.gate = Gate()
        self.transport.unregisterProducer()  # the HTTP channel this connection began as
        self.transport.registerProducer(self.gate, True)
        super().onOpen()

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        """Frames nobody reads any more, or faster than anybody could, are dropped."""
        if self.state != self.STATE_OPEN:
            return
        if self.application_queue.qsize() >= MAX_UNREAD_FRAMES:
            self.serverClose(REFUSED)
            return
        super().onMessage(payload, isBinary)

    def sendMessage(self, *args: Any, **kwargs: Any) -> None:
        """Autobahn measures what we send by the limit for what we receive, and where it is
        longer drops it without a word."""
        limit, self.maxMessagePayloadSize = self.maxMessagePayloadSize, 0
        try:
            super().sendMessage(*args, **kwargs)
        finally:
            self.maxMessagePayloadSize = limit

    def serverClose(self, code: int | None = None) -> None:
        if code == GOING_AWAY:
            # The standard's word for a server that ends; sendClose takes it from nobody.
            self.sendCloseFrame(code=code)
        else:
            super().serverClose(code)
        if code == REFUSED:
            # A flood would cost its parsing until the peer answers; it need not be read.
            self.transport.pauseProducing()

    def onClose(self, wasClean: bool, code: int | None, reason: str | None) -> None:
        if self.gate is not None:
            self.gate.stopProducing()
        super().onClose(wasClean, code, reason)


class LiveFactory(WebSocketFactory):  # type: ignore[misc]  # daphne ships no types
    protocol = LiveProtocol
