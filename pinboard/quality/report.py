"""The tables `manage.py quality` prints, in Markdown, so that they can be kept as they are."""

from __future__ import annotations

import math
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pinboard.bench.report import table
from pinboard.quality.guiding import FIRST, Worth
from pinboard.quality.judging import Query
from pinboard.quality.measures import mean, ndcg

OURS: Final = "ours"


@dataclass(frozen=True, slots=True)
class Answers:
    """What one engine found: places in the corpus, best first, by what was typed."""

    name: str
    rankings: Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A query that at least one pin answers, and the grades of the pins that do."""

    query: Query
    grades: Mapping[int, int]


def about(pins: int, judged: Sequence[Judged]) -> Iterator[str]:
    graded = mean([len(each.grades) for each in judged])
    aside = sum(each.query.held_out for each in judged)
    yield f"Python {platform.python_version()}, {platform.system()}."
    yield (
        f"{pins:,} pins; {len(judged)} queries, {aside} of them held out; {graded:.0f} judged pins"
        " to a query on average. nDCG at 10, and queries without any result."
    )


def relevance(engines: Iterable[Answers], judged: Sequence[Judged]) -> Iterator[str]:
    rows = []
    for engine in engines:
        row = [engine.name]
        for held_out in (False, True):
            asked = [each for each in judged if each.query.held_out is held_out]
            row += [_score(engine, asked), _empty(engine, asked)]
        rows.append(row)
    yield from table(["engine", "tuned", "empty", "held out", "empty"], rows)


def by_kind(engines: Sequence[Answers], judged: Sequence[Judged]) -> Iterator[str]:
    """All queries of a kind, tuned and held out together."""
    kinds = dict.fromkeys(each.query.kind for each in judged)
    rows = []
    for kind in kinds:
        asked = [each for each in judged if each.query.kind == kind]
        rows.append([f"{kind} ({len(asked)})", *(_score(engine, asked) for engine in engines)])
    yield from table(["kind of query", *(engine.name for engine in engines)], rows)


def each(engines: Sequence[Answers], judged: Sequence[Judged]) -> Iterator[str]:
    """Query by query; never the held out ones, so that nobody is tempted."""
    asked = [one for one in judged if not one.query.held_out]
    rows = [[one.query.text, *(_score(engine, [one]) for engine in engines)] for one in asked]
    yield from table(["query", *(engine.name for engine in engines)], rows)


def guides(measured: Mapping[str, Worth]) -> Iterator[str]:
    """The guides of several searches beside each other."""
    rows = [
        [
            name,
            str(worth.starts),
            f"{worth.guides:.1f}",
            f"{worth.coverage:.0%}",
            f"{worth.redundancy:.2f}",
            str(worth.rows),
            str(worth.too_few),
            str(worth.too_many),
            str(len(worth.complaints)),
            f"{worth.taps:.2f}",
            f"{worth.stuck:.0%}",
        ]
        for name, worth in measured.items()
    ]
    head = ["guides", "starts", "shown", f"first {FIRST} cover", "redundancy", "rows"]
    yield from table([*head, "to < 3 pins", "to > 80 %", "faults", "taps to one", "stuck"], rows)
    for name, worth in measured.items():
        if name.startswith(OURS):
            yield from worth.complaints


def behind(engines: Sequence[Answers], judged: Sequence[Judged]) -> Iterator[str]:
    """Sentences about every aim that is missed; none when ours are ahead everywhere."""
    ours = [engine for engine in engines if engine.name.startswith(OURS)]
    rivals = [engine for engine in engines if engine not in ours]
    for engine in ours:
        for held_out in (False, True):
            asked = [each for each in judged if each.query.held_out is held_out]
            part = "held out" if held_out else "tuned"
            for rival in rivals:
                if _mean(engine, asked) <= _mean(rival, asked):
                    yield f"{engine.name} is not ahead of {rival.name} ({part})."
            for one in asked:
                if not engine.rankings[one.query.text]:
                    yield f"{engine.name} finds nothing for “{one.query.text}” ({part})."


def _mean(engine: Answers, asked: Sequence[Judged]) -> float:
    return mean([ndcg(engine.rankings[one.query.text], one.grades) for one in asked])


def _score(engine: Answers, asked: Sequence[Judged]) -> str:
    score = _mean(engine, asked)
    return "-" if math.isnan(score) else f"{score:.3f}"


def _empty(engine: Answers, asked: Sequence[Judged]) -> str:
    return f"{mean([not engine.rankings[one.query.text] for one in asked]):.0%}"
