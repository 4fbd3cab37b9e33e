"""Far back in a long conversation: opening it, jumping to any place, finding, catching up.

One question at a time, so that every duration is that of one answer. Held against conversations
of a hundred messages, another one each time where a jump shows messages nobody looked at before:
what a process has drawn once it remembers, and that is not what is measured here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random
from typing import Final
from urllib.parse import urlencode

from pinboard.bench.pages import signed_in
from pinboard.bench.serving import BenchFailed, Served
from pinboard.bench.sums import Spread, spread
from pinboard.bench.wire import Line, request_bytes
from pinboard.bench.world import Member, Talk, World

MISSED: Final = 500
SEED: Final = 3
WORDS: Final = ("pasta", "lemon", "wh", "a", "the qu")
MARK: Final = b'data-message="'


@dataclass(frozen=True, slots=True)
class Placed:
    """queries: of one answer, as counted when the data set was made; 0 where nobody counted.

    cpu_ms: the server's processor time for one.
    """

    name: str
    queries: int
    spread: Spread
    cpu_ms: float


async def measure(served: Served, world: World, *, times: int) -> list[Placed]:
    """times: how often each is asked. The yardsticks stand before what is held against them."""
    short, long = world.talks
    dice = Random(SEED)
    asking = (
        ("hello (yardstick)", 0, ["/bench/hello/"] * times),
        (f"open, {short.messages:,} messages", short.queries, _same(short, times)),
        (f"open, {long.messages:,} messages", long.queries, _same(long, times)),
        (f"jump, {short.messages:,} messages", short.queries, _anywhere(short, times, dice)),
        (f"jump, {long.messages:,} messages", long.queries, _anywhere(long, times, dice)),
        (f"find a word, {long.messages:,} messages", 0, _searches(long, times)),
    )
    placed = []
    async with Line(served.port) as line:
        for name, queries, paths in asking:
            before = served.cpu_seconds()
            seconds = [await _ask(line, path, world.reader) for path in paths]
            cpu = (served.cpu_seconds() - before) / len(seconds)
            placed.append(Placed(name, queries, spread(seconds), 1000 * cpu))
        before = served.cpu_seconds()
        seconds = [await _catch_up(line, long, world.reader) for _ in range(max(1, times // 10))]
        cpu = (served.cpu_seconds() - before) / len(seconds)
        name = f"catch up on {MISSED} changes"
        placed.append(Placed(name, 0, spread(seconds), 1000 * cpu))
    return placed


def _same(talk: Talk, times: int) -> Iterator[str]:
    return (f"/messages/{talk.conversations[0]}/" for _ in range(times))


def _anywhere(talk: Talk, times: int, dice: Random) -> Iterator[str]:
    for conversation in islice(cycle(talk.conversations), times):
        yield f"/messages/{conversation}/?at={dice.randint(1, talk.messages)}"


def _searches(talk: Talk, times: int) -> Iterator[str]:
    for word in islice(cycle(WORDS), times):
        yield f"/messages/search/?{urlencode({'q': word, 'in': talk.conversations[0]})}"


async def _ask(line: Line, path: str, reader: Member) -> float:
    headers = {"Cookie": signed_in(reader)}
    answer = await line.ask(request_bytes(path, port=line.port, headers=headers))
    if answer.status != 200:
        raise BenchFailed(f"{path} answered {answer.status}")
    if "?at=" in path and not answer.body.count(MARK):
        raise BenchFailed(f"{path} shows no message")
    return answer.seconds


async def _catch_up(line: Line, talk: Talk, reader: Member) -> float:
    """Ask until nothing is missing, as a tab does that slept. Returns seconds in all."""
    after, heard, took, more = max(0, talk.messages - MISSED), 0, 0.0, True
    headers = {"Cookie": signed_in(reader), "Accept": "application/json"}
    while more:
        path = f"/messages/{talk.conversations[0]}/changes/?after={after}"
        answer = await line.ask(request_bytes(path, port=line.port, headers=headers))
        if answer.status != 200:
            raise BenchFailed(f"{path} answered {answer.status}")
        page = json.loads(answer.body)
        after, more = page["number"], page["more"]
        heard, took = heard + len(page["messages"]), took + answer.seconds
    if heard != min(MISSED, talk.messages):
        raise BenchFailed(f"{heard} changes were told, not {MISSED}")
    return took


def named(placed: Iterable[Placed], begins: str) -> list[Placed]:
    return [each for each in placed if each.name.startswith(begins)]
