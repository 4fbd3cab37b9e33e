"""How long a search takes among very many pins: `manage.py bench search`.

For each size a child fills an engine with a library (library.py), indexes it, and times results
with guides and suggestions in Django's handler, middleware, session and all, beside what the bare
engine needs to rank the same words over all their hits. Then the real server serves the same
folder: how long it takes until a pin with new words is found.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any, Final
from urllib.parse import quote, urlencode

from pinboard.bench.pages import CSRF_SECRET, signed_in
from pinboard.bench.report import limit, table
from pinboard.bench.serving import BenchFailed, Engine, Served, environment, run_child, serving
from pinboard.bench.sums import Spread, spread
from pinboard.bench.wire import HOST, Line, request_bytes
from pinboard.bench.world import Member

NAME: Final = "search.json"
SIZES: Final = (10_000, 100_000, 1_000_000)
# Milliseconds of server time; seconds until a change is found.
P50, P95, SUGGESTED, FOUND = 30, 80, 25, 2
CHANGES: Final = 10
EVERY_SECONDS: Final = 0.05
PATIENCE_SECONDS: Final = 20


@dataclass(frozen=True, slots=True)
class Size:
    """What the child found, beside found: from a change to the page that shows it.

    seconds: of filling, of indexing. queries: most that a page of results asked. kept: of the best
    ten's value, the share that each search had, see bounds.py.
    """

    pins: int
    seconds: tuple[float, float]
    results: Spread
    bare: Spread
    suggestions: Spread
    queries: int
    found: Spread
    kept: Sequence[float]


def measure(folder: Path, stands_on: Engine, *, pins: int) -> Size:
    """Fill the folder unless it was filled just so before. Raises BenchFailed."""
    asked = {"pins": pins, "note": str(folder / NAME)}
    answer = run_child("pinboard.bench.asking", asked, environment(folder, stands_on))
    said: dict[str, Any] = json.loads(answer)
    with serving(folder, stands_on) as served:
        found = asyncio.run(_found(served, Member(said["reader"], said["session"]), said["pins"]))
    return Size(
        pins=pins,
        seconds=(said["filled"], said["indexed"]),
        results=spread(said["results"]),
        bare=spread(said["bare"]),
        suggestions=spread(said["suggestions"]),
        queries=said["queries"],
        found=spread(found),
        kept=said["kept"],
    )


async def _found(served: Served, reader: Member, pins: Sequence[int]) -> list[float]:
    """Seconds from the answer to a change until a search for its new word shows the pin."""
    headers = {"Cookie": signed_in(reader), "Origin": f"http://{HOST}:{served.port}"}
    headers["X-CSRFToken"] = CSRF_SECRET
    found = []
    async with Line(served.port) as line:
        for number, pin in enumerate(pins[:CHANGES]):
            word = f"zyxel{'abcdefghij'[number]}wort"
            form = urlencode({"title": f"With {word} for ideas", "description": "", "alt": ""})
            address = f"/pins/{pin}/edit/"
            asked = request_bytes(address, port=served.port, headers=headers, form=form.encode())
            answer = await line.ask(asked)
            if answer.status not in (302, 303):
                raise BenchFailed(f"{address} answered {answer.status}")
            found.append(await _until_shown(line, served.port, headers, word, pin))
    return found


async def _until_shown(
    line: Line, port: int, headers: dict[str, str], word: str, pin: int
) -> float:
    loop = asyncio.get_running_loop()
    began = loop.time()
    asked = request_bytes(f"/search/?q={quote(word)}", port=port, headers=headers)
    mark = f'data-pin="{pin}"'.encode()
    while loop.time() - began < PATIENCE_SECONDS:
        if mark in (await line.ask(asked)).body:
            return loop.time() - began
        await asyncio.sleep(EVERY_SECONDS)
    raise BenchFailed(f"Pin {pin} was not found by its new words in {PATIENCE_SECONDS} s.")


def report(sizes: Sequence[Size]) -> Iterator[str]:
    """A row for each size, and the aims of the largest."""
    head = [
        "pins", "results p50 ms", "p95 ms", "bare engine p50 ms", "p95 ms", "suggestions p95 ms",
        "found after, longest s", "value kept, mean", "least", "queries", "filled s", "indexed s",
    ]  # fmt: skip
    rows = [
        [
            f"{each.pins:,}",
            *(f"{value:.1f}" for value in (each.results.p50, each.results.p95)),
            *(f"{value:.1f}" for value in (each.bare.p50, each.bare.p95, each.suggestions.p95)),
            f"{each.found.longest / 1000:.2f}",
            *(f"{value:.3f}" for value in (fmean(each.kept), min(each.kept))),
            str(each.queries),
            *(f"{value:.0f}" for value in each.seconds),
        ]
        for each in sizes
    ]
    yield from table(head, rows)
    yield ""
    largest = sizes[-1]
    of = f"{largest.pins:,} pins: "
    yield limit(f"{of}results with guides, p50 in ms", largest.results.p50, P50)
    yield limit(f"{of}results with guides, p95 in ms", largest.results.p95, P95)
    yield limit(f"{of}suggestions, p95 in ms", largest.suggestions.p95, SUGGESTED)
    yield limit(f"{of}a changed pin is found, longest in s", largest.found.longest / 1000, FOUND)
