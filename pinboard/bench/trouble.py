"""Delivery in trouble: somebody does not read (check 13), and Redis stands still (check 10).

What the others notice is held against the same load without trouble, before it and after it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from pinboard.bench.delivery import (
    hear,
    listening,
    own_socket,
    posting,
    settle,
    steadily,
    stored_words,
)
from pinboard.bench.pages import signed_in
from pinboard.bench.receipts import Receipts, Tally
from pinboard.bench.serving import Served
from pinboard.bench.wire import HOST
from pinboard.bench.world import Group, Member

# What a stalled reader's own computer keeps for it: little, so that the server feels it soon.
STALLED_BUFFER_BYTES: Final = 4096
# Between the pause's ends and those of the posting around it.
MARGIN_SECONDS: Final = 10.0
# How long sockets may take to be told that they missed something.
TOLD_SECONDS: Final = 60.0
# A socket that says nothing for so long is open: its heart beats every 20 s.
SILENCE_SECONDS: Final = 45.0


@dataclass(frozen=True, slots=True)
class Stalled:
    """calm: without the one who does not read, as many messages as with them, half before.

    memory_mb: the servers', before and after the stall. close_code: with which the socket was
    found closed; 0 while it is still open. missing: messages the stalled one is not told of when
    they ask again.
    """

    calm: Tally
    others: Tally
    memory_mb: tuple[float, float]
    close_code: int
    missing: int


@dataclass(frozen=True, slots=True)
class Paused:
    """during: acknowledgements of what was due while Redis stood still, in seconds.

    told: seconds from its return until each socket was sent asking.
    """

    sockets: int
    tally: Tally
    during: Sequence[float]
    told: Sequence[float]


async def with_a_stalled_reader(
    served: Served, group: Group, *, per_second: float, events: int
) -> Stalled:
    """Post so many events to a group calmly, and as many while one of it does not read."""
    others = Group(group.conversation, group.members[:-1])
    sleeper = group.members[-1]
    calm, stalled = Receipts(), Receipts()
    load = partial(_load, served, [others], per_second=per_second)
    await load(calm, seconds=events / per_second / 2)
    before = served.memory_mb()
    async with _unread(served, sleeper) as unread:
        await load(stalled, seconds=events / per_second)
        after = served.memory_mb()
        close_code = await _read_to_the_end(unread)
    await load(calm, seconds=events / per_second / 2)
    told = await stored_words(served, Group(group.conversation, (sleeper,)))
    tally = stalled.tally(told)
    return Stalled(calm.tally(told), tally, (before, after), close_code, tally.missing)


async def _load(
    served: Served,
    groups: Sequence[Group],
    receipts: Receipts,
    *,
    per_second: float,
    seconds: float,
) -> None:
    """Everybody listens while so much is posted."""
    members = [member for group in groups for member in group.members]
    async with (
        listening(members, partial(own_socket, served), hear, receipts) as _,
        posting(served, receipts) as send,
    ):
        await steadily(groups, send, per_second=per_second, seconds=seconds)
        await settle(receipts)


@asynccontextmanager
async def _unread(served: Served, member: Member) -> AsyncIterator[ClientConnection]:
    """A socket that is open and never read: as a computer that fell asleep leaves it."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, STALLED_BUFFER_BYTES)
    line.connect((HOST, served.port))
    line.setblocking(False)
    async with connect(
        f"ws://{HOST}:{served.port}/live/",
        sock=line,
        origin=f"http://{HOST}:{served.port}",  # type: ignore[arg-type]  # a NewType of str
        additional_headers={"Cookie": signed_in(member)},
        compression=None,
        ping_interval=None,
        max_queue=1,
        close_timeout=1,
    ) as unread:
        unread.transport.pause_reading()
        yield unread


async def _read_to_the_end(unread: ClientConnection) -> int:
    """Wake up and read what is left. The close code; 0 when the socket is still open."""
    unread.transport.resume_reading()
    with suppress(TimeoutError, ConnectionClosed):
        async with asyncio.timeout(SILENCE_SECONDS):
            async for _ in unread:
                pass
    return unread.close_code or 0


async def with_redis_paused(
    served: Served, groups: Sequence[Group], redis: int, *, per_second: float, seconds: float
) -> Paused:
    """Post before, during and after a pause of the process `redis`, all at one pace."""
    receipts = Receipts()
    members = [member for group in groups for member in group.members]
    async with (
        listening(members, partial(own_socket, served), hear, receipts) as _,
        posting(served, receipts) as send,
    ):
        began = perf_counter()
        pausing = asyncio.create_task(_pause(redis, seconds))
        await steadily(groups, send, per_second=per_second, seconds=seconds + 2 * MARGIN_SECONDS)
        back = await pausing
        with suppress(TimeoutError):
            async with asyncio.timeout(TOLD_SECONDS):
                while not (  # noqa: ASYNC110  # as in settle()
                    receipts.is_complete() or len(receipts.sent_asking(since=back)) == len(members)
                ):
                    await asyncio.sleep(0.05)
    stored = [word for group in groups for word in await stored_words(served, group)]
    return Paused(
        sockets=len(members),
        tally=receipts.tally(stored),
        during=receipts.acknowledged_between(began + MARGIN_SECONDS, back),
        told=[at - back for at in receipts.sent_asking(since=back)],
    )


async def _pause(process: int, seconds: float) -> float:
    """Stop a process and let it go on. Returns when it went on."""
    await asyncio.sleep(MARGIN_SECONDS)
    os.kill(process, signal.SIGSTOP)
    try:
        await asyncio.sleep(seconds)
    finally:
        os.kill(process, signal.SIGCONT)
    return perf_counter()
