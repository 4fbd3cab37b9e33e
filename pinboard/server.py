"""The web server: Daphne, ended gracefully.

`serve` runs pages, static files and sockets in this process, and the jobs in threads beside
them when settings.JOBS says so. SIGTERM or SIGINT: no new connections, sockets close with 1001,
requests in flight are answered, threads and jobs end, `serve` returns. A second signal ends at
once.
"""

from __future__ import annotations

# Installs asyncio's reactor; has to come before whatever else imports Twisted.
from daphne.server import Server as DaphneServer  # isort: skip

import asyncio
import fcntl
import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from io import TextIOWrapper
from typing import Any, Final

from twisted.internet import reactor as twisted_reactor
from twisted.internet.error import CannotListenError
from twisted.logger import ILogObserver, LogEvent, globalLogBeginner
from zope.interface import implementer

from pinboard.errors import PinboardError
from pinboard.web.transport import LiveFactory, PageFactory, PageRequest

logger = logging.getLogger(__name__)
reactor: Any = twisted_reactor
Ready = Callable[[str, int], None]

GRACE_SECONDS: Final = 20.0
# How long a piece of an answer may wait for a reader who does not read.
STALL_SECONDS: Final = 60.0
CLOSE_HANDSHAKE_SECONDS: Final = 2
MAX_FRAME_BYTES: Final = 64 * 1024


class PortTaken(PinboardError):
    """Somebody else listens there."""

    code = "port_taken"


class AlreadyRunning(PinboardError):
    """A second web process, but events could not reach it."""

    code = "already_running"


class Server(DaphneServer):  # type: ignore[misc]  # daphne ships no types
    """Daphne with back pressure, limits and a graceful end.

    application: the Site of pinboard/asgi.py. ready: called with host and port once both
    listen. port 0 takes a free one. ping_interval and ping_timeout (seconds) decide how soon
    a dead peer is noticed: 50 s by default.
    """

    def __init__(
        self,
        application: Any,
        *,
        host: str,
        port: int,
        ready: Ready,
        max_body_bytes: int,
        ping_interval: float = 20,
        ping_timeout: float = 30,
    ) -> None:
        super().__init__(
            application,
            endpoints=[f"{host}:{port}"],
            ping_interval=ping_interval,
            ping_timeout=ping_timeout,
            websocket_max_message_size=MAX_FRAME_BYTES,
            websocket_max_frame_size=MAX_FRAME_BYTES,
            websocket_timeout=-1,
            server_name="",
        )
        self.max_body_bytes = max_body_bytes
        self.connections: dict[Any, dict[str, Any]] = {}
        self._host, self._port, self._ready = host, port, ready
        self._stopping = False
        self._listener: Any = None

    def listen(self) -> None:
        """Take the port. Raises PortTaken."""
        globalLogBeginner.beginLoggingTo([_pass_on], redirectStandardIO=False, discardBuffer=True)
        self.http_factory = PageFactory(self)
        self.ws_factory = LiveFactory(self, server="")
        self.ws_factory.setProtocolOptions(
            autoPingTimeout=self.ping_timeout,
            allowNullOrigin=True,  # the application decides, not Autobahn
            openHandshakeTimeout=self.websocket_handshake_timeout,
            closeHandshakeTimeout=CLOSE_HANDSHAKE_SECONDS,
            failByDrop=False,
            maxMessagePayloadSize=self.websocket_max_message_size,
            maxFramePayloadSize=self.websocket_max_frame_size,
        )
        try:
            self._listener = reactor.listenTCP(
                self._port, self.http_factory, backlog=512, interface=self._host
            )
        except CannotListenError as error:
            raise PortTaken(
                f"Port {self._port} on {self._host} is taken. Stop what listens there, or choose"
                f" another with PORT, for example PORT={self._port + 1}."
            ) from error

    def run(self) -> None:
        """Serve until a signal, then return."""
        loop = reactor._asyncioEventloop
        asyncio.set_event_loop(loop)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._hear_signal)
        reactor.callLater(1, self.application_checker)
        reactor.callLater(2, self.timeout_checker)
        reactor.addSystemEventTrigger("before", "shutdown", self.kill_all_applications)
        reactor.callWhenRunning(lambda: self._ready(self._host, self._listener.getHost().port))
        reactor.run(installSignalHandlers=False)

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """Start the application for a request or a socket; returns its queue of events."""
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        receive: Any = queue.get
        if isinstance(protocol, PageRequest):
            receive = protocol.take_body(queue)
            if self._stopping:  # this connection ends with this answer
                protocol.channel.persistent = False
                protocol.responseHeaders.setRawHeaders(b"connection", [b"close"])
        scope["asgi"] = {"version": "3.0"}
        answering = self.application(scope, receive, partial(self.handle_reply, protocol))
        task = asyncio.ensure_future(answering, loop=reactor._asyncioEventloop)
        self.connections[protocol]["application_instance"] = task
        return queue

    async def handle_reply(self, protocol: Any, message: dict[str, Any]) -> None:
        """ASGI's send. Waits while the peer does not read; raises OSError when it is gone."""
        details = self.connections.get(protocol)
        if details is None or details.get("disconnected"):
            raise OSError("the client has gone")
        await super().handle_reply(protocol, message)
        gate = protocol.gate
        if gate is None or message["type"] == "websocket.close":
            return
        if message["type"].startswith("websocket"):
            await gate.passed()  # a silent peer is ended by the pings
            return
        try:
            await asyncio.wait_for(gate.passed(), STALL_SECONDS)
        except TimeoutError:
            protocol.abort()
            raise OSError("the reader of an answer has stopped") from None

    def kill_all_applications(self) -> None:
        """What the graceful end has left over."""
        for task in self._unfinished():
            task.cancel()

    def _hear_signal(self) -> None:
        if self._stopping:
            reactor.stop()
        else:
            self._stopping = True
            self._ending = asyncio.ensure_future(self._end(), loop=reactor._asyncioEventloop)

    async def _end(self) -> None:
        deadline = time.monotonic() + GRACE_SECONDS
        try:
            self._listener.stopListening()
            await self.application.stop()
            while (tasks := self._unfinished()) and (left := deadline - time.monotonic()) > 0:
                await asyncio.wait(tasks, timeout=left)
            await self._flush(deadline)
        finally:
            reactor.stop()

    def _unfinished(self) -> list[asyncio.Task[None]]:
        tasks = [details.get("application_instance") for details in self.connections.values()]
        return [task for task in tasks if task is not None and not task.done()]

    async def _flush(self, deadline: float) -> None:
        """Let every connection write what it holds, then close."""
        open_ones = self.http_factory.open_transports()
        for transport in open_ones:
            transport.loseConnection()
        while any(each.connected for each in open_ones):  # Twisted tells only them, not us
            if time.monotonic() > deadline:
                return
            await asyncio.sleep(0.01)


@implementer(ILogObserver)  # type: ignore[untyped-decorator]  # zope ships no types
def _pass_on(event: LogEvent) -> None:
    """Of Twisted's own log only failures tell something that we do not say better."""
    if failure := event.get("log_failure"):
        logger.error("in Twisted: %s", failure.getTraceback())


def serve(host: str, port: int, *, ready: Ready, **options: Any) -> None:
    """Run one web process until SIGTERM or SIGINT. Call from the main thread, once.

    ready(host, port): called when the port answers; this function prints nothing.
    options: passed to Server (ping_interval, ping_timeout).
    Raises PortTaken; and AlreadyRunning for a second process on the same data folder without
    Redis, because events published in one could not reach the pages open at the other.
    """
    from django.conf import settings

    from pinboard.asgi import application

    with _alone_unless_shared():
        server = Server(
            application,
            host=host,
            port=port,
            ready=ready,
            max_body_bytes=settings.REQUEST_MAX_BYTES,
            **options,
        )
        server.listen()
        stop_jobs = _start_jobs()
        try:
            server.run()
        finally:
            application.close()
            stop_jobs()


def _start_jobs() -> Callable[[], None]:
    from django.conf import settings

    if settings.JOBS != "threads":
        return lambda: None
    from pinboard.jobs import start_threads

    return start_threads()


@contextmanager
def _alone_unless_shared() -> Iterator[None]:
    """Hold a lock on the data folder while events stay within one process."""
    from django.conf import settings

    from pinboard.live.layer import is_local

    if not is_local():
        yield
        return
    with open(settings.DATA_DIR / "web.lock", "a+") as lock:
        _take(lock)
        yield


def _take(lock: TextIOWrapper) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        owner = lock.read().strip() or "unknown"
        raise AlreadyRunning(
            f"Pinboard already runs on this data folder (process {owner}). Stop it, or set"
            " REDIS_URL so that several web processes can work together."
        ) from None
    with suppress(OSError):
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
