"""Pages per second: a few lines that stay open, each asking again as soon as it is answered."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Final

from pinboard.bench.serving import BenchFailed, Served
from pinboard.bench.sums import Spread, spread
from pinboard.bench.wire import Answer, Line, request_bytes
from pinboard.bench.world import Member, Page

SESSION_COOKIE: Final = "pinboard_session"
CSRF_COOKIE: Final = "pinboard_csrf"
CSRF_SECRET: Final = "b" * 32
WARM_UP_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class Measured:
    """per_second: complete answers. cpu_ms: the server's processor time for one of them."""

    page: Page
    gzipped: bool
    per_second: float
    spread: Spread
    kilobytes: float
    cpu_ms: float


async def measure(
    served: Served, page: Page, *, reader: Member, seconds: float, lines: int, gzipped: bool
) -> Measured:
    """Ask for a page on so many lines for so long, after a warm-up.

    Every answer is looked at: BenchFailed unless its status is 200 and it shows its mark as
    often as it should.
    """
    headers = {"Accept-Encoding": "gzip"} if gzipped else {}
    if page.signed_in:
        headers["Cookie"] = signed_in(reader)
    await _ask_for(served, page, headers, min(WARM_UP_SECONDS, seconds), lines)
    cpu, began = served.cpu_seconds(), perf_counter()
    answers = await _ask_for(served, page, headers, seconds, lines)
    took, cpu = perf_counter() - began, served.cpu_seconds() - cpu
    return Measured(
        page=page,
        gzipped=gzipped,
        per_second=len(answers) / took,
        spread=spread([answer.seconds for answer in answers]),
        kilobytes=len(answers[-1].body) / 1000,
        cpu_ms=1000 * cpu / len(answers),
    )


async def _ask_for(
    served: Served, page: Page, headers: Mapping[str, str], seconds: float, lines: int
) -> list[Answer]:
    """Each line asks at least once."""
    request = request_bytes(page.path, port=served.port, headers=headers)
    deadline = perf_counter() + seconds
    answers: list[Answer] = []

    async def keep_asking() -> None:
        async with Line(served.port) as line:
            while True:
                answer = await line.ask(request)
                check(page, answer)
                answers.append(answer)
                if perf_counter() > deadline:
                    return

    async with asyncio.TaskGroup() as group:
        for _ in range(lines):
            group.create_task(keep_asking())
    return answers


def signed_in(member: Member) -> str:
    """The cookies of somebody who has been here before."""
    return f"{SESSION_COOKIE}={member.session}; {CSRF_COOKIE}={CSRF_SECRET}"


def check(page: Page, answer: Answer) -> None:
    """Raises BenchFailed for an answer that is not the whole page."""
    if answer.status != 200:
        raise BenchFailed(f"{page.path} answered {answer.status}")
    body = gzip.decompress(answer.body) if answer.encoding == "gzip" else answer.body
    if (times := body.count(page.mark.encode())) != page.times:
        raise BenchFailed(f"{page.path} shows {page.mark!r} {times} times, not {page.times}")
