"""From a pin to its entries: which of its words everybody may find, and which one person alone.

A term line is "field<TAB>root<TAB>text<TAB>shown<TAB>writer": field "t" title, "b" board, "d"
rich data (all three may become guides), "s" the source's name, which is never a guide, and after
an empty line "x", other words, known for spelling only. root and text of a phrase are two words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pinboard.ingest.reading import Reading
from pinboard.pins.models import Pin, Save
from search.facts import fact_tokens, facts_of_pin
from search.models import OwnEntry, PublicEntry
from search.stopwords import may_guide, may_name
from search.text import BREAK, LONGEST_WORD, Word, segments, sides, stems, words

# Bounds on one pin's words: a pin saved ten thousand times is not ten thousand boards' words.
MAX_BOARDS = 30
MAX_TERMS = 160
MAX_BODY = 4000
ROOM = 2 * LONGEST_WORD + 1  # characters of a phrase of two words


@dataclass(frozen=True, slots=True)
class Term:
    """One line of an entry's terms. writer: who wrote it, a person's id."""

    field: str
    root: str
    text: str
    shown: str
    writer: int

    def line(self) -> str:
        return f"{self.field}\t{self.root}\t{self.text}\t{self.shown}\t{self.writer}"


def read_terms(terms: str) -> Iterator[tuple[str, str, str, str, int]]:
    """(field, root, text, shown, writer) of every term of a stored entry."""
    for line in terms.splitlines():
        if line:
            kind, root, text, shown, writer = line.split("\t")
            yield kind, root, text, shown, int(writer)


def guide_terms(terms: str) -> Iterable[tuple[str, str, str, str]]:
    """(field, root, shown, writer) of the terms that matter to guides.

    Split at one go: this runs for hundreds of entries a page.
    """
    cells = terms.partition("\n\n")[0].replace("\n", "\t").split("\t")
    return zip(cells[::5], cells[1::5], cells[3::5], cells[4::5], strict=False)


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


def public_entry(pin: Pin, saves: Iterable[Save]) -> PublicEntry:
    """The entry of a public pin. saves: those on public boards, with board and section."""
    said = _words_of(pin)
    _add_saves(said, saves)
    return PublicEntry(pin_id=pin.pk, terms=_terms(said, pin), **said.columns())


def own_entry(pin: Pin, person_id: int, saves: Iterable[Save]) -> OwnEntry:
    """What one person may find a pin by. saves: all on their boards, and public ones."""
    said = _words_of(pin)
    _add_saves(said, saves)
    return OwnEntry(pin_id=pin.pk, person_id=person_id, **said.columns())


def _words_of(pin: Pin) -> Words:
    said = Words(title=segments(pin.title), body=[pin.description, pin.alt])
    said.facts = " ".join(fact_tokens(facts_of_pin(pin)))
    source = pin.source
    if source:
        reading = Reading.from_json(source.reading)
        said.data = [part for text in _data_of(reading) for part in segments(text)]
        said.site = source.site_name
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


def _add_saves(said: Words, saves: Iterable[Save]) -> None:
    for save in list(saves)[:MAX_BOARDS]:
        names = (save.board.name, save.section.name if save.section else "")
        said.boards += [(part, save.saver_id) for name in names for part in segments(name)]
        if save.note:
            said.body.append(save.note)


def _joined(listed: Iterable[str]) -> str:
    """Each segment once: a pin that thirty people keep under "Dinner" says so once."""
    parts = dict.fromkeys(" ".join(_with_sides(segment[:MAX_BODY])) for segment in listed)
    return f" {BREAK} ".join(part for part in parts if part)


def _with_sides(text: str) -> Iterator[str]:
    """Its stems, and after a size its numbers: what is 18x24 is found by 24 inch too."""
    for stem in stems(text):
        yield stem
        yield from sides(stem)


def _terms(said: Words, pin: Pin) -> str:
    """The term lines of a public pin, each term once per writer, the best field first."""
    found: dict[tuple[str, int], Term] = {}
    for kind, text, writer in _segments(said, pin):
        for term in _terms_in(kind, words(text[:MAX_BODY]), writer):
            if len(found) < MAX_TERMS:
                found.setdefault((term.text, writer), term)
    guiding = "\n".join(term.line() for term in found.values() if term.field != "x")
    others = "\n".join(term.line() for term in found.values() if term.field == "x")
    return f"{guiding}\n\n{others}" if others else guiding


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


def _terms_in(kind: str, listed: list[Word], writer: int) -> Iterator[Term]:
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
            yield from _phrase(kind, word, listed[place + 1], writer)


def _phrase(kind: str, word: Word, after: Word, writer: int) -> Iterator[Term]:
    """Two words that may stand together, one of which says something alone."""
    both = ((word.folded, word.stem), (after.folded, after.stem))
    if all(may_name(*one) for one in both) and any(may_guide(*one) for one in both):
        root = f"{word.stem} {after.stem}"
        text = f"{word.folded} {after.folded}"
        yield Term(kind, root, text, f"{word.shown[:59]} {after.shown[:59]}".lower(), writer)
