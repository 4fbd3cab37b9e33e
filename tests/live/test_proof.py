"""What a tab hears while its session is being looked up again: nothing, and no lie afterwards."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterable
from typing import Any

import pytest
from channels.layers import get_channel_layer

from pinboard.live import consumer
from pinboard.live import hub as hubs
from pinboard.live.consumer import LiveApp
from pinboard.live.hub import Hub
from pinboard.live.layer import EVERYWHERE
from pinboard.live.publish import FRAME, RECHECK, SIGNED_OUT, person_group
from pinboard.live.socket import Socket

PERSON = 7


class Tab:
    """A socket of one person and what reached its other end."""

    def __init__(self) -> None:
        self.sent: asyncio.Queue[Any] = asyncio.Queue()
        self.socket = Socket(self._take, person=PERSON, session_key="key")

    async def _take(self, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.send":
            await self.sent.put(json.loads(message["text"])["type"])
        elif message["type"] == "websocket.close":
            await self.sent.put(message["code"])

    async def heard(self) -> Any:
        return await asyncio.wait_for(self.sent.get(), 20)


class Sessions:
    """Stands in for the database: who the session belongs to, answered when it is let go."""

    def __init__(self) -> None:
        self.owner: int | None = PERSON
        self.asked, self.may_answer = threading.Event(), threading.Event()

    def people_of(self, keys: Iterable[str]) -> dict[str, int | None]:
        self.asked.set()
        self.may_answer.wait(20)
        return dict.fromkeys(keys, self.owner)


@pytest.fixture
def sessions(monkeypatch: pytest.MonkeyPatch) -> Sessions:
    stand_in = Sessions()
    monkeypatch.setattr(hubs, "people_of", stand_in.people_of)
    return stand_in


@pytest.fixture
async def tab(sessions: Sessions) -> AsyncIterator[Tab]:
    hub, tab = Hub(), Tab()
    await hub.join(tab.socket)
    await tab.socket.open()
    tab.socket.proof_due = tab.socket.beat_due = float("inf")
    yield tab
    sessions.may_answer.set()
    hub.leave(tab.socket)
    await hub.stop(1001, 1)


def send(kind: str, **more: Any) -> None:
    layer: Any = get_channel_layer()
    group = person_group(PERSON)
    layer.publish([EVERYWHERE], {"type": kind, "groups": [group], **more})


def say(word: str) -> None:
    send(FRAME, text=json.dumps({"type": word}))


async def until_asked(sessions: Sessions) -> None:
    assert await asyncio.to_thread(sessions.asked.wait, 20)


async def test_what_is_said_while_a_session_is_proved_is_asked_for_afterwards(
    sessions: Sessions, tab: Tab
):
    say("before")
    assert await tab.heard() == "before"
    send(RECHECK)
    say("secret")
    await until_asked(sessions)
    say("another secret")
    sessions.may_answer.set()
    assert await tab.heard() == "gap"
    say("after")
    assert await tab.heard() == "after"


async def test_a_session_that_ended_hears_nothing_more(sessions: Sessions, tab: Tab):
    sessions.owner = None
    send(RECHECK)
    say("secret")
    await until_asked(sessions)
    say("another secret")
    sessions.may_answer.set()
    assert await tab.heard() == SIGNED_OUT
    assert tab.sent.empty()


async def test_a_change_during_the_proof_asks_for_a_second_one(sessions: Sessions, tab: Tab):
    send(RECHECK)
    await until_asked(sessions)
    sessions.asked.clear()
    send(RECHECK)  # what is being answered may be older than this
    say("secret")
    sessions.may_answer.set()
    await until_asked(sessions)
    assert await tab.heard() == "gap"
    assert tab.sent.empty()


async def test_a_session_that_ends_while_its_socket_opens_hears_nothing_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Found by torture: the word that it ended came before the socket was there to hear it."""
    owners = iter([PERSON])  # whose it was when the cookie was looked at; then nobody's
    monkeypatch.setattr(consumer, "people_of", lambda keys: dict.fromkeys(keys, next(owners, None)))
    monkeypatch.setattr(consumer, "session_key_of", lambda scope: "key")
    monkeypatch.setattr(consumer, "is_allowed", lambda scope: True)
    app, sent = LiveApp(), asyncio.Queue[dict[str, Any]]()
    came: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    came.put_nowait({"type": "websocket.connect"})
    opening = asyncio.create_task(app({"type": "websocket"}, came.get, sent.put))
    first = await asyncio.wait_for(sent.get(), 20)
    assert first == {"type": "websocket.close", "code": SIGNED_OUT}
    came.put_nowait({"type": "websocket.disconnect"})
    await asyncio.wait_for(opening, 20)
    await app.stop()
    assert sent.empty()
