"""All sockets of this process: who hears which group, the heartbeat, and proof of session.

The hub has one channel in the layer for the whole process and knows itself which socket is in
which group, so a frame is encoded once, crosses the layer once, and is then handed to each socket
as it is.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from channels.layers import get_channel_layer
from django.conf import settings

from pinboard.live import outbox
from pinboard.live.events import Beat, Gap
from pinboard.live.layer import OVERFLOW, LocalLayer, Message
from pinboard.live.line import Line
from pinboard.live.publish import CLOSE, FRAME, RECHECK, SIGNED_OUT, person_group, session_group
from pinboard.live.session import people_of
from pinboard.live.socket import TOO_SLOW, Socket

logger = logging.getLogger(__name__)

SOCKETS_PER_PERSON = 20
# A tab asks at every beat, so this bounds how long a hint lost without a trace is missed (I6).
BEAT_SECONDS = 20.0
RETRY_SECONDS = 3.0
BEAT = Beat().as_frame()
GAP = Gap().as_frame()


class Hub:
    """The sockets of one event loop. All methods belong to that loop."""

    def __init__(self) -> None:
        self.database = ThreadPoolExecutor(4, thread_name_prefix="live-db")
        self.sockets: set[Socket] = set()
        self._groups: defaultdict[str, set[Socket]] = defaultdict(set)
        self._due = asyncio.Event()
        # TRUST I7: a session that ended while Redis was away loses its sockets within 30 s.
        self._proof_seconds = float(getattr(settings, "LIVE_PROOF_SECONDS", 25.0))
        layer: Any = get_channel_layer()
        self._line = Line(layer, hear=self._hear, after_gap=self._catch_up)
        self._proven_since_gap = True
        if not isinstance(layer, LocalLayer):
            outbox.adopt(asyncio.get_running_loop(), self._line.notice_gap)
        self._hearers = {
            FRAME: self._hear_frame,
            CLOSE: self._hear_close,
            RECHECK: self._hear_recheck,
            OVERFLOW: self._hear_overflow,
        }
        self._emptied = asyncio.Event()
        self._ticker = asyncio.create_task(self._tick())
        self._proving: asyncio.Task[None] | None = None

    def has_room_for(self, person: int) -> bool:
        return len(self._groups.get(person_group(person), ())) < SOCKETS_PER_PERSON

    async def join(self, socket: Socket) -> None:
        """Let a socket hear its person's and its session's events.

        Its session is to be looked up after this: what ended it before, nobody heard.
        """
        socket.groups = (person_group(socket.person), session_group(socket.session_key))
        now = time.monotonic()
        socket.beat_due = now + random.uniform(0.2, 1.0) * BEAT_SECONDS
        socket.proof_due = now + self._proof_seconds * random.uniform(0.8, 1.0)
        self.sockets.add(socket)
        for group in socket.groups:
            self._groups[group].add(socket)
        await self._line.ready()

    def leave(self, socket: Socket) -> None:
        """Forget a socket."""
        self.sockets.discard(socket)
        for group in socket.groups:
            members = self._groups.get(group)
            if members is not None:
                members.discard(socket)
                if not members:
                    del self._groups[group]
        if not self.sockets:
            self._emptied.set()

    async def stop(self, code: int, seconds: float) -> None:
        """Close every socket with a code and wait, at most so long, until they have gone."""
        for socket in list(self.sockets):
            socket.close(code)
        self._emptied.clear()
        if self.sockets:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._emptied.wait(), seconds)
        self._ticker.cancel()
        self._line.stop()
        self.database.shutdown(wait=False, cancel_futures=True)

    def _hear(self, message: Message) -> None:
        """One message from the layer; words of other versions are passed over."""
        if hearer := self._hearers.get(message["type"]):
            hearer(message)

    def _members(self, message: Message) -> list[Socket]:
        return [s for group in message.get("groups", ()) for s in self._groups.get(group, ())]

    def _hear_frame(self, message: Message) -> None:
        # While Redis was away a logout may have gone unheard: no content before the proof.
        if not self._line.had_gap and self._proven_since_gap:
            for socket in self._members(message):
                if socket.awaits_proof:
                    socket.has_missed = True
                else:
                    socket.offer(message["text"])

    def _hear_close(self, message: Message) -> None:
        for socket in self._members(message):
            socket.close(message["code"])

    def _hear_recheck(self, message: Message) -> None:
        for socket in self._members(message):
            socket.awaits_proof = True
            socket.proof_due = 0.0
        self._due.set()

    def _hear_overflow(self, _: Message) -> None:
        for socket in list(self.sockets):
            socket.close(TOO_SLOW)

    def _catch_up(self) -> None:
        """The line works again: have every session proved, then send the tabs asking."""
        self._proven_since_gap = False
        for socket in self.sockets:
            socket.proof_due = 0.0
        self._due.set()

    async def _tick(self) -> None:
        """Once a second, or when asked: heartbeats, proofs, a look at the line."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._due.wait(), 1.0)
            self._due.clear()
            try:
                self._beat()
                if self._proving is None or self._proving.done():
                    self._proving = asyncio.create_task(self._prove())
                await self._line.keep()
            except Exception:
                logger.exception("the hub stumbled and goes on")

    def _beat(self) -> None:
        now = time.monotonic()
        for socket in list(self.sockets):
            if socket.beat_due <= now:
                socket.beat_due = now + BEAT_SECONDS
                socket.offer(BEAT)

    async def _prove(self) -> None:
        """Ask the database again for every session whose time has come; close what ended."""
        now = time.monotonic()
        everyone = not self._proven_since_gap
        due = [socket for socket in self.sockets if everyone or socket.proof_due <= now]
        for socket in due:
            socket.proof_due = now + RETRY_SECONDS
        if due:
            keys = {socket.session_key for socket in due}
            loop = asyncio.get_running_loop()
            try:
                people = await loop.run_in_executor(self.database, people_of, keys)
            except Exception:
                logger.exception("sessions could not be checked; again in a moment")
                return
            for socket in due:
                if people[socket.session_key] != socket.person:
                    socket.close(SIGNED_OUT)
                elif socket.proof_due > 0:  # nobody asked again in the meantime
                    socket.proof_due = now + self._proof_seconds * random.uniform(0.8, 1.0)
                    self._let_hear(socket)
        if everyone:
            self._proven_since_gap = True
            for socket in list(self.sockets):
                socket.offer(GAP)

    def _let_hear(self, socket: Socket) -> None:
        """The session holds; what was withheld from the tab meanwhile it asks for."""
        if socket.has_missed:
            socket.offer(GAP)
        socket.awaits_proof = socket.has_missed = False
