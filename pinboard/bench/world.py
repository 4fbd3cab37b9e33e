"""What the measurements need to know of the data set: written by the child that filled it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

NAME: Final = "bench.json"


@dataclass(frozen=True, slots=True)
class Page:
    """A page to measure. mark stands in it exactly `times` times, which every answer has to show.

    queries: how many it asks of the database.
    """

    name: str
    path: str
    signed_in: bool
    mark: str
    times: int = 0
    queries: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """A person and the key of a session in which they are signed in."""

    person: int
    session: str


@dataclass(frozen=True, slots=True)
class Group:
    """A conversation and everybody in it."""

    conversation: int
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """Conversations of the reader with so many messages each.

    queries: how many opening one or jumping to a place asks of the database, the higher of both.
    """

    conversations: tuple[int, ...]
    messages: int
    queries: int = 0


@dataclass(frozen=True, slots=True)
class World:
    """asked: how the data set was ordered. reader: whose pages are asked for.

    talks: short ones and a long one, none unless they were ordered.
    sizes: rows by what they are. filled_seconds: how long filling and indexing took.
    """

    asked: dict[str, int]
    reader: Member
    pages: tuple[Page, ...]
    groups: tuple[Group, ...]
    talks: tuple[Talk, ...]
    sizes: dict[str, int]
    filled_seconds: float
    indexed_seconds: float

    def save(self, folder: Path) -> None:
        (folder / NAME).write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> World:
        """Raises FileNotFoundError where nothing was filled yet."""
        read: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
        groups = tuple(
            Group(each["conversation"], tuple(Member(**one) for one in each["members"]))
            for each in read.pop("groups")
        )
        talks = tuple(
            Talk(tuple(each["conversations"]), each["messages"], each["queries"])
            for each in read.pop("talks")
        )
        pages = tuple(Page(**each) for each in read.pop("pages"))
        reader = Member(**read.pop("reader"))
        return cls(reader=reader, pages=pages, groups=groups, talks=talks, **read)
