"""The words of public pins, counted: for spelling, suggestions, and what is distinctive.

Counts follow the entries exactly: whoever changes an entry hands over its old and its new term
lines. Runs under keeping.py's lock, so nobody else changes these tables meanwhile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.core.cache import cache
from django.db import connection
from django.db.models import Sum

from search.entries import read_terms
from search.models import PublicEntry, Spelling, Term, TermUse

T = TypeVar("T")
# Rows per statement: SQLite takes 250,000 parameters, PostgreSQL 65,535.
CHUNK = 2000
SHORTEST_SPELLED = 4
# How many of the most named roots are remembered for guides, and for how long.
COMMON = 2000
COMMON_SECONDS = 60

_ADD_USES = """
INSERT INTO search_termuse (term_id, person_id, uses) VALUES {rows}
ON CONFLICT (term_id, person_id) DO UPDATE SET uses = search_termuse.uses + excluded.uses
"""
_COUNT_WRITERS = """
UPDATE search_term SET uses = uses + %s, named = named + %s, is_shared =
    (SELECT count(*) FROM (SELECT 1 FROM search_termuse u WHERE u.term_id = search_term.id LIMIT 2)
     AS writers) > 1
WHERE id = %s
"""


class Changes:
    """What entries lost and gained, to be applied together."""

    def __init__(self) -> None:
        self.uses: Counter[tuple[str, int]] = Counter()
        self.named: Counter[str] = Counter()
        self.forms: dict[str, tuple[str, str]] = {}  # text: (root, shown)

    def take(self, lines: str) -> None:
        for kind, _, text, _, writer in read_terms(lines):
            if kind != "s":
                self.uses[text, writer] -= 1
                self.named[text] -= kind != "x"

    def give(self, lines: str) -> None:
        for kind, root, text, shown, writer in read_terms(lines):
            if kind != "s":
                self.uses[text, writer] += 1
                self.named[text] += kind != "x"
                self.forms.setdefault(text, (root, shown))

    def apply(self) -> None:
        changed = {key: number for key, number in self.uses.items() if number}
        texts = {text for text, _ in changed} | {t for t, number in self.named.items() if number}
        if not texts:
            return
        ids = self._ids_of(sorted(texts))
        rows = [
            (ids[text], writer, number)
            for (text, writer), number in sorted(changed.items())
            if text in ids
        ]
        sums: Counter[int] = Counter()
        for term_id, _, number in rows:
            sums[term_id] += number
        with connection.cursor() as cursor:
            for chunk in _chunks(rows):
                places = ", ".join(["(%s, %s, %s)"] * len(chunk))
                values = [value for row in chunk for value in row]
                cursor.execute(_ADD_USES.format(rows=places), values)
            for some in _chunks(sums):
                TermUse.objects.filter(term__in=some, uses__lte=0)._raw_delete("default")
            counts = [(sums[pk], self.named[text], pk) for text, pk in ids.items()]
            cursor.executemany(_COUNT_WRITERS, counts)
        for some in _chunks(sums):
            Term.objects.filter(pk__in=some, uses__lte=0).delete()

    def _ids_of(self, texts: list[str]) -> dict[str, int]:
        """Rows of terms by text; those that are new are made, with their spellings."""
        ids: dict[str, int] = {}
        for chunk in _chunks(texts):
            ids.update(Term.objects.filter(text__in=chunk).values_list("text", "pk"))
        new = [
            Term(text=text, root=root, shown=shown, is_phrase=" " in text)
            for text in texts
            if text not in ids
            for root, shown in [self.forms[text]]
        ]
        # Another worker may make the same term at this moment; whoever is second takes its row.
        Term.objects.bulk_create(new, batch_size=CHUNK, ignore_conflicts=True)
        for chunk in _chunks([term.text for term in new]):
            ids.update(Term.objects.filter(text__in=chunk).values_list("text", "pk"))
        Spelling.objects.bulk_create(
            [
                Spelling(text=text, term_id=ids[term.text])
                for term in new
                if not term.is_phrase and len(term.text) >= SHORTEST_SPELLED
                for text in shortened(term.text)
            ],
            batch_size=CHUNK,
        )
        return ids


def shortened(word: str) -> set[str]:
    """The word and all words that lack one of its letters."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def common_roots() -> tuple[dict[str, int], int]:
    """(how often the most named roots are, number of public entries), up to a minute old."""
    known: tuple[dict[str, int], int] | None = cache.get("search:common")
    if known is None:
        top = Term.objects.values_list("root").annotate(all_named=Sum("named"))
        known = (
            dict(top.order_by("-all_named")[:COMMON].values_list("root", "all_named")),
            PublicEntry.objects.count(),
        )
        cache.set("search:common", known, COMMON_SECONDS)
    return known


def _chunks(items: Iterable[T]) -> Iterator[Sequence[T]]:
    walk = iter(items)
    while chunk := list(islice(walk, CHUNK)):
        yield chunk
