"""What was asked, answered, heard and broken, by one clock (seconds of time.monotonic()).

A word is a text that nothing else contains ("t0123456789abcdef"): every message and every edit
has one, so wherever it turns up one knows what it belongs to. A tab is a browser tab; a visit
is one opening of a conversation in it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

WORD: Final = re.compile(r"\bt[0-9a-f]{16}\b")
NEVER: Final = math.inf


@dataclass(slots=True, kw_only=True)
class Deed:
    """One thing a tab wanted done, however often it had to ask for it.

    kind: post, edit, unsend, react, verdict, add, remove or logout. word: what a post or an
    edit says. about: the word of the post that an edit, removal or reaction changes. key and
    value: what a verdict or a reaction sets, "" for taken back. whom: who is added or removed.
    began: the first try. ended: the answer that settled it. outcome: ok, fail (refused) or
    unknown. tries: (began, ended, status) each, status 0 when no answer came. answers: the
    (id, number) that answers gave a post.
    """

    kind: str
    tab: int
    person: int
    conversation: int
    began: float
    word: str = ""
    about: str = ""
    key: str = ""
    value: str = ""
    whom: int = 0
    session: str = ""
    ended: float = NEVER
    outcome: str = "unknown"
    tries: list[tuple[float, float, int]] = field(default_factory=list)
    answers: list[tuple[int, int]] = field(default_factory=list)

    @property
    def is_ok(self) -> bool:
        return self.outcome == "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A tab was told of a message: its place, its last change, the words in it.

    source: socket, changes, answer (to its own post) or list. asked: when the question was
    asked that this answers (for a socket: at). place is 0 where only words are known.
    """

    at: float
    tab: int
    person: int
    session: str
    conversation: int
    visit: int
    source: str
    place: int
    number: int
    words: tuple[str, ...]
    asked: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """From now on this visit shows everything up to a number."""

    at: float
    tab: int
    conversation: int
    visit: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where a person's read mark stands, as one answer said."""

    began: float
    ended: float
    person: int
    conversation: int
    read: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """The socket of a session that was signed out is gone."""

    at: float
    tab: int
    session: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something was broken from began to ended. details: which, how."""

    kind: str
    began: float
    ended: float
    details: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blunder:
    """An answer that no person should get: 500."""

    at: float
    path: str
    status: int


Entry = Deed | Heard | Reached | Mark | Closed | Fault | Blunder


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A message as it stands: marks are verdicts and reactions, "person:key=value" each."""

    id: int
    place: int
    number: int
    words: tuple[str, ...]
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a visit showed at the very end. known: the number up to which it says it knows."""

    tab: int
    person: int
    conversation: int
    visit: int
    known: int
    items: Mapping[int, Item]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A conversation as one of its members finally finds it, asked anew from the beginning."""

    conversation: int
    person: int
    counter: int
    items: Mapping[int, Item]


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What the public interface finally shows. By conversation:

    keepers: the member who was there all the time. plain: where only posts happen.
    first_members: who was in it when the run began.
    """

    found: tuple[Found, ...]
    shown: tuple[Shown, ...]
    keepers: Mapping[int, int]
    first_members: Mapping[int, frozenset[int]]
    plain: frozenset[int] = frozenset()

    def whole(self, conversation: int) -> Found | None:
        """The conversation as its keeper finds it."""
        return self.of(conversation, self.keepers[conversation])

    def of(self, conversation: int, person: int) -> Found | None:
        for found in self.found:
            if (found.conversation, found.person) == (conversation, person):
                return found
        return None


@dataclass(slots=True)
class History:
    """The log of a run, in the order in which it was written."""

    entries: list[Entry] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        self.entries.append(entry)

    def deeds(self, *kinds: str) -> Iterator[Deed]:
        """Deeds of these kinds, or all."""
        for entry in self.entries:
            if isinstance(entry, Deed) and (not kinds or entry.kind in kinds):
                yield entry

    def heard(self) -> Iterator[Heard]:
        return (entry for entry in self.entries if isinstance(entry, Heard))

    def faults(self) -> Iterator[Fault]:
        return (entry for entry in self.entries if isinstance(entry, Fault))

    def save(self, path: Path) -> None:
        """One JSON object a line, with its kind under "is"."""
        with path.open("w", encoding="utf-8") as lines:
            for entry in self.entries:
                row: dict[str, Any] = {"is": type(entry).__name__, **asdict(entry)}
                lines.write(json.dumps(row) + "\n")


def words_of(text: str) -> tuple[str, ...]:
    """The words in a text, each once, in the order in which they first stand there."""
    return tuple(dict.fromkeys(WORD.findall(text)))
