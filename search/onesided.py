"""What nearly everything on a shelf is, and what could come next instead of more of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.beside import Beside
from search.guides import Guide, guides_for
from search.models import PublicEntry, Term
from search.naming import called
from search.question import Question
from search.terms import guide_terms

# A shelf of so many pins looks one-sided when this part of them has the same word in its title.
FEWEST = 4
NEARLY_ALL = 0.7
SHOWN = 6


@dataclass(frozen=True, slots=True)
class OneSided:
    """root, shown: the word or the two, as a stem and as people write it. count: of how many
    pins; of: how many were looked at."""

    root: str
    shown: str
    count: int
    of: int

    @property
    def sentence(self) -> str:
        what = "Everything" if self.count == self.of else "Nearly everything"
        return f"{what} you liked here is “{self.shown}”."

    def is_in(self, entry: PublicEntry | Beside) -> bool:
        return f" {self.root} " in f" {entry.title} "


def one_sided(entries: Sequence[PublicEntry]) -> OneSided | None:
    """What nearly all of these are called, if anything; a thing before what it comes with.

    Only a word that several people wrote: one query.
    """
    if len(entries) < FEWEST:
        return None
    names = called([entry.title for entry in entries])
    counts = {root: bits.bit_count() for root, bits in names.items()}
    for entry in entries:
        for kind, root, _, _ in guide_terms(entry.terms):
            if kind == "t" and root not in names:
                counts[root] = counts.get(root, 0) + 1
    mostly = [root for root, count in counts.items() if count >= NEARLY_ALL * len(entries)]
    if not mostly:
        return None
    terms = Term.objects.filter(root__in=mostly, is_shared=True).order_by("named", "text")
    shown = {term.root: term.shown for term in terms}
    if not shown:
        return None
    root = max(shown, key=lambda root: (root in names, counts[root], len(root), root))
    return OneSided(root, shown[root], counts[root], len(entries))


def other_things(near: Mapping[int, Beside]) -> list[Guide]:
    """What pins are called that others keep beside; in the order of entries, best first."""
    lines = {pin_id: entry.terms for pin_id, entry in near.items()}
    names = called([entry.title for entry in near.values()])
    return guides_for(list(near), question=Question(), lines=lines, names=names)[:SHOWN]
