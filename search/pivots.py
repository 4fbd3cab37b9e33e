"""Pivots: what to look for instead of the last word of the chain ("instead of pasta: risotto").

A guide narrows, a pivot turns. It comes from what lies on the same public boards as the best
results without being one of them: people who keep pasta keep risotto beside it. One bounded
query: the newest pins of a few boards, through the pins' door.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models.expressions import RawSQL

from search.facts import wanted_tokens
from search.guides import Guide, guides_for
from search.models import PublicEntry
from search.question import Question
from search.results import visible_pins
from search.text import stems
from search.understanding import content_words

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from pinboard.people.models import Person

BEST = 12  # results whose boards are asked
BOARDS = 12
OF_EACH = 30  # pins of a board, the newest
FEWEST = 3  # pins a pivot leads to
SHOWN = 5


NOTHING = Question()


@dataclass(frozen=True, slots=True)
class Pivots:
    """instead_of: the word that each of the guides would take the place of."""

    instead_of: str = ""
    guides: tuple[Guide, ...] = ()
    base: Question = NOTHING


def pivots_for(
    question: Question,
    pin_ids: Sequence[int],
    *,
    guides: Sequence[Guide],
    viewer: Person | AnonymousUser,
) -> Pivots:
    """pin_ids: the exact public results, best first. guides: what narrows them is no pivot.

    None within one's own or one board: those are small enough to look through.
    """
    base, last = _turned(question)
    if not last or not pin_ids or question.facts.whose or question.facts.board:
        return Pivots()
    beside = _beside(pin_ids, base, set(pin_ids), viewer)
    if len(beside) < FEWEST:
        return Pivots()
    narrowing = {stem for guide in guides for stem in stems(guide.text)}
    kept = []
    terms = {pin_id: entry.terms for pin_id, entry in beside.items()}
    titles = [set(entry.title.split()) for entry in beside.values()]
    for guide in guides_for(list(beside), question=question, lines=terms):
        root = set(stems(guide.text))
        # Said in so many titles, which name things; boards and ingredients name occasions.
        titled = sum(root <= title for title in titles)
        if titled >= FEWEST and root.isdisjoint(narrowing):
            kept.append(guide)
    return Pivots(last, tuple(kept[:SHOWN]), base)


def beside_pins(
    pin_ids: Sequence[int], *, known: set[int], viewer: Person | AnonymousUser
) -> list[int]:
    """Public pins that lie on the same boards as these without being known, newest first."""
    return list(_beside(pin_ids, NOTHING, known, viewer)) if pin_ids else []


def _turned(question: Question) -> tuple[Question, str]:
    """The question without the last part of its chain, and that part."""
    if question.guides:
        last = question.guides[-1]
        return question.without_guide(last), last
    typed = content_words(question.query)
    if not typed:
        return question, ""
    last = typed[-1].shown
    return question.without_word(last), last


def _beside(
    best: Sequence[int], base: Question, known: set[int], viewer: Person | AnonymousUser
) -> dict[int, PublicEntry]:
    """Public pins on the boards of the best that answer the rest of the question, newest first."""
    newest = RawSQL(*_newest_beside(list(best[:BEST])))
    pins = visible_pins(viewer).public().filter(pk__in=newest).values("pk")
    rows = PublicEntry.objects.filter(pin_id__in=pins).order_by("-pin_id")
    asked = {stem for part in (base.query, *base.guides) for stem in stems(part)}
    asked.update(wanted_tokens(base.facts))
    return {
        entry.pin_id: entry
        for entry in rows
        if entry.pin_id not in known and asked <= _words_of(entry)
    }


def _newest_beside(best: list[int]) -> tuple[str, list[int]]:
    """SQL of the newest pins of each of a few boards, found in the same statement."""
    boards = (
        "WITH near AS (SELECT DISTINCT board_id FROM pins_save WHERE is_public AND pin_id IN"
        f" ({', '.join(['%s'] * len(best))}) ORDER BY board_id DESC LIMIT {BOARDS}) "
    )
    newest = (
        "SELECT pin_id FROM (SELECT pin_id FROM pins_save WHERE is_public AND board_id ="
        " (SELECT board_id FROM near ORDER BY board_id DESC LIMIT 1 OFFSET {place})"
        f" ORDER BY id DESC LIMIT {OF_EACH}) AS newest{{place}}"
    )
    return boards + " UNION ".join(newest.format(place=n) for n in range(BOARDS)), best


def _words_of(entry: PublicEntry) -> set[str]:
    return set(" ".join((entry.title, entry.boards, entry.data, entry.body)).split())
