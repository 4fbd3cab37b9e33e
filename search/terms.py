"""The terms of a public entry, as text: what guides, spellings and the vocabulary may use of it.

One line per field and writer, "t5260" and its roots with tabs between them: field "t" title, "b"
board, "d" rich data (all three may become guides), "s" the source's name, which is never a guide,
and after an empty line "x", other words, known for spelling only. root of a phrase: two stems.

Where some were not written as their roots, a record separator follows, and for each root how it
is shown, and after a unit separator its folded words where those differ again; "" for like the
root. Most words are their own roots, and a page of results reads this of hundreds of entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

MAX_BOARDS = 8
_FORMS = "\x1e"
_UNIT = "\x1f"


class Term(NamedTuple):
    """text: folded words, as typed. shown: as somebody wrote it, in small letters."""

    kind: str
    root: str
    text: str
    shown: str
    writer: int


class Line(NamedTuple):
    """Terms of one field by one writer. forms: as in the text, "" where all are their roots."""

    kind: str
    writer: str
    roots: Sequence[str]
    forms: str

    def all_forms(self) -> Iterator[tuple[str, str]]:
        """(root, form)."""
        forms = self.forms.split("\t") if self.forms else ()
        return zip_longest(self.roots, forms, fillvalue="")

    def shown(self, root: str) -> str:
        """How one of the roots is shown."""
        if not self.forms:
            return root
        return self.forms.split("\t")[self.roots.index(root)].partition(_UNIT)[0] or root


def write_terms(terms: Iterable[Term]) -> str:
    lines: dict[tuple[str, int], list[Term]] = {}
    for term in terms:
        lines.setdefault((term.kind, term.writer), []).append(term)
    guiding = "\n".join(_written(line) for (kind, _), line in lines.items() if kind != "x")
    others = "\n".join(_written(line) for (kind, _), line in lines.items() if kind == "x")
    return f"{guiding}\n\n{others}" if others else guiding


def _written(line: Sequence[Term]) -> str:
    forms = [_form(term) for term in line]
    first = "\t".join((f"{line[0].kind}{line[0].writer}", *(term.root for term in line)))
    return f"{first}{_FORMS}" + "\t".join(forms) if any(forms) else first


def _form(term: Term) -> str:
    if term.text != term.shown:
        return f"{term.shown}{_UNIT}{term.text}"
    return term.shown if term.shown != term.root else ""


def read_terms(terms: str) -> Iterator[Term]:
    """Every term of a stored entry."""
    for line in map(_line, filter(None, terms.split("\n"))):
        for root, form in line.all_forms():
            shown, _, text = form.partition(_UNIT)
            shown = shown or root
            yield Term(line.kind, root, text or shown, shown, int(line.writer))


def guide_lines(terms: str) -> Iterator[Line]:
    """The lines that matter to guides: of boards' names those of the first few writers, for what
    thirty people keep says hardly more by the words of the last twenty."""
    boards = 0
    for line in terms.partition("\n\n")[0].split("\n"):
        boards += line[:1] == "b"
        if line and (boards <= MAX_BOARDS or line[0] != "b"):
            yield _line(line)


def guide_terms(terms: str) -> Iterator[tuple[str, str, str, str]]:
    """(field, root, shown, writer) of the terms that matter to guides."""
    for line in guide_lines(terms):
        for root, form in line.all_forms():
            yield line.kind, root, form.partition(_UNIT)[0] or root, line.writer


def _line(line: str) -> Line:
    """This runs for hundreds of entries a page."""
    said, _, forms = line.partition(_FORMS)
    head, *roots = said.split("\t")
    return Line(head[0], head[1:], roots, forms)
