"""`manage.py bench`: pages per second and message delivery, measured on a real server.

Everything happens on loopback, over a data folder of its own, and ends by itself.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pinboard.bench import (
    burst,
    delivery,
    echo,
    pages,
    people,
    pictures,
    places,
    report,
    report_trouble,
    saving,
    searching,
    trouble,
)
from pinboard.bench.delivery import Delivery
from pinboard.bench.echo import echoing
from pinboard.bench.serving import BenchFailed, Engine, Served, engine, fill, serving
from pinboard.bench.sums import spread
from pinboard.bench.world import World

RAMP_SECONDS = 10.0
RAMP_ENDS_MS = 1000.0


class Command(BaseCommand):
    help = "Measure pages per second and message delivery on a real server, and print tables."
    # The data set is somebody else's: a child's, in a folder of its own.
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parts = ("pages", "delivery", "places", "people", "saving", "pictures", "search")
        what = (*parts, "trouble", "all")
        parser.add_argument("what", nargs="?", choices=what, default="all")
        parser.add_argument("--pins", type=int, default=10_000, help="pins in the data set")
        parser.add_argument("--people", type=int, default=200, help="people who made them")
        parser.add_argument("--seconds", type=float, default=8, help="for each page")
        parser.add_argument("--lines", type=int, default=8, help="asking at the same time")
        parser.add_argument("--only", default="", help="pages whose name begins so")
        parser.add_argument("--sockets", type=int, default=1_000, help="open during delivery")
        parser.add_argument("--group", type=int, default=10, help="people in a conversation")
        parser.add_argument("--rate", type=float, default=30, help="messages a second")
        parser.add_argument("--send-seconds", type=float, default=60, help="of sending")
        parser.add_argument(
            "--messages", type=int, default=100_000, help="in the long conversation of places"
        )
        parser.add_argument("--crowd", type=int, default=100_000, help="to find people among")
        parser.add_argument("--saves", type=int, default=20, help="rounds of saving")
        parser.add_argument("--rounds", type=int, default=15, help="of each way to make pictures")
        parser.add_argument("--photos", type=int, default=50, help="in a burst of uploads")
        parser.add_argument("--times", type=int, default=300, help="each is asked for places")
        parser.add_argument("--events", type=int, default=5_000, help="for who does not read")
        parser.add_argument("--pause", type=float, default=60, help="seconds Redis stands still")
        parser.add_argument(
            "--sizes", type=_sizes, default=searching.SIZES, help="pins to search among: 1000,5000"
        )
        parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
        parser.add_argument("--no-ramp", action="store_true", help="do not raise the rate")
        parser.add_argument("--keep", type=Path, help="folder of the data set, used again")

    def handle(self, *_: str, **options: Any) -> None:
        asked = {name: options[name] for name in ("pins", "people", "sockets", "group")}
        asked["messages"] = options["messages"] if options["what"] in ("places", "all") else 0
        try:
            if options["what"] == "search":
                self._measure_search(options)
                return
            with engine(options["engine"]) as stands_on, _folder(options["keep"]) as folder:
                if options["what"] == "people":
                    found = people.measure(
                        folder, stands_on, people=options["crowd"], times=options["times"]
                    )
                    self._say(found)
                    return
                world = fill(folder, asked, stands_on)
                self._say(report.about(world, stands_on))
                if options["what"] in ("pages", "all"):
                    with serving(folder, stands_on) as served:
                        asyncio.run(self._measure_pages(served, world, options))
                if options["what"] in ("places", "all"):
                    with serving(folder, stands_on) as served:
                        self._measure_places(served, world, options["times"])
                if options["what"] in ("saving", "all"):
                    with serving(folder, stands_on) as served:
                        self._measure_saving(served, world, options["saves"])
                if options["what"] in ("pictures", "all"):
                    self._measure_pictures(folder, world, stands_on, options)
                if options["what"] in ("delivery", "all"):
                    self._measure_delivery(folder, world, stands_on, options)
                if options["what"] == "trouble":
                    self._measure_trouble(folder, world, stands_on, options)
        except* BenchFailed as failed:
            raise CommandError(str(failed.exceptions[0])) from failed

    def _measure_search(self, options: dict[str, Any]) -> None:
        """Each size in a folder and on servers of its own."""
        measured = []
        for pins in options["sizes"]:
            kept = options["keep"] and options["keep"] / str(pins)
            with engine(options["engine"]) as stands_on, _folder(kept) as folder:
                measured.append(searching.measure(folder, stands_on, pins=pins))
        self._say([f"Search on {options['engine']}:", ""])
        self._say(searching.report(measured))

    async def _measure_pages(self, served: Served, world: World, options: dict[str, Any]) -> None:
        yardstick, *others = world.pages
        chosen = [page for page in others if page.name.startswith(options["only"])]
        measured = []
        for page in [yardstick, *chosen]:
            # The yardstick is too short to be compressed.
            for gzipped in (False, True) if page is not yardstick else (False,):
                result = await pages.measure(
                    served,
                    page,
                    reader=world.reader,
                    seconds=options["seconds"],
                    lines=options["lines"],
                    gzipped=gzipped,
                )
                measured.append(result)
        self._say(["", f"Pages, {options['lines']} at a time, {options['seconds']:g} s each:", ""])
        self._say(report.pages(measured))

    def _measure_places(self, served: Served, world: World, times: int) -> None:
        placed = asyncio.run(places.measure(served, world, times=times))
        self._say(["", "Places of a long conversation, one question at a time:", ""])
        self._say(report.places(placed))

    def _measure_saving(self, served: Served, world: World, times: int) -> None:
        timings = asyncio.run(saving.measure(served, world, times=times))
        self._say(["", "Saving, one thing at a time on an idle server:", ""])
        self._say(saving.report(timings))

    def _measure_pictures(
        self, folder: Path, world: World, stands_on: Engine, options: dict[str, Any]
    ) -> None:
        """One picture on one core, then a burst on a server that has every core."""
        found = pictures.measure(folder, stands_on, times=options["rounds"])
        self._say(["", "Pictures, one after the other on one core:", ""])
        self._say(pictures.report(found))
        pace = {name: options[name] for name in ("photos", "seconds", "lines")}
        with serving(folder, stands_on, alone=False) as served:
            seen = asyncio.run(burst.measure(served, world, **pace))
        self._say(["", f"A burst of uploads, {options['lines']} lines that browse:", ""])
        self._say(pictures.report_burst(seen))

    def _measure_delivery(
        self, folder: Path, world: World, stands_on: Engine, options: dict[str, Any]
    ) -> None:
        """Ours, then the bare echo under the same load, then ours as fast as it goes."""
        pace = {"per_second": options["rate"], "seconds": options["send_seconds"]}
        with serving(folder, stands_on) as served:
            ours = asyncio.run(delivery.measure(served, world.groups, **pace))
        with echoing(stands_on) as served:
            bare = asyncio.run(echo.measure(served, world.groups, **pace))
        title = (
            f"Delivery on {stands_on.name}: {ours.sockets} sockets, groups of {options['group']},"
            f" {options['rate']:g} messages a second for {options['send_seconds']:g} s:"
        )
        self._say(["", title, "", *report.delivery(ours, bare)])
        if not options["no_ramp"]:
            with serving(folder, stands_on) as served:
                self._say(["", "As fast as it goes, 10 s at each rate:", ""])
                self._say(report.ramp(asyncio.run(_ramp(served, world, options["rate"]))))
        if not ours.tally.is_sound:
            raise BenchFailed("Messages were lost, doubled, refused or misdirected.")

    def _measure_trouble(
        self, folder: Path, world: World, stands_on: Engine, options: dict[str, Any]
    ) -> None:
        """A reader who stalls; with Redis, also a Redis that stands still."""
        rate = options["rate"]
        with serving(folder, stands_on) as served:
            stalled = asyncio.run(
                trouble.with_a_stalled_reader(
                    served, world.groups[0], per_second=rate, events=options["events"]
                )
            )
        self._say(["", f"One of {options['group']} does not read, {rate:g} messages a second:", ""])
        self._say(report_trouble.stalled(stalled))
        if stands_on.redis:
            with serving(folder, stands_on, limits=True) as served:
                pause = {"per_second": rate, "seconds": options["pause"]}
                redis = stands_on.redis_process
                paused = asyncio.run(
                    trouble.with_redis_paused(served, world.groups, redis, **pause)
                )
            self._say(["", f"Redis stands still for {options['pause']:g} s:", ""])
            self._say(report_trouble.paused(paused))

    def _say(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)
        self.stdout.flush()


async def _ramp(served: Served, world: World, rate: float) -> list[tuple[float, Delivery]]:
    """Raise the rate by half each time until the slowest hundredth takes over a second."""
    steps: list[tuple[float, Delivery]] = []
    while True:
        found = await delivery.measure(served, world.groups, per_second=rate, seconds=RAMP_SECONDS)
        steps.append((rate, found))
        if spread(found.tally.deliveries).p99 > RAMP_ENDS_MS or not found.tally.is_sound:
            return steps
        rate = round(rate * 1.5)


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(size) for size in text.split(","))


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    """The data folder: the one to keep, or one that is gone afterwards."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="pinboard-bench-") as folder:
        yield Path(folder)
