"""What `manage.py bench trouble` prints: how much of one's trouble the others notice."""

from __future__ import annotations

from collections.abc import Iterator

from pinboard.bench.report import limit, table
from pinboard.bench.sums import spread
from pinboard.bench.trouble import Paused, Stalled

# Closed for being too slow, or cut by the server without a word it could still have read.
CLOSED = (4008, 1006)


def stalled(found: Stalled) -> Iterator[str]:
    rows = []
    for name, tally in (("calm", found.calm), ("with the stalled reader", found.others)):
        acknowledged, delivered = spread(tally.acknowledgements), spread(tally.deliveries)
        values = (acknowledged.p50, acknowledged.p99, delivered.p50, delivered.p99)
        wrong = tally.lost + tally.duplicated + tally.refused
        rows.append([name, str(tally.sent), *(f"{value:.1f}" for value in values), str(wrong)])
    head = ["the others", "messages", "ack p50 ms", "ack p99 ms", "p50 ms", "p99 ms", "wrong"]
    yield from table(head, rows)
    yield ""
    before, after = found.memory_mb
    yield f"Memory of the server: {before:.0f} MB before the stall, {after:.0f} MB after it."
    was = "closed" if found.close_code in CLOSED else "STILL OPEN"
    yield f"The socket that was not read: {was} (code {found.close_code})."
    calm, others = spread(found.calm.deliveries), spread(found.others.deliveries)
    yield limit("the others' p99 with a stalled reader against without", others.p99 / calm.p99, 1.2)
    yield limit("sockets left open that nobody reads", int(found.close_code not in CLOSED), 0)
    yield limit("memory for the stalled reader, MB", after - before, 20)
    yield limit("messages the stalled reader misses after asking again", found.missing, 0)


def paused(found: Paused) -> Iterator[str]:
    tally, during, told = found.tally, spread(found.during), spread(found.told)
    yield (
        f"{tally.sent} messages sent to {found.sockets} sockets, {during.count} acknowledged while"
        f" Redis stood still: p50 {during.p50:.1f} ms, p99 {during.p99:.1f} ms, longest"
        f" {during.longest:.1f} ms."
    )
    yield (
        f"{tally.refused} refused, {tally.lost} deliveries did not reach a socket,"
        f" {tally.duplicated} came twice; {told.count} sockets were sent asking again"
        + (f", the last {told.longest / 1000:.1f} s after its return." if told.count else ".")
    )
    yield limit("acknowledgement p99 while Redis stands still, ms", during.p99, 1000)
    yield limit("refused, and missing in the conversations", tally.refused + tally.missing, 0)
    # A pause so short that all arrived in the end is no gap.
    unaware = found.sockets - told.count if tally.lost else 0
    yield limit("sockets not sent asking although something was lost", unaware, 0)
