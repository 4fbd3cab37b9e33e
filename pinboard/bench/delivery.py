"""Delivery: many open sockets, messages posted at a steady pace, and who heard what when.

Posts go out at fixed moments whether or not earlier ones were answered, and every duration
counts from the moment a message was due, so a server that stalls cannot hide it.
"""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from time import perf_counter
from typing import Any, Final
from urllib.parse import urlencode

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from pinboard.bench.pages import CSRF_SECRET, signed_in
from pinboard.bench.receipts import Receipts, Tally
from pinboard.bench.serving import BenchFailed, Served
from pinboard.bench.wire import HOST, Line, request_bytes
from pinboard.bench.world import Group, Member

WORD: Final = re.compile(r"bench-[0-9a-f]{32}")
POSTING_LINES: Final = 16
OPENING_AT_ONCE: Final = 25
# How long stragglers may take after the last message.
SETTLE_SECONDS: Final = 10.0
# What sockets weigh shows when the bustle of their opening is over.
IDLE_SECONDS: Final = 3.0


Send = Callable[[Group, Member, float], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Delivery:
    """memory_mb: the servers', before the sockets, with them, and after the messages.

    cpu_seconds: what the servers used from the first message due to the last one heard.
    """

    sockets: int
    opened_seconds: float
    tally: Tally
    memory_mb: tuple[float, float, float]
    cpu_seconds: float
    cpu_share: float

    @property
    def cpu_ms_per_delivery(self) -> float:
        return 1000 * self.cpu_seconds / max(1, self.tally.delivered)


async def measure(
    served: Served, groups: Sequence[Group], *, per_second: float, seconds: float
) -> Delivery:
    """Open a socket for every member of every group, then post for so long."""
    receipts = Receipts()
    members = [member for group in groups for member in group.members]
    before, began = served.memory_mb(), perf_counter()
    async with listening(members, partial(own_socket, served), hear, receipts) as _:
        opened = perf_counter() - began
        await asyncio.sleep(IDLE_SECONDS)
        with_sockets = served.memory_mb()
        cpu, began = served.cpu_seconds(), perf_counter()
        async with posting(served, receipts) as send:
            await steadily(groups, send, per_second=per_second, seconds=seconds)
        await settle(receipts)
        used, share = spent(served, cpu, began)
        after = served.memory_mb()
        stored = [word for group in groups for word in await stored_words(served, group)]
    return Delivery(
        sockets=len(members),
        opened_seconds=opened,
        tally=receipts.tally(stored),
        memory_mb=(before, with_sockets, after),
        cpu_seconds=used,
        cpu_share=share,
    )


def spent(served: Served, cpu: float, began: float) -> tuple[float, float]:
    """Processor seconds since then, and as a share of one core."""
    used = served.cpu_seconds() - cpu
    return used, used / (perf_counter() - began)


Listener = Callable[[Member, ClientConnection, Receipts], Coroutine[Any, Any, None]]


@asynccontextmanager
async def listening(
    members: Sequence[Member],
    socket_of: Callable[[int, Member], connect],
    listen: Listener,
    receipts: Receipts,
) -> AsyncIterator[Mapping[int, ClientConnection]]:
    """Hold a socket open for everybody, by person; each notes what it hears."""
    turn = asyncio.Semaphore(OPENING_AT_ONCE)
    async with AsyncExitStack() as sockets:

        async def open_one(number: int, member: Member) -> tuple[Member, ClientConnection]:
            async with turn:
                return member, await sockets.enter_async_context(socket_of(number, member))

        opened = await asyncio.gather(*[open_one(*each) for each in enumerate(members)])
        listeners = [asyncio.create_task(listen(*each, receipts)) for each in opened]
        try:
            yield {member.person: socket for member, socket in opened}
        finally:
            for listener in listeners:
                listener.cancel()
            await asyncio.gather(*listeners, return_exceptions=True)


def own_socket(served: Served, number: int, member: Member) -> connect:
    port = served.port_for(number)
    return connect(
        f"ws://{HOST}:{port}/live/",
        origin=f"http://{HOST}:{port}",  # type: ignore[arg-type]  # a NewType of str
        additional_headers={"Cookie": signed_in(member)},
        compression=None,
        proxy=None,
        open_timeout=30,
    )


async def hear(member: Member, socket: ClientConnection, receipts: Receipts) -> None:
    with suppress(ConnectionClosed):  # what it then misses is counted as lost
        async for frame in socket:
            at = perf_counter()
            event = json.loads(frame)
            if event["type"] == "message.posted" and (word := WORD.search(event["html"])):
                receipts.heard(word.group(), person=member.person, at=at)
            elif event["type"] == "gap":
                receipts.told_of_gap(person=member.person, at=at)


async def steadily(
    groups: Sequence[Group], send: Send, *, per_second: float, seconds: float
) -> None:
    """One message each 1 / per_second, from group to group, each by another member.

    Waits for none of them before the next is due; in the end for all.
    """
    began = perf_counter()
    async with asyncio.TaskGroup() as sending:
        for number in count():
            if number >= per_second * seconds:
                break
            moment = began + number / per_second
            await asyncio.sleep(max(0.0, moment - perf_counter()))
            group = groups[number % len(groups)]
            sender = group.members[number // len(groups) % len(group.members)]
            sending.create_task(send(group, sender, moment))


@asynccontextmanager
async def posting(served: Served, receipts: Receipts) -> AsyncIterator[Send]:
    """Posts by HTTP, over a few lines that stay open, in the order in which they were due."""
    free: asyncio.Queue[Line] = asyncio.Queue()
    async with AsyncExitStack() as open_lines:
        for number in range(POSTING_LINES):
            line = Line(served.port_for(number))
            free.put_nowait(await open_lines.enter_async_context(line))

        async def send(group: Group, sender: Member, due: float) -> None:
            line = await free.get()
            try:
                await _post(line, group, sender, due, receipts)
            finally:
                free.put_nowait(line)

        yield send


async def _post(line: Line, group: Group, sender: Member, due: float, receipts: Receipts) -> None:
    client_id = uuid.uuid4()
    word = f"bench-{client_id.hex}"
    form = urlencode({"client_id": client_id, "text": f"What about this one? {word}"}).encode()
    headers = {
        "Accept": "application/json",
        "Cookie": signed_in(sender),
        "X-CSRFToken": CSRF_SECRET,
    }
    path = f"/messages/{group.conversation}/post/"
    receipts.sent(word, audience=[member.person for member in group.members], at=due)
    answer = await line.ask(request_bytes(path, port=line.port, headers=headers, form=form))
    if answer.status == 201:
        receipts.acknowledged(word, at=perf_counter())


async def settle(receipts: Receipts) -> None:
    """Until everybody heard everything, or what is missing may be called lost."""
    with suppress(TimeoutError):
        async with asyncio.timeout(SETTLE_SECONDS):
            while not receipts.is_complete():  # noqa: ASYNC110  # an event would cost each frame
                await asyncio.sleep(0.05)
    await asyncio.sleep(0.5)  # a duplicate would come late


async def stored_words(served: Served, group: Group) -> list[str]:
    """The words of all messages the conversation holds, as its first member is told."""
    headers = {"Cookie": signed_in(group.members[0])}
    words: list[str] = []
    after, more = 0, True
    async with Line(served.port) as line:
        while more:
            path = f"/messages/{group.conversation}/changes/?after={after}"
            answer = await line.ask(request_bytes(path, port=served.port, headers=headers))
            if answer.status != 200:
                raise BenchFailed(f"{path} answered {answer.status}")
            page = json.loads(answer.body)
            after, more = page["number"], page["more"]
            words += [found for each in page["messages"] for found in WORD.findall(each["html"])]
    return words
