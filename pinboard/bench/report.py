"""The tables `manage.py bench` prints, in Markdown, so that they can be kept as they are."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence

from pinboard.bench.delivery import Delivery
from pinboard.bench.pages import Measured
from pinboard.bench.places import Placed, named
from pinboard.bench.serving import Engine, cores
from pinboard.bench.sums import spread
from pinboard.bench.world import World

FEED = "feed"
AIM_PER_SECOND = 110
AIM_OF_HELLO = 1 / 5


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The first column to the left, the numbers to the right."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        first, *others = zip(cells, widths, strict=True)
        padded = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
        return f"| {' | '.join(padded)} |"

    yield line(head)
    rules = ["-" * widths[0], *(f"{'-' * (width - 1)}:" for width in widths[1:])]
    yield f"| {' | '.join(rules)} |"
    yield from map(line, rows)


def about(world: World, stands_on: Engine) -> Iterator[str]:
    """The machine and the data set."""
    ours = cores() if stands_on.processes == 1 else cores()[:1]
    shared = (
        f"the server on core {ours[0]}, the asking on the other{'s' if len(ours) > 2 else ''}"
        if len(ours) > 1
        else "server and asking share them"
    )
    yield f"Python {platform.python_version()}, {platform.system()}, {len(ours)} cores: {shared}."
    rows = ", ".join(f"{count:,} {name}" for name, count in world.sizes.items())
    yield f"{stands_on.name}; {rows}."
    yield f"Filled in {world.filled_seconds:.0f} s, indexed in {world.indexed_seconds:.0f} s."


def pages(measured: Sequence[Measured]) -> Iterator[str]:
    """measured: the yardstick first."""
    hello = measured[0].per_second
    head = [
        "page",
        "marks",
        "queries",
        "per second",
        "of hello",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "KB",
        "server ms",
    ]
    rows = [
        [
            each.page.name + (", gzip" if each.gzipped else ""),
            str(each.page.times),
            str(each.page.queries),
            f"{each.per_second:.0f}",
            f"{each.per_second / hello:.2f}",
            f"{each.spread.p50:.1f}",
            f"{each.spread.p95:.1f}",
            f"{each.spread.p99:.1f}",
            f"{each.kilobytes:.1f}",
            f"{each.cpu_ms:.2f}",
        ]
        for each in measured
    ]
    yield from table(head, rows)
    yield ""
    for each in measured:
        if each.page.name == FEED:
            way = "gzip" if each.gzipped else "plain"
            yield aim(f"feed pages a second, {way}", each.per_second, AIM_PER_SECOND)
            yield aim(f"feed against hello, {way}", each.per_second / hello, AIM_OF_HELLO)


def aim(what: str, reached: float, wanted: float) -> str:
    verdict = "reached" if reached >= wanted else "MISSED"
    return f"Aim: {what}: at least {wanted:g}; measured {reached:.3g}: {verdict}."


def limit(what: str, reached: float, most: float) -> str:
    verdict = "kept" if reached <= most else "MISSED"
    return f"Aim: {what}: at most {most:g}; measured {reached:.3g}: {verdict}."


def delivery(ours: Delivery, bare: Delivery) -> Iterator[str]:
    """bare: the Channels echo under the same load."""
    acknowledged, delivered = spread(ours.tally.acknowledgements), spread(ours.tally.deliveries)
    rows = [
        [name, str(each.count)]
        + [f"{value:.1f}" for value in (each.p50, each.p95, each.p99, each.longest)]
        for name, each in (
            ("acknowledgement", acknowledged),
            ("delivery", delivered),
            ("bare echo (yardstick)", spread(bare.tally.deliveries)),
        )
    ]
    yield from table(["from due to", "count", "p50 ms", "p95 ms", "p99 ms", "longest ms"], rows)
    yield ""
    yield _accounts(ours)
    yield _weight("our servers", ours)
    yield _weight("the bare echo", bare)
    yield ""
    yield limit("acknowledgement p50, ms", acknowledged.p50, 15)
    yield limit("acknowledgement p99, ms", acknowledged.p99, 100)
    yield limit("delivery p50, ms", delivered.p50, 60)
    yield limit("delivery p99, ms", delivered.p99, 300)
    yield limit("lost and duplicated", ours.tally.lost + ours.tally.duplicated, 0)
    cost = ours.cpu_ms_per_delivery / bare.cpu_ms_per_delivery
    yield limit("our cost of a delivery, in bare echoes", cost, 2)
    yield limit("memory of an idle socket, KB", _socket_kb(ours), 150)


def places(placed: Sequence[Placed]) -> Iterator[str]:
    rows = [
        [each.name, str(each.queries or "-"), str(each.spread.count)]
        + [
            f"{value:.1f}"
            for value in (each.spread.p50, each.spread.p95, each.spread.longest, each.cpu_ms)
        ]
        for each in placed
    ]
    head = ["asked", "queries", "count", "p50 ms", "p95 ms", "longest ms", "server ms"]
    yield from table(head, rows)
    yield ""
    for way in ("open", "jump"):
        short, long = named(placed, way)
        yield limit(f"{way}: queries", long.queries, 10)
        yield limit(f"{way}: p95 of long against short", long.spread.p95 / short.spread.p95, 2)
    (missed,) = named(placed, "catch up")
    yield limit("catching up, p95 in ms", missed.spread.p95, 1000)
    (found,) = named(placed, "find")
    yield limit("finding a word, longest in ms", found.spread.longest, 1000)


def ramp(steps: Sequence[tuple[float, Delivery]]) -> Iterator[str]:
    """steps: a rate in messages a second and what it brought, rising."""
    rows = []
    for rate, found in steps:
        acknowledged = spread(found.tally.acknowledgements)
        delivered = spread(found.tally.deliveries)
        values = (acknowledged.p50, acknowledged.p99, delivered.p50, delivered.p99)
        wrong = found.tally.lost + found.tally.duplicated + found.tally.refused
        rows.append([f"{rate:g}", *(f"{value:.1f}" for value in values), str(wrong)])
    head = ["a second", "ack p50 ms", "ack p99 ms", "delivery p50 ms", "delivery p99 ms", "wrong"]
    yield from table(head, rows)


def _accounts(found: Delivery) -> str:
    tally = found.tally
    return (
        f"{tally.sent} messages sent, {tally.refused} refused, {tally.delivered} deliveries:"
        f" lost {tally.lost}, duplicated {tally.duplicated}, to strangers {tally.foreign};"
        f" in the conversations missing {tally.missing}, twice {tally.repeated}."
    )


def _weight(whose: str, found: Delivery) -> str:
    before, with_sockets, after = found.memory_mb
    return (
        f"Memory of {whose}: {before:.0f} MB before, {with_sockets:.0f} MB with the sockets"
        f" ({_socket_kb(found):.0f} KB each), {after:.0f} MB afterwards;"
        f" {found.cpu_ms_per_delivery:.2f} ms of processor time a delivery,"
        f" {100 * found.cpu_share:.0f} % of a core."
    )


def _socket_kb(found: Delivery) -> float:
    before, with_sockets, _ = found.memory_mb
    return 1024 * (with_sockets - before) / found.sockets
