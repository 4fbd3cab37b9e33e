"""The socket at /live/: who may open it, and the loop that listens to it.

A lean ASGI application of its own: Channels' consumers send every message of every socket
through the one shared thread of the process (STACK.md, trap 1).
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from pinboard.live.hearing import (
    TYPING_SECONDS,
    Bucket,
    Misheard,
    on_typing,
    read_frame,
    typing_event,
)
from pinboard.live.hub import Hub
from pinboard.live.origin import is_allowed
from pinboard.live.publish import FRAME, SIGNED_OUT, deliver, person_group
from pinboard.live.session import people_of, session_key_of
from pinboard.live.socket import REFUSED, Send, Socket

__all__ = ["LiveApp", "on_typing"]

logger = logging.getLogger(__name__)
Receive = Callable[[], Awaitable[dict[str, Any]]]

GOING_AWAY = 1001
FAREWELL_SECONDS = 3.0


class LiveApp:
    """ASGI application for websocket scopes; one per process, with one hub."""

    def __init__(self) -> None:
        self._hub: Hub | None = None
        self._stopping = False

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        await receive()  # websocket.connect, by the specification
        if self._hub is None:
            self._hub = Hub()
        socket = await self._admit(self._hub, scope, send)
        if socket is None:
            await send({"type": "websocket.close", "code": REFUSED})
            return
        try:
            await self._hub.join(socket)
            # It may have ended before its groups could hear so (I7).
            if await self._person_of(self._hub, socket.session_key) != socket.person:
                socket.close(SIGNED_OUT)
            await socket.open()
            await _Listener(self._hub, socket).listen(receive)
        finally:
            self._hub.leave(socket)
            socket.end()

    async def stop(self) -> None:
        """Close all sockets with 1001 (going away); tabs reconnect to whoever comes next."""
        self._stopping = True
        if self._hub is not None:
            await self._hub.stop(GOING_AWAY, FAREWELL_SECONDS)

    async def _admit(self, hub: Hub, scope: Mapping[str, Any], send: Send) -> Socket | None:
        """A socket for somebody signed in, on one of our own pages, with room for one more."""
        session_key = session_key_of(scope)
        if self._stopping or not session_key or not is_allowed(scope):
            return None
        person = await self._person_of(hub, session_key)
        if person is None or not hub.has_room_for(person):
            return None
        return Socket(send, person=person, session_key=session_key)

    async def _person_of(self, hub: Hub, session_key: str) -> int | None:
        loop = asyncio.get_running_loop()
        return (await loop.run_in_executor(hub.database, people_of, [session_key]))[session_key]


class _Listener:
    """What one tab says. Anything but the one known word, or too much of it, ends the socket."""

    def __init__(self, hub: Hub, socket: Socket) -> None:
        self._hub = hub
        self._socket = socket
        self._bucket = Bucket()
        self._quiet_until = 0.0
        self._telling: asyncio.Task[None] | None = None

    async def listen(self, receive: Receive) -> None:
        """Until the line is gone."""
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return
            if self._socket.is_closed:
                continue
            try:
                conversation = read_frame(message.get("text"))
            except Misheard:
                self._socket.close(REFUSED)
                continue
            if not self._bucket.take():
                self._socket.close(REFUSED)
                continue
            self._pass_on(conversation)

    def _pass_on(self, conversation: int) -> None:
        now = time.monotonic()
        if now >= self._quiet_until and (self._telling is None or self._telling.done()):
            self._quiet_until = now + TYPING_SECONDS
            self._telling = asyncio.create_task(self._tell(conversation))

    async def _tell(self, conversation: int) -> None:
        loop = asyncio.get_running_loop()
        person = self._socket.person
        try:
            found = await loop.run_in_executor(
                self._hub.database, typing_event, person, conversation
            )
        except Exception:
            logger.exception("typing could not be passed on")
            return
        if found is not None:
            event, people = found
            groups = [person_group(other) for other in people]
            deliver(groups, {"type": FRAME, "text": event.as_frame()})
