"""What a run did and found, as lines for a terminal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from pinboard.bench.sums import spread
from pinboard.torture.checker import arrivals
from pinboard.torture.history import Fault, Heard, History
from pinboard.torture.run import Outcome
from pinboard.torture.violations import around, by_promise

MOST_SHOWN: Final = 5
# So long after a fault every tab has its line again, or asks by itself.
CALM_SECONDS: Final = 10.0
PROMISES: Final = {
    "I1": "durable",
    "I2": "once",
    "I3": "one order, no holes",
    "I4": "no late arrivals",
    "I5": "catch-up",
    "I6": "convergence",
    "I7": "nothing after removal or logout",
    "I8": "nothing from before joining",
    "I9": "read marks only rise",
    "I10": "nothing of what was taken back",
    "I11": "trouble is told as trouble",
}


def faults(history: History) -> Iterator[str]:
    kinds: defaultdict[str, list[Fault]] = defaultdict(list)
    for fault in history.faults():
        kinds[fault.kind].append(fault)
    yield f"| {'fault':<12} | {'times':>5} | {'seconds':>7} |"
    yield f"|{'-' * 14}|{'-' * 7}|{'-' * 9}|"
    for kind, those in sorted(kinds.items()):
        seconds = sum(fault.ended - fault.began for fault in those)
        yield f"| {kind:<12} | {len(those):>5} | {seconds:>7.1f} |"


def deeds(history: History) -> Iterator[str]:
    """Every try of every deed, and how the deeds ended."""
    rows: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for deed in history.deeds():
        row = rows[deed.kind]
        row[deed.outcome] += 1
        row["tries"] += len(deed.tries)
        row["unanswered"] += sum(status == 0 for _, _, status in deed.tries)
        row["503"] += sum(status == 503 for _, _, status in deed.tries)
    names = ("ok", "fail", "unknown", "tries", "unanswered", "503")
    yield f"| {'deed':<8} | " + " | ".join(f"{name:>10}" for name in names) + " |"
    yield f"|{'-' * 10}|" + "|".join("-" * 12 for _ in names) + "|"
    for kind, row in sorted(rows.items()):
        yield f"| {kind:<8} | " + " | ".join(f"{row[name]:>10}" for name in names) + " |"


def times(outcome: Outcome) -> Iterator[str]:
    """How long messages travelled: with nothing broken meanwhile, and at all."""
    broken = list(outcome.history.faults())
    calm, all_of_them = [], []
    for heard, deed, late in arrivals(outcome.history):
        all_of_them.append(late)
        if not any(
            fault.began < heard.at and fault.ended > deed.began - CALM_SECONDS for fault in broken
        ):
            calm.append(late)
    for name, late_ones in (("calm", calm), ("all", all_of_them)):
        if late_ones:
            found = spread(late_ones)
            yield (
                f"From answer to arrival, {name}: {len(late_ones)} arrivals,"
                f" p50 {found.p50:.0f} ms, p99 {found.p99:.0f} ms,"
                f" longest {max(late_ones):.2f} s"
            )
    if outcome.converged_seconds is None:
        yield "Some tabs did not know all 30 s after everything was mended."
    else:
        yield f"Every tab knew all {outcome.converged_seconds:.2f} s after everything was settled."
    if outcome.unsettled:
        yield f"{outcome.unsettled} tabs still had something unsent."


def summary(outcome: Outcome) -> Iterator[str]:
    heard = Counter(entry.source for entry in outcome.history.heard() if isinstance(entry, Heard))
    messages = sum(
        len(whole.items)
        for conversation in outcome.truth.keepers
        if (whole := outcome.truth.whole(conversation))
    )
    yield from ("", *faults(outcome.history), "", *deeds(outcome.history), "")
    told = ", ".join(f"{times} by {source}" for source, times in heard.most_common())
    yield f"{messages} messages in the end; tabs were told of messages: {told}."
    yield from times(outcome)


def mistakes(found: Mapping[str, int]) -> Iterator[str]:
    """Tracebacks in the servers' log: not broken promises, but worth a look."""
    for line, count in sorted(found.items(), key=lambda pair: -pair[1])[:10]:
        yield f"{count:>5} × {line}"


def violations(outcome: Outcome) -> Iterator[str]:
    found = by_promise(outcome.violations)
    yield ""
    yield f"| {'promise':<40} | {'broken':>6} |"
    yield f"|{'-' * 42}|{'-' * 8}|"
    for promise, words in PROMISES.items():
        yield f"| {promise + ' ' + words:<40} | {len(found.get(promise, ())):>6} |"
    for promise, those in found.items():
        for violation in those[:MOST_SHOWN]:
            where = f" in {violation.conversation}" if violation.conversation else ""
            yield ""
            yield f"{promise} broken{where}: {violation.says}"
            yield from (
                f"    {line}" for line in around(violation, outcome.history, began=outcome.began)
            )
        if len(those) > MOST_SHOWN:
            yield f"and {len(those) - MOST_SHOWN} more of {promise}"
