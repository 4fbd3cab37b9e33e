"""Delivery: many open sockets, messages posted at a steady pace, and who heard what when.

Posts go out at fixed moments whether or not earlier ones were answered, and every duration
counts from the moment a message was due, so a server that stalls cannot hide it.
"""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import count
from time import perf_counter
from typing import Final
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


@dataclass(frozen=True, slots=True)
class Delivery:
    """memory_mb: the server's, before the sockets, with them, and after the messages."""

    sockets: int
    opened_seconds: float
    tally: Tally
    memory_mb: tuple[float, float, float]
    cpu_share: float


async def measure(
    served: Served, groups: Sequence[Group], *, per_second: float, seconds: float
) -> Delivery:
    """Open a socket for every member of every group, then post for so long."""
    receipts = Receipts()
    before, began = served.memory_mb(), perf_counter()
    async with _listening(served, groups, receipts):
        opened, with_sockets = perf_counter() - began, served.memory_mb()
        cpu, began = served.cpu_seconds(), perf_counter()
        await _post_steadily(served, groups, receipts, per_second=per_second, seconds=seconds)
        share = (served.cpu_seconds() - cpu) / (perf_counter() - began)
        await _settle(receipts)
        after = served.memory_mb()
        stored = [word for group in groups for word in await _stored(served, group)]
    return Delivery(
        sockets=sum(len(group.members) for group in groups),
        opened_seconds=opened,
        tally=receipts.tally(stored),
        memory_mb=(before, with_sockets, after),
        cpu_share=share,
    )


@asynccontextmanager
async def _listening(
    served: Served, groups: Sequence[Group], receipts: Receipts
) -> AsyncIterator[None]:
    """Hold a socket open for everybody; each notes what it hears."""
    turn = asyncio.Semaphore(OPENING_AT_ONCE)
    async with AsyncExitStack() as sockets:

        async def open_one(member: Member) -> tuple[Member, ClientConnection]:
            async with turn:
                return member, await sockets.enter_async_context(_socket(served.port, member))

        members = [member for group in groups for member in group.members]
        opened = await asyncio.gather(*[open_one(member) for member in members])
        listeners = [asyncio.create_task(_listen(*each, receipts)) for each in opened]
        try:
            yield
        finally:
            for listener in listeners:
                listener.cancel()
            await asyncio.gather(*listeners, return_exceptions=True)


def _socket(port: int, member: Member) -> connect:
    return connect(
        f"ws://{HOST}:{port}/live/",
        origin=f"http://{HOST}:{port}",  # type: ignore[arg-type]  # a NewType of str
        additional_headers={"Cookie": signed_in(member)},
        compression=None,
        proxy=None,
        open_timeout=30,
    )


async def _listen(member: Member, socket: ClientConnection, receipts: Receipts) -> None:
    with suppress(ConnectionClosed):  # what it then misses is counted as lost
        async for frame in socket:
            at = perf_counter()
            event = json.loads(frame)
            if event["type"] == "message.posted" and (word := WORD.search(event["html"])):
                receipts.heard(word.group(), person=member.person, at=at)


async def _post_steadily(
    served: Served,
    groups: Sequence[Group],
    receipts: Receipts,
    *,
    per_second: float,
    seconds: float,
) -> None:
    """One message each 1 / per_second, from group to group, each by another member."""
    due: asyncio.Queue[tuple[Group, Member, float] | None] = asyncio.Queue()

    async def post_what_is_due() -> None:
        async with Line(served.port) as line:
            while (message := await due.get()) is not None:
                await _post(line, *message, receipts)

    async with asyncio.TaskGroup() as posting:
        for _ in range(POSTING_LINES):
            posting.create_task(post_what_is_due())
        began = perf_counter()
        for number in count():
            if number >= per_second * seconds:
                break
            moment = began + number / per_second
            await asyncio.sleep(max(0.0, moment - perf_counter()))
            group = groups[number % len(groups)]
            sender = group.members[number // len(groups) % len(group.members)]
            due.put_nowait((group, sender, moment))
        for _ in range(POSTING_LINES):
            due.put_nowait(None)


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


async def _settle(receipts: Receipts) -> None:
    """Until everybody heard everything, or what is missing may be called lost."""
    with suppress(TimeoutError):
        async with asyncio.timeout(SETTLE_SECONDS):
            while not receipts.is_complete():  # noqa: ASYNC110  # an event would cost each frame
                await asyncio.sleep(0.05)
    await asyncio.sleep(0.5)  # a duplicate would come late


async def _stored(served: Served, group: Group) -> list[str]:
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
