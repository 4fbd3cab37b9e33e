"""One open socket: its bounded queue of frames and the task that writes them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

Send = Callable[[dict[str, Any]], Awaitable[None]]

MAX_FRAMES = 256
MAX_BYTES = 1024 * 1024
REFUSED = 4003
TOO_SLOW = 4008


class Socket:
    """Frames for one tab, in order; closed with 4008 when the tab does not keep up.

    send: ASGI's, which waits while the transport is full (pinboard/server.py sees to that),
    so what a stalled reader holds is bounded: here, in the transport and in the kernel.
    Belongs to one event loop; no method may be called from elsewhere.
    """

    def __init__(self, send: Send, *, person: int, session_key: str) -> None:
        self.person = person
        self.session_key = session_key
        self._is_closed = False
        self.groups: tuple[str, ...] = ()
        self.beat_due = 0.0
        self.proof_due = 0.0
        # Between a change that may have ended the session and its proof: no content (hub.py).
        self.awaits_proof = False
        self.has_missed = False
        self._send = send
        self._frames: deque[str] = deque()
        self._bytes = 0
        self._filled = asyncio.Event()
        self._writer: asyncio.Task[None] | None = None
        self._closer: asyncio.Task[None] | None = None

    @property
    def is_closed(self) -> bool:
        """Whether nothing more will be sent."""
        return self._is_closed

    async def open(self) -> None:
        """Accept the connection and begin to write what is waiting; not if closed already."""
        if not self._is_closed:
            await self._send({"type": "websocket.accept"})
            self._writer = asyncio.create_task(self._write())

    def offer(self, text: str) -> None:
        """Queue a frame of ASCII text, or close when 256 frames or 1 MB are waiting."""
        if self._is_closed:
            return
        if len(self._frames) >= MAX_FRAMES or self._bytes + len(text) > MAX_BYTES:
            self.close(TOO_SLOW)
            return
        self._frames.append(text)
        self._bytes += len(text)
        self._filled.set()

    def close(self, code: int) -> None:
        """Send nothing more, not even what is waiting, and end with this code. Once."""
        if self._is_closed:
            return
        self.end()
        self._closer = asyncio.create_task(self._say_goodbye(code))

    def end(self) -> None:
        """The line is gone: forget what was waiting."""
        self._is_closed = True
        self._frames.clear()
        if self._writer is not None:
            self._writer.cancel()

    async def _write(self) -> None:
        while True:
            await self._filled.wait()
            self._filled.clear()
            while self._frames:
                text = self._frames.popleft()
                self._bytes -= len(text)
                try:
                    await self._send({"type": "websocket.send", "text": text})
                except OSError:  # the peer is gone; the reading side will hear of it
                    return

    async def _say_goodbye(self, code: int) -> None:
        try:
            await self._send({"type": "websocket.close", "code": code})
        except (OSError, RuntimeError):  # gone already
            return
