"""interests.txt as types: what there is to pin, and what people call it.

A line is a word and what it says: "type" what a thing is, "title", "say" (sentences of
descriptions), "extra" (titles of accessories, which are not the thing), "board", "near" (types
that come close), and any other word a trait, "colour green | emerald": one value and the forms
it is written in, likeliest first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("interests.txt")
_LISTS: Final = ("type", "title", "say", "extra", "board", "near")


@dataclass(frozen=True, slots=True)
class Concept:
    """name: the first of its forms."""

    forms: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.forms[0]


@dataclass(frozen=True, slots=True)
class Interest:
    """kind: of its sources' readings. traits: by facet. near: types, by type."""

    name: str
    kind: str
    types: tuple[Concept, ...]
    traits: dict[str, tuple[Concept, ...]]
    titles: tuple[str, ...]
    sentences: tuple[str, ...]
    extras: tuple[str, ...]
    boards: tuple[str, ...]
    near: dict[str, frozenset[str]]


@cache
def interests() -> dict[str, Interest]:
    """By name, in the order of the file."""
    return {each.name: each for each in read(FILE.read_text(encoding="utf-8"))}


def read(text: str) -> Iterator[Interest]:
    for block in text.split("== ")[1:]:
        head, *lines = block.splitlines()
        name, kind = head.split()
        said: defaultdict[str, list[str]] = defaultdict(list)
        for line in lines:
            word, _, rest = line.partition(" ")
            said[word].append(rest)
        yield Interest(
            name=name,
            kind=kind,
            types=tuple(map(_concept, said["type"])),
            traits={
                facet: tuple(map(_concept, values))
                for facet, values in said.items()
                if facet not in _LISTS
            },
            titles=tuple(said["title"]),
            sentences=tuple(said["say"]),
            extras=tuple(said["extra"]),
            boards=tuple(said["board"]),
            near=_near(said["near"]),
        )


def _concept(line: str) -> Concept:
    return Concept(tuple(form.strip() for form in line.split("|")))


def _near(lines: list[str]) -> dict[str, frozenset[str]]:
    near: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        names = {name.strip() for name in line.split(",")}
        for name in names:
            near[name] |= names - {name}
    return {name: frozenset(others) for name, others in near.items()}
