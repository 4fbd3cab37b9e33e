"""Events on their way to Redis: a bounded queue and one task that empties it.

Publishing must neither wait for Redis nor open a connection each time, so events are put into
this queue from any thread, and one task sends them over one connection: on the server's event
loop when this process has sockets, else on a small loop in a thread of its own.
"""

from __future__ import annotations

import asyncio
import atexit
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from channels.layers import get_channel_layer

from pinboard.live.layer import EVERYWHERE, Message

logger = logging.getLogger(__name__)

OnLoss = Callable[[Exception], None]

CAPACITY: Final = 10_000
SEND_SECONDS: Final = 5.0
PAUSE_SECONDS: Final = 1.0
FAREWELL_SECONDS: Final = 2.0


class Outbox:
    """Events waiting for Redis. At most CAPACITY; beyond that, and after a failed send, the
    waiting ones are dropped and counted: hints that come late help nobody."""

    def __init__(self, loop: asyncio.AbstractEventLoop, on_loss: OnLoss | None = None) -> None:
        self.loop = loop
        self._on_loss = on_loss
        self._lock = threading.Lock()
        self._waiting: deque[Message] = deque()
        self._filled = asyncio.Event()
        self._sending = False
        loop.call_soon_threadsafe(self._begin)

    def put(self, message: Message) -> None:
        """Queue a message for every process. From any thread."""
        with self._lock:
            if len(self._waiting) >= CAPACITY:
                logger.warning("the way to Redis is full; an event was lost")
                return
            self._waiting.append(message)
        self.loop.call_soon_threadsafe(self._filled.set)

    def drain(self, seconds: float) -> None:
        """Wait until all is sent, at most so long. Not from the loop itself."""
        deadline = time.monotonic() + seconds
        while (self._waiting or self._sending) and time.monotonic() < deadline:
            time.sleep(0.01)

    def _begin(self) -> None:
        self._task = self.loop.create_task(self._run())

    def _take(self) -> Message | None:
        with self._lock:
            self._sending = bool(self._waiting)
            return self._waiting.popleft() if self._waiting else None

    async def _run(self) -> None:
        layer: Any = get_channel_layer()
        while True:
            await self._filled.wait()
            self._filled.clear()
            while (message := self._take()) is not None:
                try:
                    async with asyncio.timeout(SEND_SECONDS):
                        await layer.group_send(EVERYWHERE, message)
                except Exception as error:  # noqa: BLE001  # whatever Redis does, we go on
                    await self._give_up(error)

    async def _give_up(self, error: Exception) -> None:
        with self._lock:
            lost = len(self._waiting) + 1
            self._waiting.clear()
        logger.warning("Redis did not take %d events, tabs will catch up: %r", lost, error)
        if self._on_loss is not None:
            self._on_loss(error)
        await asyncio.sleep(PAUSE_SECONDS)


_choice = threading.Lock()
_of_server: Outbox | None = None
_of_thread: Outbox | None = None


def adopt(loop: asyncio.AbstractEventLoop, on_loss: OnLoss) -> None:
    """From now on send from the server's event loop; on_loss is told there what was lost."""
    global _of_server
    with _choice:
        if _of_server is None or _of_server.loop is not loop:
            _of_server = Outbox(loop, on_loss)


def current_outbox() -> Outbox:
    """The outbox of this process; made, with a thread of its own, where no server runs."""
    global _of_thread
    with _choice:
        if _of_server is not None and _of_server.loop.is_running():
            return _of_server
        if _of_thread is None or not _of_thread.loop.is_running():
            _of_thread = Outbox(_start_loop())
        return _of_thread


def _start_loop() -> asyncio.AbstractEventLoop:
    """A running event loop in a thread that does not keep the process alive."""
    loop = asyncio.new_event_loop()
    running = threading.Event()
    loop.call_soon(running.set)
    threading.Thread(target=loop.run_forever, name="live-outbox", daemon=True).start()
    running.wait()
    return loop


@atexit.register
def _say_farewell() -> None:
    """A command that publishes and ends at once still gets its events out."""
    if _of_thread is not None:
        with suppress(RuntimeError):
            _of_thread.drain(FAREWELL_SECONDS)
