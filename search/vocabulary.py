"""The words of public pins, counted: for spelling, suggestions, and what is distinctive.

Counts follow the entries exactly: whoever changes an entry hands over its old and its new term
lines, after the entries are written. Runs under keeping.py's lock, so nobody else changes these
tables meanwhile.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from django.core.cache import cache
from django.db import connection

from search import index
from search.index.wanted import Any, Only, Phrase
from search.models import PublicEntry, Term
from search.rows import chunks, write_many
from search.terms import read_terms

SHORTEST_SPELLED = 4
# How many of the most named roots are remembered for guides, and for how long.
COMMON = 2000
COMMON_SECONDS = 60
CACHE_KEY = "search:common"
# Entries that are looked through for other writers of a term when a known one is gone.
LOOKED_THROUGH = 400

_ADD = """
INSERT INTO search_term (text, root, shown, is_phrase, uses, named, is_shared,
    writer, writer_uses, other, other_uses) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_CHANGE = """
UPDATE search_term SET uses = %s, named = %s, is_shared = %s,
    writer = %s, writer_uses = %s, other = %s, other_uses = %s WHERE id = %s
"""
_SPELL = "INSERT INTO search_spelling (text, term_id) VALUES (%s, %s)"
_KNOWN = """
SELECT text, id, uses, named, writer, writer_uses, other, other_uses FROM search_term
WHERE text IN ({marks})
"""


@dataclass(slots=True)
class Count:
    """A term as it is counted. pk: 0 while it is new. writers: uses by person, of two at most."""

    pk: int = 0
    uses: int = 0
    named: int = 0
    writers: dict[int, int] = field(default_factory=dict)

    def add(self, writer: int, uses: int) -> None:
        """uses: below 0 for what was taken back."""
        self.uses += uses
        left = self.writers.get(writer, 0) + uses
        if writer in self.writers and left <= 0:
            del self.writers[writer]
        elif writer in self.writers or (uses > 0 and len(self.writers) < 2):
            self.writers[writer] = left

    @property
    def is_unsure(self) -> bool:
        """Whether somebody wrote it of whom nothing is written down while there is room."""
        return len(self.writers) < 2 and sum(self.writers.values()) < self.uses

    def columns(self) -> tuple[int | bool | None, ...]:
        pairs = [*self.writers.items(), (None, 0), (None, 0)]
        return self.uses, self.named, len(self.writers) > 1, *pairs[0], *pairs[1]


class Changes:
    """What entries lost and gained, to be applied together."""

    def __init__(self) -> None:
        self.uses: Counter[tuple[str, int]] = Counter()
        self.named: Counter[str] = Counter()
        self.forms: dict[str, tuple[str, str]] = {}  # text: (root, shown)

    def take(self, lines: str) -> None:
        self._add(lines, -1)

    def give(self, lines: str) -> None:
        self._add(lines, 1)

    def _add(self, lines: str, number: int) -> None:
        for kind, root, text, shown, writer in read_terms(lines):
            if kind != "s":
                self.uses[text, writer] += number
                self.forms.setdefault(text, (root, shown))
                if kind != "x":
                    self.named[text] += number

    def apply(self) -> None:
        """After the entries were written."""
        changed: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for (text, writer), number in self.uses.items():
            if number:
                changed[text].append((number, writer))
        texts = sorted({*changed, *(text for text, number in self.named.items() if number)})
        known = dict(_known(texts))
        new: dict[str, Count] = {}
        for text in texts:
            count = known.get(text) or new.setdefault(text, Count())
            count.named += self.named[text]
            for number, writer in sorted(changed[text]):  # what was taken back comes first
                count.add(writer, number)
        for text, count in known.items():
            if count.uses > 0 and count.is_unsure:
                count.writers = _writers(text, self.forms[text][0])
        self._write(known.values(), new)

    def _write(self, known: Iterable[Count], new: Mapping[str, Count]) -> None:
        kept = [count for count in known if count.uses > 0]
        gone = [count.pk for count in known if count.uses <= 0]
        added = [
            (text, *self.forms[text], " " in text, *count.columns())
            for text, count in new.items()
            if count.uses > 0
        ]
        write_many(_CHANGE, [(*count.columns(), count.pk) for count in kept])
        write_many(_ADD, added)
        for some in chunks(gone):
            Term.objects.filter(pk__in=some).delete()
        _spell([text for text, count in new.items() if count.uses > 0 and " " not in text])


def _known(texts: Sequence[str]) -> Iterator[tuple[str, Count]]:
    for chunk in chunks(texts):
        with connection.cursor() as cursor:
            cursor.execute(_KNOWN.format(marks=", ".join(["%s"] * len(chunk))), chunk)
            rows = cursor.fetchall()
        for text, pk, uses, named, writer, often, other, less_often in rows:
            pairs = ((writer, often), (other, less_often))
            writers = {who: number for who, number in pairs if who is not None}
            yield text, Count(pk, uses, named, writers)


def _writers(text: str, root: str) -> dict[int, int]:
    """Two people who wrote a term, with how often, from the entries in which it stands now."""
    wanted = Any((Phrase(tuple(root.split())),))
    sql, values = index.engine().found(wanted, person_id=None, only=Only())
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        pins = [row[0] for row in cursor.fetchall()][:LOOKED_THROUGH]
    found: Counter[int] = Counter()
    for lines in PublicEntry.objects.filter(pin_id__in=pins).values_list("terms", flat=True):
        found.update(w for kind, _, said, _, w in read_terms(lines) if said == text and kind != "s")
    return dict(found.most_common(2))


def _spell(words: Sequence[str]) -> None:
    """Ways to spell words that are new."""
    long_enough = [word for word in words if len(word) >= SHORTEST_SPELLED]
    for chunk in chunks(long_enough):
        ids = Term.objects.filter(text__in=chunk).values_list("text", "pk")
        write_many(_SPELL, [(text, pk) for word, pk in ids for text in shortened(word)])


def shortened(word: str) -> set[str]:
    """The word and all words that lack one of its letters."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


# (how often the most named roots are, number of public entries)
Common = tuple[dict[str, int], int]


def common_roots() -> Common:
    """Up to a minute old. Every page asks several times: what the cache holds is read anew only
    when its stamp is another one than that of what this process read last."""
    global _read  # a process has one cache
    stamp: str | None = cache.get(f"{CACHE_KEY}:stamp")
    if stamp is None or stamp != _read[0]:
        known: Common | None = cache.get(CACHE_KEY) if stamp else None
        if known is None:
            known, stamp = _common(), uuid4().hex
            cache.set(CACHE_KEY, known, COMMON_SECONDS)
            cache.set(f"{CACHE_KEY}:stamp", stamp, COMMON_SECONDS)
        _read = (stamp or "", known)
    return _read[1]


_read: tuple[str, Common] = ("", ({}, 0))


def _common() -> Common:
    # A root has one form that most people write: the most named terms are of these roots.
    top = Term.objects.order_by("-named").values_list("root", "named")[: 2 * COMMON]
    counts: Counter[str] = Counter()
    for root, named in top:
        counts[root] += named
    return dict(counts.most_common(COMMON)), PublicEntry.objects.count()
