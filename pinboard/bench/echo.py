"""The yardstick of delivery: a bare Channels echo, and the same load driven through it.

A consumer as Channels' tutorial writes it, served by Daphne: each socket joins its group, what
one of them sends goes to the whole group through the layer. No database, no HTTP, no session, no
rendering; the same sockets, groups, pace and frame size as ours.
"""

from __future__ import annotations

import asyncio
import os
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from time import perf_counter
from typing import Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from pinboard.bench.delivery import (
    IDLE_SECONDS,
    WORD,
    Delivery,
    listening,
    settle,
    spent,
    steadily,
)
from pinboard.bench.receipts import Receipts
from pinboard.bench.serving import Engine, Served, cores_shared, started
from pinboard.bench.wire import HOST
from pinboard.bench.world import Group, Member

OPEN: Final = re.compile(r"echo at (\d+)")
# A message of a few words as our socket brings it: JSON with HTML.
FRAME_BYTES: Final = 1_500


@contextmanager
def echoing(stands_on: Engine) -> Iterator[Served]:
    """The echo in as many processes as ours, over the same kind of layer."""
    its = {**os.environ, "REDIS_URL": stands_on.redis, "PYTHONUNBUFFERED": "1"}
    with ExitStack() as running:
        core = running.enter_context(cores_shared()) if stands_on.processes == 1 else None
        command = ["-m", "pinboard.bench.echo_server"]
        found = [
            running.enter_context(started(command, its, OPEN, core))
            for _ in range(stands_on.processes)
        ]
        ports, pids = zip(*found, strict=True)
        yield Served(ports, pids)


async def measure(
    served: Served, groups: Sequence[Group], *, per_second: float, seconds: float
) -> Delivery:
    """What delivery.measure does, through the echo. Acknowledged is what was written."""
    receipts = Receipts()
    group_of = {member.person: group for group in groups for member in group.members}
    members = [member for group in groups for member in group.members]
    before, began = served.memory_mb(), perf_counter()
    way_in = partial(_socket, served, group_of)
    async with listening(members, way_in, _listen, receipts) as sockets:
        opened = perf_counter() - began
        await asyncio.sleep(IDLE_SECONDS)
        with_sockets = served.memory_mb()
        cpu, began = served.cpu_seconds(), perf_counter()

        async def send(group: Group, sender: Member, due: float) -> None:
            word = f"bench-{uuid.uuid4().hex}"
            receipts.sent(word, audience=[member.person for member in group.members], at=due)
            await sockets[sender.person].send(word.ljust(FRAME_BYTES, "."))
            receipts.acknowledged(word, at=perf_counter())

        await steadily(groups, send, per_second=per_second, seconds=seconds)
        await settle(receipts)
        used, share = spent(served, cpu, began)
        after = served.memory_mb()
    return Delivery(
        sockets=len(members),
        opened_seconds=opened,
        tally=receipts.tally(receipts.words()),
        memory_mb=(before, with_sockets, after),
        cpu_seconds=used,
        cpu_share=share,
    )


def _socket(served: Served, group_of: Mapping[int, Group], number: int, member: Member) -> connect:
    name = group_of[member.person].conversation
    port = served.port_for(number)
    return connect(f"ws://{HOST}:{port}/{name}", compression=None, proxy=None, open_timeout=30)


async def _listen(member: Member, socket: ClientConnection, receipts: Receipts) -> None:
    with suppress(ConnectionClosed):
        async for frame in socket:
            at = perf_counter()
            if isinstance(frame, str) and (word := WORD.match(frame)):
                receipts.heard(word.group(), person=member.person, at=at)
