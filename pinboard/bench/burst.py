"""Fifty photos at once while somebody browses: the second half of `manage.py bench pictures`.

The feed is asked for on a few lines that stay open, before, during and after the burst. A few
people send their photos one after the other, as quickly as they are taken; who is told to try
again in a moment does. The burst ends when the last picture has all its renditions.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final

from pinboard.bench.pages import CSRF_SECRET, check, signed_in
from pinboard.bench.photos import detailed_photo, unseen
from pinboard.bench.saving import BOUNDARY, LARGEST, multipart
from pinboard.bench.serving import BenchFailed, Served
from pinboard.bench.sums import Spread, spread
from pinboard.bench.wire import Line, request_bytes
from pinboard.bench.world import Member, Page, World

SENDERS: Final = 5
AGAIN_SECONDS: Final = 0.5
LOOK_SECONDS: Final = 0.25
PATIENCE_SECONDS: Final = 300.0
BUSY: Final = b"Many pictures are being stored right now"


@dataclass(frozen=True, slots=True)
class Browsing:
    """What browsing was like for so long. cpu_seconds: the server's, without its children."""

    name: str
    seconds: float
    spread: Spread
    cpu_seconds: float

    @property
    def per_second(self) -> float:
        return self.spread.count / self.seconds


@dataclass(slots=True)
class Burst:
    """browsing: before, with and after the burst. sent: seconds until each photo was answered
    with its draft. told_to_wait: how often somebody was. finished_seconds: until all renditions
    of all photos were there."""

    browsing: list[Browsing] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)
    told_to_wait: int = 0
    finished_seconds: float = 0.0


async def measure(
    served: Served, world: World, *, photos: int, seconds: float, lines: int
) -> Burst:
    """photos: in the burst. seconds: of browsing before it and after. lines: that browse."""
    burst, photo = Burst(), detailed_photo()
    feed = next(page for page in world.pages if page.name == "feed")
    browse = _Browser(served, feed, world.reader, lines)
    await browse.until("", asyncio.sleep(min(seconds, 2.0)))  # a warm-up
    burst.browsing.append(await browse.until("before the burst", asyncio.sleep(seconds)))
    senders = [member for group in world.groups for member in group.members][:SENDERS]
    bodies = [multipart(unseen(photo)) for _ in range(photos)]
    coming = _send_all(served, senders, bodies, burst)
    burst.browsing.append(await browse.until(f"with {photos} photos coming in", coming))
    burst.browsing.append(await browse.until("after it", asyncio.sleep(seconds)))
    return burst


@dataclass(frozen=True, slots=True)
class _Browser:
    served: Served
    page: Page
    reader: Member
    lines: int

    async def until(self, name: str, ends: Awaitable[None]) -> Browsing:
        """Browse on all lines until something has ended. Raises what it raises."""
        cookies = {"Cookie": signed_in(self.reader)}
        request = request_bytes(self.page.path, port=self.served.port, headers=cookies)
        is_over, answers = asyncio.Event(), list[float]()

        async def keep_asking() -> None:
            async with Line(self.served.port) as line:
                while not is_over.is_set():
                    answer = await line.ask(request)
                    check(self.page, answer)
                    answers.append(answer.seconds)

        cpu, began = self.served.cpu_seconds(), perf_counter()
        async with asyncio.TaskGroup() as group:
            for _ in range(self.lines):
                group.create_task(keep_asking())
            await ends
            is_over.set()
        took = perf_counter() - began
        return Browsing(name, took, spread(answers), self.served.cpu_seconds() - cpu)


async def _send_all(
    served: Served, senders: Sequence[Member], bodies: Sequence[bytes], burst: Burst
) -> None:
    began = perf_counter()
    waiting = list(bodies)
    async with asyncio.TaskGroup() as group:
        for sender in senders:
            group.create_task(_send(served, sender, waiting, burst))
    burst.finished_seconds = perf_counter() - began


async def _send(served: Served, sender: Member, waiting: list[bytes], burst: Burst) -> None:
    """Send what nobody has sent yet, then look until one's own pictures are finished."""
    cookies = {"Cookie": signed_in(sender), "X-CSRFToken": CSRF_SECRET}
    keys: list[str] = []
    async with Line(served.port) as line:
        while waiting:
            body, began = waiting.pop(), perf_counter()
            draft = await _taken(line, cookies, body, burst)
            burst.sent.append(perf_counter() - began)
            shown = await line.ask(request_bytes(draft, port=line.port, headers=cookies))
            found = re.search(rb'src="/media/([^/"]+)/', shown.body)
            if shown.status != 200 or found is None:
                raise BenchFailed(f"{draft} shows no picture: {shown.status}")
            keys.append(found.group(1).decode("ascii"))
        deadline = perf_counter() + PATIENCE_SECONDS
        for key in keys:
            await _finished(line, cookies, f"/media/{key}{LARGEST}", deadline)


async def _taken(line: Line, cookies: Mapping[str, str], body: bytes, burst: Burst) -> str:
    """The address of the draft that a photo became, however often it had to be sent."""
    headers = {**cookies, "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    request = request_bytes("/create/", port=line.port, headers=headers, form=body)
    while not (answer := await line.ask(request)).location:
        if BUSY not in answer.body:
            raise BenchFailed(f"/create/ answered {answer.status} and leads nowhere")
        burst.told_to_wait += 1
        await asyncio.sleep(AGAIN_SECONDS)
    return answer.location


async def _finished(line: Line, cookies: Mapping[str, str], path: str, deadline: float) -> None:
    request = request_bytes(path, port=line.port, headers=cookies)
    while (await line.ask(request)).status != 200:
        if perf_counter() > deadline:
            raise BenchFailed(f"{path} is not there after {PATIENCE_SECONDS:g} s")
        await asyncio.sleep(LOOK_SECONDS)
