"""What a picture costs, and a burst of them those who browse: `manage.py bench pictures`.

A child (pressing.py) takes a 12-megapixel photo through the whole chain and makes the same files
with bare libraries, on one core; then a real server takes a burst (burst.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

from pinboard.bench.burst import Burst
from pinboard.bench.pressing import BARE, BARE_RENDITIONS, CHAIN, VIPS
from pinboard.bench.report import aim, limit, table
from pinboard.bench.serving import Engine, environment, run_child

MOST_OF_BARE: Final = 1.3
LEAST_OF_CALM: Final = 0.8
MEMORY_MB: Final = 1024


@dataclass(frozen=True, slots=True)
class Pressing:
    """What pressing.py found, by way; see there."""

    seconds: dict[str, list[float]]
    processor: dict[str, list[float]]
    kept: dict[str, int]
    bytes: int
    vips: str
    peaks: dict[str, float]

    def cost(self, way: str) -> float:
        """Seconds of one core, all processes together."""
        return median(self.processor[way])


def measure(folder: Path, stands_on: Engine, *, times: int) -> Pressing:
    """times: rounds, after one that warms up. The folder is a filled one. Raises BenchFailed."""
    its = environment(folder, stands_on) | {"PINBOARD_JOBS": "eager"}
    said: dict[str, Any] = json.loads(run_child("pinboard.bench.pressing", {"times": times}, its))
    return Pressing(**said)


def report(found: Pressing) -> Iterator[str]:
    """One core, the ways beside each other, and the aim."""
    bare = found.cost(BARE)
    rows = [
        [
            f"{way} ({found.vips})" if way == VIPS else way,
            f"{1 / found.cost(way):.2f}",
            f"{1000 * found.cost(way):.0f}",
            f"{found.cost(way) / bare:.2f}",
            f"{1000 * median(found.seconds[way]):.0f}",
            f"{found.kept[way] / 1000:.0f}",
        ]
        for way in found.seconds
    ]
    if not found.vips:
        rows.append([f"{VIPS}: not installed", *"-----"])
    head = ["a 12-megapixel JPEG", "a second and core", "processor ms", "of bare"]
    head += ["on the clock, ms", "KB kept"]
    yield from table(head, rows)
    yield ""
    yield f"The photo has {found.bytes / 1e6:.1f} MB; medians of {len(found.seconds[CHAIN])}."
    told = ", ".join(f"{what} {peak:.0f} MB" for what, peak in found.peaks.items())
    yield f"Peak memory of a child: {told}."
    yield ""
    yield limit(f"{CHAIN}, in costs of {BARE}", found.cost(CHAIN) / bare, MOST_OF_BARE)
    beside = found.cost(CHAIN) / found.cost(BARE_RENDITIONS)
    yield f"In costs of {BARE_RENDITIONS} (no original kept): {beside:.2f}."
    yield limit("peak memory of a child, MB", max(found.peaks.values()), MEMORY_MB)


def report_burst(burst: Burst) -> Iterator[str]:
    """Browsing before, with and after; the aim is held against before and after together."""
    rows = [
        [each.name, f"{each.seconds:.1f}", f"{each.per_second:.0f}"]
        + [f"{value:.1f}" for value in (each.spread.p50, each.spread.p95, each.spread.p99)]
        + [f"{100 * each.cpu_seconds / each.seconds:.0f} %"]
        for each in burst.browsing
    ]
    head = ["browsing the feed", "s", "pages a second", "p50 ms", "p95 ms", "p99 ms", "web process"]
    yield from table(head, rows)
    yield ""
    seconds = sorted(burst.sent)
    yield (
        f"{len(seconds)} photos taken, each within {seconds[-1]:.1f} s (median"
        f" {median(seconds):.1f} s), told to wait {burst.told_to_wait} times;"
        f" all finished after {burst.finished_seconds:.1f} s."
    )
    before, during, after = burst.browsing
    calm = (before.per_second + after.per_second) / 2
    calm_p95 = (before.spread.p95 + after.spread.p95) / 2
    yield aim("pages a second with the burst, of calm", during.per_second / calm, LEAST_OF_CALM)
    yield f"p95 with the burst, of calm: {during.spread.p95 / calm_p95:.2f}."
