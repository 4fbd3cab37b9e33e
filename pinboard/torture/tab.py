"""One browser tab: its socket, its visits, and what it does when lines break.

The pauses are those of static/js/lib/live-line.js.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from random import Random
from time import monotonic
from typing import Any, Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from pinboard.bench.pages import SESSION_COOKIE
from pinboard.bench.wire import HOST
from pinboard.torture.door import Door, read_json
from pinboard.torture.history import Blunder, Closed, Heard, History, words_of
from pinboard.torture.view import View

CATCH_UP: Final = 4008
SILENCE_SECONDS: Final = 45.0
POLL_SECONDS: Final = 4.0
RETRY_SECONDS: Final = 3.0
LONGEST_PAUSE_SECONDS: Final = 30.0


class Tab:
    """Signed in as a person, with every conversation of theirs open."""

    def __init__(
        self, number: int, person: int, sessions: Sequence[str], door: Door, history: History
    ) -> None:
        """sessions: keys that no other tab uses, one after the other."""
        self.number = number
        self.person = person
        self.history = history
        self.door = door
        self.views: dict[int, View] = {}
        self.socket: ClientConnection | None = None
        self.abandoned: list[ClientConnection] = []
        self._sessions = iter(sessions)
        self.session = next(self._sessions)
        self.is_signed_out = False
        self._listening: asyncio.Task[None] | None = None
        self._dice = Random(number)
        self._failures = 0
        self._asked = 0.0
        self.work: set[asyncio.Task[None]] = set()

    def open(self, talks: Iterable[int]) -> None:
        self.views = {talk: View(self, talk) for talk in talks}

    @property
    def session_tag(self) -> str:
        """Tells sessions apart in the log, which is no place for keys."""
        return self.session[:6]

    async def get_json(self, path: str) -> tuple[int, Any]:
        status, body = await self.door.get(path, self.session)
        self.notice(path, status)
        return status, read_json(body) if status == 200 else None

    def notice(self, path: str, status: int) -> None:
        if status >= 500 and status != 503:
            self.history.add(Blunder(at=monotonic(), path=path, status=status))

    # ---------------------------------------------------------------- the socket

    async def live(self) -> None:
        """Hold the line for ever; a lost one is opened again, sooner or later."""
        while True:
            code = await self._hold_line()
            if self.is_signed_out:
                self._note_closed()
                self._sign_in_anew()
                continue
            self._failures += 1
            longest = min(LONGEST_PAUSE_SECONDS, 2.0 * 2 ** min(self._failures, 5))
            await asyncio.sleep(self._dice.random() * (1.0 if code == CATCH_UP else longest))

    async def _hold_line(self) -> int | None:
        """From opening to the end; its close code, where there is one."""
        try:
            socket = await self._connect()
        except (OSError, WebSocketException, TimeoutError):
            return None
        self.socket = socket
        self.begin(self.ask_all())
        self._listening = asyncio.ensure_future(self._listen(socket))
        await asyncio.wait([self._listening])
        if socket in self.abandoned:
            return None
        self.socket = None
        socket.transport.abort()
        return socket.close_code

    def _connect(self) -> connect:
        port = self.door.port
        return connect(
            f"ws://{HOST}:{port}/live/",
            origin=f"http://{HOST}:{port}",  # type: ignore[arg-type]  # a NewType of str
            additional_headers={"Cookie": f"{SESSION_COOKIE}={self.session}"},
            compression=None,
            proxy=None,
            open_timeout=10,
            close_timeout=2,
            ping_interval=None,  # a browser sends none
            max_size=None,
        )

    async def _listen(self, socket: ClientConnection) -> None:
        with suppress(WebSocketException, TimeoutError):
            while True:
                async with asyncio.timeout(SILENCE_SECONDS):
                    text = await socket.recv()
                self._failures = 0
                self.begin(self._take(json.loads(text)))

    async def _take(self, frame: dict[str, Any]) -> None:
        if frame["type"] in ("gap", "beat"):
            await self.ask_all()
            return
        view = self.views.get(frame.get("conversation", 0))
        if view is None:
            return
        if not view.is_open and "html" in frame:
            self._overhear(frame)
        elif frame["type"] == "message.posted":
            await view.posted(frame)
        elif frame["type"] == "message.changed":
            await view.changed(frame)
        elif self._sends_asking(frame, view):
            await view.catch_up()

    def _sends_asking(self, frame: dict[str, Any], view: View) -> bool:
        if frame["type"] == "membership.changed":  # then the window asks for its head anew
            return bool(frame["person"] == self.person)
        return bool(frame["type"] == "conversation.changed" and frame["number"] > view.known)

    def _overhear(self, frame: dict[str, Any]) -> None:
        """Told of a conversation that was closed to this tab: the checker says if it may be."""
        self._note_words("socket", frame["html"], frame["conversation"], monotonic())

    def _note_words(self, source: str, text: str, conversation: int, asked: float) -> None:
        for word in words_of(text):
            self.history.add(
                Heard(
                    at=monotonic(),
                    tab=self.number,
                    person=self.person,
                    session=self.session_tag,
                    conversation=conversation,
                    visit=0,
                    source=source,
                    place=0,
                    number=0,
                    words=(word,),
                    asked=asked,
                )
            )

    # ---------------------------------------------------------------- asking

    async def ask_all(self) -> None:
        self._asked = monotonic()
        for view in self.views.values():
            await view.catch_up()

    async def poll(self) -> None:
        """Without a socket every few seconds; what failed again soon; what was closed, too."""
        while True:
            await asyncio.sleep(RETRY_SECONDS)
            if self.socket is None and monotonic() - self._asked >= POLL_SECONDS:
                await self.ask_all()
            for view in self.views.values():
                if view.needs_retry:
                    await view.catch_up()
            await self._try_closed()

    async def _try_closed(self) -> None:
        """Whoever was put out tries the old address and reads the list, as one would."""
        closed = [talk for talk, view in self.views.items() if not view.is_open]
        for talk in closed:
            asked = monotonic()
            status, page = await self.get_json(f"/messages/{talk}/changes/?after=0")
            if status == 200:
                view = self.views[talk] = View(self, talk)
                view.take_page(page, asked=asked)
                await view.catch_up()
        if closed:
            asked = monotonic()
            status, body = await self.door.get("/messages/", self.session)
            if status == 200:
                self._note_words("list", body.decode(errors="replace"), 0, asked)

    # ---------------------------------------------------------------- sessions

    def signed_out(self) -> None:
        """The answer to a logout came. The line has to end by itself; then this tab goes on."""
        self.is_signed_out = True
        if self.socket is None:
            self._note_closed()
            self._sign_in_anew()

    def _note_closed(self) -> None:
        self.history.add(Closed(at=monotonic(), tab=self.number, session=self.session_tag))

    def _sign_in_anew(self) -> None:
        self.session = next(self._sessions)
        self.is_signed_out = False
        self.open(self.views)
        self.begin(self.ask_all())

    # ---------------------------------------------------------------- what may happen to a line

    def drop(self) -> None:
        """The network forgets the line."""
        if self.socket is not None:
            self.socket.transport.abort()

    def stop_reading(self) -> None:
        if self.socket is not None:
            self.socket.transport.pause_reading()

    def read_on(self) -> None:
        if self.socket is not None:
            with suppress(RuntimeError):
                self.socket.transport.resume_reading()

    def leave_half_open(self) -> None:
        """The other end never hears that this tab went elsewhere."""
        if self.socket is not None and self._listening is not None and not self.is_signed_out:
            self.socket.transport.pause_reading()
            self.abandoned.append(self.socket)
            self.socket = None
            self._listening.cancel()

    def end(self) -> None:
        for socket in [*self.abandoned, *([self.socket] if self.socket else [])]:
            socket.transport.abort()

    def begin(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self.work.add(task)
        task.add_done_callback(self.work.discard)
