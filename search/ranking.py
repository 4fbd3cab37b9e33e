"""The order of the best hits: what of a question a pin says, and where.

An engine's own score decides which hits are looked at, this which of them come first, the same
on both engines. After BM25F (Robertson, Zaragoza 2009): each word counts by how rare it is, by
the field it stands in and that field's length, and ever less the more often it stands there.
Besides: words that stand side by side as they were typed, and what a title is about rather than
what it comes with.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter

from django.db.models import QuerySet, Value

from pinboard.web.prepared import Prepared, Row, as_list, values_in
from search.index.wanted import Any, Phrase
from search.models import OwnEntry, PublicEntry
from search.roles import BEYOND, LIKE_ROOTS
from search.text import BREAK

# What a word says in a title, in its part after "for", "with" ..., in board names, in rich data,
# in other text.
TITLE, TITLE_END, BOARDS, DATA, BODY = 8.0, 3.0, 1.5, 2.5, 1.0
# BM25's k1, and its b with usual lengths in words.
SATURATION = 1.2
LENGTHS = {"title": (0.4, 7.0), "boards": (0.5, 6.0), "data": (0.5, 15.0), "body": (0.6, 30.0)}
# Two words side by side in a title say so much of the rarer one again; elsewhere, and the other
# way round, less.
BESIDE, BESIDE_ELSEWHERE, TURNED = 0.6, 0.25, 0.5
# A title is about what stands before one of these.
_ABOUT = re.compile(r" (?:for|with|from|by|without|against|in|on|of) ")
# Of the thing's weight, once more, for a title that is about it.
HEADED = 0.5
_AFTER_HEAD = {BREAK, "and", "or", *BEYOND, *LIKE_ROOTS}
Texts = tuple[str, str, str, str]


def scores(texts: Mapping[int, Texts], parts: Sequence[Any], *, entries: int) -> dict[int, float]:
    """By pin, from 0 to about 1, how well it answers.

    parts: in the order of the question. entries: how many pins there are to be found.
    """
    weights = [_rarity(part.uses, entries) * part.matters for part in parts]
    most = sum(weights) * (1 + BESIDE) or 1.0
    return {pin_id: _score(said, parts, weights) / most for pin_id, said in texts.items()}


def is_named(texts: Texts, parts: Sequence[Any]) -> bool:
    """Whether a pin says every part in its title, boards or data, and not only in its text."""
    named = "".join(texts[:3])
    return all(any(_text_of(phrase) in named for phrase in part.parts) for part in parts)


@dataclass(slots=True)
class Said:
    """By pin, texts: title, boards, data and body; terms: of the public entry."""

    texts: dict[int, Texts] = field(default_factory=dict)
    terms: dict[int, str] = field(default_factory=dict)

    def add(self, pin_ids: Sequence[int], *, person_id: int | None) -> None:
        """As this person may read it. One query; none for no pins."""
        if not pin_ids:
            return
        pins = as_list(pin_ids)
        rows = (
            PUBLIC.rows(pins=pins) if person_id is None else OWN.rows(pins=pins, person=person_id)
        )
        # Somebody's own entry of a public pin has the public words and more.
        rows.sort(key=itemgetter(6))
        for pin_id, title, boards, data, body, terms, is_own in rows:
            self.texts[pin_id] = (f" {title} ", f" {boards} ", f" {data} ", f" {body} ")
            if not is_own:
                self.terms[pin_id] = terms


FIELDS = ("pin_id", "title", "boards", "data", "body")


def _public(pins: str) -> QuerySet[PublicEntry, Row]:
    entries = PublicEntry.objects.filter(pin_id__in=values_in(pins))
    return entries.values_list(*FIELDS, "terms", Value(0))


def _own(pins: str, person: int) -> QuerySet[PublicEntry, Row]:
    mine = OwnEntry.objects.filter(person_id=person, pin_id__in=values_in(pins))
    return _public(pins).union(mine.values_list(*FIELDS, Value(""), Value(1)), all=True)


PUBLIC, OWN = Prepared(_public), Prepared(_own)


def _rarity(uses: int, entries: int) -> float:
    """BM25's inverse document frequency, never below a little."""
    uses = min(uses, entries)
    return max(0.1, math.log(1 + (entries - uses + 0.5) / (uses + 0.5)))


def _text_of(phrase: Phrase) -> str:
    """As it stands in an entry; an unfinished one may go on."""
    return f" {' '.join(phrase.stems)}" if phrase.is_prefix else f" {' '.join(phrase.stems)} "


def _score(texts: Texts, parts: Sequence[Any], weights: Sequence[float]) -> float:
    title, boards, data, body = texts
    cut = _ABOUT.search(title, 2)
    fields = (
        (title[: cut.start() + 1] if cut else title, TITLE, _norm("title", title)),
        (title[cut.end() - 1 :] if cut else "", TITLE_END, _norm("title", title)),
        (boards, BOARDS, _norm("boards", boards)),
        (data, DATA, _norm("data", data)),
        (body, BODY, _norm("body", body)),
    )
    said = [_said(part, fields) for part in parts]
    # Who says only a part of a question says less than that part of it.
    score = sum(weight * each for weight, each in zip(weights, said, strict=True))
    covered = sum(weight for weight, each in zip(weights, said, strict=True) if each)
    whole = sum(weights) or 1.0
    beside = sum(
        min(weights[place], weights[place + 1]) * _beside(one, other, texts)
        for place, (one, other) in enumerate(pairwise(parts))
        if said[place] and said[place + 1]
    )
    headed = sum(
        HEADED * weight
        for weight, part in zip(weights, parts, strict=True)
        if part.is_thing and _is_headed(part, title)
    )
    return (score + beside + headed) * covered / whole


def _is_headed(part: Any, title: str) -> bool:
    """Whether a title is about this, and not about something that goes with it: a sofa with a
    cover, not a sofa cover."""
    for phrase in part.parts:
        words = _text_of(phrase)
        start = title.find(words)
        while start >= 0 and not phrase.is_prefix:
            following = title[start + len(words) :].partition(" ")[0]
            if not following or following in _AFTER_HEAD or following[0].isdigit():
                return True
            start = title.find(words, start + 1)
    return False


def _norm(field: str, text: str) -> float:
    slope, usual = LENGTHS[field]
    return 1 - slope + slope * (text.count(" ") - 1) / usual


def _said(part: Any, fields: Iterable[tuple[str, float, float]]) -> float:
    """From 0 to 1, how much a pin says this part, in the form that says it most."""
    best = 0.0
    for phrase in part.parts:
        wanted = _text_of(phrase)
        often = sum(
            weight * text.count(wanted) / norm for text, weight, norm in fields if wanted in text
        )
        best = max(best, phrase.weight * often / (often + SATURATION))
    return best


def _beside(one: Any, other: Any, texts: Texts) -> float:
    """How much these two parts stand side by side."""
    best = 0.0
    for left in one.parts:
        for right in other.parts:
            first, last = " ".join(left.stems), " ".join(right.stems)
            for pair, worth in (
                (f" {first} {last} ", 1.0),
                (f" {first} of {last} ", 1.0),
                (f" {last} {first} ", TURNED),
            ):
                if pair in texts[0]:
                    best = max(best, BESIDE * worth)
                elif any(pair in text for text in texts[1:]):
                    best = max(best, BESIDE_ELSEWHERE * worth)
    return best
