"""Guides: tappable terms, made from the results themselves, that split them well.

A term is worth showing when it selects a good share of the set (neither three of a thousand nor
nearly all), says something about this set rather than about every pin, and selects other pins
than the guides beside it. Only what two different people wrote in public can become one.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from search.models import PublicEntry
from search.question import Question
from search.stopwords import is_grammar
from search.terms import Line, guide_lines
from search.text import stems
from search.vocabulary import common_roots

# Results that are looked at, best first.
SAMPLE = 200
SHOWN = 12
CANDIDATES = 24
# A guide leads to at least so many pins, and to at most this part of the set.
FEWEST = 3
LARGEST_SHARE = 0.8
# A phrase is one if one of its words mostly stands in it; it then takes the place of a word of
# which it is the greater part.
WHOLE = 0.6
GREATER_PART = 0.5
# How much of a guide's worth are the pins that no guide before it reaches.
UNREACHED = 0.6
# Guides that select so much of the same pins say the same.
SAME = 0.7


@dataclass(frozen=True, slots=True)
class Guide:
    """text: as people wrote it. count: pins of the set it leads to. pin_id: the best of them."""

    text: str
    count: int
    pin_id: int


@dataclass(slots=True)
class Candidate:
    """pins: a bit per pin of the sample, the best pin lowest. lines: in which it stands.
    is_shared: whether two people wrote it."""

    root: str
    pins: int
    is_shared: bool
    lines: list[Line]
    score: float = 0.0

    @property
    def count(self) -> int:
        return self.pins.bit_count()


def guides_for(
    pin_ids: Sequence[int],
    *,
    question: Question,
    total: int | None = None,
    lines: Mapping[int, str] | None = None,
    names: Mapping[str, int] | None = None,
) -> list[Guide]:
    """Guides of a set of public pins that the viewer may see, best first. One query, and now
    and then another for what is common everywhere.

    pin_ids: best first; the first SAMPLE count. total: size of the whole set the guides narrow,
    if some of it is not among pin_ids (a person's own private pins). lines: their entries' terms
    by pin, if they are known already. names: where guides may only be what pins are called, by
    root a bit per pin, as naming.called makes it.
    """
    sample = list(pin_ids[:SAMPLE])
    if not sample:
        return []
    if lines is None:
        entries = PublicEntry.objects.filter(pin_id__in=sample)
        lines = dict(entries.values_list("pin_id", "terms"))
    size = max(len(sample), min(total or 0, SAMPLE))
    # Of all that is beside something else, one thing may well be the only one.
    most = size if names is not None else LARGEST_SHARE * size
    candidates = _worthy(_collect(sample, lines), question, most)
    if names is not None:
        candidates = _named(candidates, names)
    common, everything = common_roots()
    for candidate in candidates.values():
        candidate.score = _score(candidate, size, common.get(candidate.root, 0), everything)
    ranked = sorted(candidates.values(), key=lambda one: (-one.score, one.root))
    return _with_pins(_diverse(ranked[: CANDIDATES * 2]), sample)


def _collect(sample: Sequence[int], lines: Mapping[int, str]) -> dict[str, Candidate]:
    """Every term of titles, board names and rich data, with the pins it selects.

    The inner loop of every search: plain dictionaries instead of objects.
    """
    listed = [list(guide_lines(lines.get(pin_id, ""))) for pin_id in sample]
    # By far most terms stand in one pin or two; counting them takes much less than collecting.
    often = Counter(chain.from_iterable(line.roots for said in listed for line in said))
    enough = {root for root, number in often.items() if number >= FEWEST}
    pins: dict[str, int] = {}
    writers: dict[str, str] = {}
    shared: set[str] = set()
    stands: defaultdict[str, list[Line]] = defaultdict(list)
    names: set[str] = set()
    for place, said in enumerate(listed):
        bit = 1 << place
        for line in said:
            if line.kind == "s":
                names.update(line.roots)
                continue
            for root in enough.intersection(line.roots):
                pins[root] = pins.get(root, 0) | bit
                stands[root].append(line)
                if writers.setdefault(root, line.writer) != line.writer:
                    shared.add(root)
    banned = _names(names)
    return {
        root: Candidate(root, bits, root in shared, stands[root])
        for root, bits in pins.items()
        if root not in banned and bits.bit_count() >= FEWEST
    }


def _names(sites: Iterable[str]) -> set[str]:
    """Roots that say where pins come from: "the weeknight table" is also "weeknight table"."""
    banned: set[str] = set()
    for site in sites:
        parts = [root for root in site.split() if not is_grammar(root)]
        banned.update((" ".join(parts), *(f"{a} {b}" for a, b in pairwise(parts))))
    return banned


def _worthy(found: dict[str, Candidate], question: Question, most: float) -> dict[str, Candidate]:
    """Those that lead to FEWEST to most pins, that two people wrote, and that do not repeat the
    question."""
    asked = set(stems(question.query))
    for guide in question.guides:
        asked.update(stems(guide))
    kept = {
        root: candidate
        for root, candidate in found.items()
        if FEWEST <= candidate.count <= most
        and candidate.is_shared
        and asked.isdisjoint(root.split())
    }
    for root in [root for root in kept if " " in root]:
        _settle_phrase(root, found, kept)
    return kept


def _named(kept: dict[str, Candidate], names: Mapping[str, int]) -> dict[str, Candidate]:
    """Those that name pins, each with the pins it names."""
    for root, candidate in kept.items():
        candidate.pins &= names.get(root, 0)
    return {root: candidate for root, candidate in kept.items() if candidate.count >= FEWEST}


def _settle_phrase(root: str, found: dict[str, Candidate], kept: dict[str, Candidate]) -> None:
    """A phrase stays if its words belong together, and then stands for those that need it.

    Words that lead nowhere alone ("old" of "old town") are in no entry's terms.
    """
    phrase = kept[root].count
    shares = {
        part: phrase / max(found[part].count, phrase) for part in root.split() if part in found
    }
    if max(shares.values(), default=0) < WHOLE:
        del kept[root]
        return
    for part, share in shares.items():
        if share >= GREATER_PART:
            kept.pop(part, None)


def _score(candidate: Candidate, size: int, uses: int, everything: int) -> float:
    """share: how evenly it splits the set. distinct: how much more at home here than anywhere."""
    share = candidate.count / size
    split = 4 * share * (1 - share)
    distinct = 0.5
    if uses and everything > size:
        lift = share / min(1.0, uses / everything)
        distinct = max(0.0, (lift - 1) / (lift + 1))
    elif everything > size:
        distinct = 1.0  # too rare everywhere to be remembered
    phrase = 1.15 if " " in candidate.root else 1.0
    return math.sqrt(split) * (0.2 + 0.8 * distinct) * phrase


def _diverse(ranked: list[Candidate]) -> list[Candidate]:
    """Greedy: the next guide is the best one among those that lead to pins not yet reached."""
    chosen: list[Candidate] = []
    covered = 0
    left = list(ranked)
    while left and len(chosen) < SHOWN:
        best = max(
            left,
            key=lambda one: one.score * (1 - UNREACHED + UNREACHED * _fresh(one.pins, covered)),
        )
        chosen.append(best)
        covered |= best.pins
        left = [one for one in left if one is not best and not _same(one.pins, best.pins)]
    return chosen


def _fresh(pins: int, covered: int) -> float:
    return (pins & ~covered).bit_count() / pins.bit_count()


def _same(one: int, other: int) -> bool:
    return (one & other).bit_count() >= SAME * (one | other).bit_count()


def _with_pins(chosen: Iterable[Candidate], sample: Sequence[int]) -> list[Guide]:
    """Each guide with the best pin that no guide before it shows."""
    used: defaultdict[int, bool] = defaultdict(bool)
    guides = []
    for candidate in chosen:
        places = [place for place in range(len(sample)) if candidate.pins >> place & 1]
        place = next((place for place in places if not used[place]), places[0])
        used[place] = True
        guides.append(Guide(_shown(candidate), candidate.count, sample[place]))
    return guides


def _shown(candidate: Candidate) -> str:
    """The form most people wrote; among equals the first in the alphabet, for steadiness."""
    forms = Counter(line.shown(candidate.root) for line in candidate.lines)
    return min(forms, key=lambda form: (-forms[form], form))
