"""What people type, what they mean by it, and how well a pin answers: 3, 2, 1 or 0.

A line of queries.txt: kind ; query ; interest ; types ; traits. The grade of a pin follows from
its subject alone: 3 what was meant, 2 the right thing with at least half of what else was asked,
1 the right thing with less of it or something near with all of it, else 0. Every third query of
each kind is kept aside: ranking is worked on with the others only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pinboard.quality.corpus import Drawn, Subject
from pinboard.quality.interests import interests

FILE: Final = Path(__file__).with_name("queries.txt")
KEPT_ASIDE: Final = 3


@dataclass(frozen=True, slots=True)
class Query:
    """types: any of them is meant; none: only the traits matter. held_out: nobody tunes on it."""

    kind: str
    text: str
    interest: str
    types: tuple[str, ...]
    traits: dict[str, str]
    held_out: bool


@cache
def queries() -> tuple[Query, ...]:
    return tuple(read(FILE.read_text(encoding="utf-8")))


def read(text: str) -> Iterator[Query]:
    so_far: Counter[str] = Counter()
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        kind, typed, interest, types, traits = (cell.strip() for cell in line.split(";"))
        so_far[kind] += 1
        yield Query(
            kind=kind,
            text=typed,
            interest=interest,
            types=tuple(name.strip() for name in types.split(",") if name.strip()),
            traits=_traits(traits),
            held_out=so_far[kind] % KEPT_ASIDE == 0,
        )


def _traits(text: str) -> dict[str, str]:
    """ "colour=green style=art deco" as a mapping; a value goes on until the next facet."""
    found: dict[str, str] = {}
    facet = ""
    for word in text.split():
        before, equals, after = word.partition("=")
        if equals:
            facet = before
            found[facet] = after
        else:
            found[facet] += f" {word}"
    return found


def grade(query: Query, subject: Subject) -> int:
    if subject.interest != query.interest or not subject.type:
        return 0
    near = interests()[query.interest].near
    is_meant = not query.types or subject.type in query.types
    is_near = any(subject.type in near.get(name, ()) for name in query.types)
    met = sum(subject.traits.get(facet) == value for facet, value in query.traits.items())
    asked = len(query.traits)
    if is_meant and met == asked:
        return 3
    if is_meant and not query.types:
        return 1 if met else 0
    if is_meant:
        return 2 if 2 * met >= asked else 1
    return 1 if is_near and met == asked and asked else 0


def judgements(query: Query, pins: Sequence[Drawn]) -> dict[int, int]:
    """The grade of every pin that has one, by its place in pins."""
    grades = ((place, grade(query, pin.subject)) for place, pin in enumerate(pins))
    return {place: given for place, given in grades if given}
