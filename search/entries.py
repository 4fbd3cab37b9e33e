"""From a pin to its entries: which of its words everybody may find, and which one person alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from pinboard.ingest.reading import Reading
from pinboard.pins.models import Pin
from search.facts import fact_tokens, facts_of_pin
from search.models import OwnEntry, PinFacts, PublicEntry
from search.standing import place_of
from search.stopwords import may_guide, may_name
from search.terms import Term, write_terms
from search.text import BREAK, LONGEST_WORD, Word, owner_token, segments, sides, words

# Bounds on one pin's words: a pin saved ten thousand times is not ten thousand boards' words.
MAX_BOARDS = 30
MAX_TERMS = 160
MAX_BODY = 4000
ROOM = 2 * LONGEST_WORD + 1  # characters of a phrase of two words


class Kept(NamedTuple):
    """A save with what it says. owner: of the board."""

    pin_id: int
    board_id: int
    board: str
    owner: int
    saver: int
    section: str | None
    note: str
    is_public: bool


# For Save.objects.values_list(), in the order of Kept.
KEPT = (
    "pin_id", "board_id", "board__name", "board__owner_id", "saver_id", "section__name", "note",
    "is_public",
)  # fmt: skip


@dataclass(slots=True)
class Words:
    """What a pin says, in segments between which no phrase reaches."""

    title: list[str] = field(default_factory=list)
    boards: list[tuple[str, int]] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    site: str = ""
    body: list[str] = field(default_factory=list)
    facts: str = ""

    def columns(self) -> dict[str, str]:
        return {
            "title": _joined(self.title),
            "boards": _joined(name for name, _ in self.boards),
            "data": _joined([*self.data, self.site]),
            "body": f"{_joined(self.body)} {BREAK} {self.facts}",
        }


def public_entry(known: Known, saves: Sequence[Kept], *, public_saves: int) -> PublicEntry:
    """The entry of a public pin. saves: those on public boards, of which there are so many."""
    pin, said = known.pin, known.said()
    _add_saves(said, saves)
    place = place_of(pin, public_saves=public_saves)
    return PublicEntry(pin_id=pin.pk, place=place, terms=_terms(said, pin), **said.columns())


def own_entry(known: Known, person_id: int, saves: Iterable[Kept]) -> OwnEntry:
    """What one person may find a pin by. saves: all on their boards, and public ones."""
    said = known.said()
    _add_saves(said, saves)
    said.facts += f" {owner_token(person_id)}"
    return OwnEntry(pin_id=known.pin.pk, person_id=person_id, **said.columns())


@dataclass(frozen=True, slots=True)
class Known:
    """A pin with what is read of it once for all its entries."""

    pin: Pin
    reading: Reading | None
    facts: PinFacts

    @classmethod
    def of(cls, pin: Pin) -> Known:
        """pin: with its source and picture."""
        reading = Reading.from_json(pin.source.reading) if pin.source else None
        return cls(pin, reading, facts_of_pin(pin, reading))

    def said(self) -> Words:
        return _words_of(self.pin, self.reading, self.facts)


def _words_of(pin: Pin, reading: Reading | None, facts: PinFacts) -> Words:
    said = Words(title=segments(pin.title), body=[pin.description, pin.alt])
    said.facts = " ".join(fact_tokens(facts))
    if pin.source and reading:
        said.data = [part for text in _data_of(reading) for part in segments(text)]
        said.site = pin.source.site_name
        said.body += [reading.title, reading.description, reading.author]
        if reading.kind != "plain":
            said.body.append(reading.kind)
    return said


def _data_of(reading: Reading) -> Iterator[str]:
    """The parts of a reading that are interests: a cuisine, an ingredient, a brand, a town."""
    yield from (reading.recipe.cuisine, reading.recipe.category, reading.product.brand)
    yield from (reading.article.section, reading.movie.director)
    yield from reading.recipe.ingredients[:40]
    yield from reading.place.address.split(",")


def _add_saves(said: Words, saves: Iterable[Kept]) -> None:
    for save in islice(saves, MAX_BOARDS):
        names = (save.board, save.section or "")
        said.boards += [(part, save.saver) for name in names for part in segments(name)]
        if save.note:
            said.body.append(save.note)


def _joined(listed: Iterable[str]) -> str:
    """Each segment once: a pin that thirty people keep under "Dinner" says so once."""
    parts = dict.fromkeys(_stems(segment) for segment in listed if segment)
    return f" {BREAK} ".join(part for part in parts if part)


@lru_cache(maxsize=1000)
def _read(segment: str) -> tuple[Word, ...]:
    """A segment is read for the engine and for guides; boards have many pins."""
    return tuple(words(segment[:MAX_BODY]))


@lru_cache(maxsize=1000)
def _stems(segment: str) -> str:
    return " ".join(_with_sides(_read(segment)))


def _with_sides(said: Iterable[Word]) -> Iterator[str]:
    """Its stems, and after a size its numbers: what is 18x24 is found by 24 inch too."""
    for word in said:
        yield word.stem
        yield from sides(word.stem)


def _terms(said: Words, pin: Pin) -> str:
    """The terms of a public pin, each once per writer, the best field first."""
    found: dict[tuple[str, int], Term] = {}
    for kind, text, writer in _segments(said, pin):
        if len(found) >= MAX_TERMS:
            break
        for term in _terms_in(kind, _read(text), writer):
            found.setdefault((term.text, writer), term)
    return write_terms(islice(found.values(), MAX_TERMS))


def _segments(said: Words, pin: Pin) -> Iterator[tuple[str, str, int]]:
    maker = pin.maker_id
    if said.site:
        yield "s", said.site, maker
    for title in said.title:
        yield "t", title, maker
    for name, owner in said.boards:
        yield "b", name, owner
    for data in said.data:
        yield "d", data, maker
    for text in said.body:
        yield "x", text, maker


def _terms_in(kind: str, listed: Sequence[Word], writer: int) -> Iterator[Term]:
    if kind == "s":
        # The whole name is never a guide; its parts are none on this pin, for they come first.
        root = " ".join(word.stem for word in listed)[:ROOM]
        text = " ".join(word.folded for word in listed)[:ROOM]
        if text:
            yield Term("s", root, text, text, writer)
        kind = "x"
    for place, word in enumerate(listed):
        if may_guide(word.folded, word.stem):
            yield Term(kind, word.stem, word.folded, word.shown[:60].lower(), writer)
        if kind in "tbd" and place + 1 < len(listed):
            phrase = _phrase(kind, word, listed[place + 1], writer)
            if phrase:
                yield phrase


def _phrase(kind: str, word: Word, after: Word, writer: int) -> Term | None:
    """Two words that may stand together, one of which says something alone."""
    one, other = (word.folded, word.stem), (after.folded, after.stem)
    if not (may_name(*one) and may_name(*other) and (may_guide(*one) or may_guide(*other))):
        return None
    root, text = f"{word.stem} {after.stem}", f"{word.folded} {after.folded}"
    return Term(kind, root, text, f"{word.shown[:59]} {after.shown[:59]}".lower(), writer)
