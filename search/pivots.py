"""Pivots: what to look for instead of the last word of the chain ("instead of pasta: risotto").

A guide narrows, a pivot turns. In the place of a guide may come what else narrows the question
before it. Besides, what lies on the same public boards as the best results without being one of
them: people who keep pasta keep risotto beside it. One bounded query: the newest pins of a few
boards, through the pins' door.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.db.models.expressions import RawSQL

from search.facts import wanted_tokens
from search.guides import Guide, guides_for
from search.knowing import guides_known
from search.models import PinFacts, PublicEntry
from search.naming import called
from search.question import Question
from search.results import visible_pins
from search.text import stems
from search.understanding import content_words

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from pinboard.people.models import Person

BEST = 12  # results whose boards are asked
BOARDS = 10
OF_EACH = 20  # pins of a board, the newest
FEWEST = 3  # pins a pivot leads to
SHOWN = 5
MOSTLY = 0.6  # results of one kind


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
    kinds: Sequence[str],
    viewer: Person | AnonymousUser,
) -> Pivots:
    """pin_ids: the exact public results, best first. guides: what narrows them is no pivot.
    kinds: of the results, "recipe" and so on; where most are one, so are the pivots.

    None within one's own or one board: those are small enough to look through.
    """
    base, last = _turned(question)
    if not last or not pin_ids or question.facts.whose or question.facts.board:
        return Pivots()
    narrowing = {stem for guide in guides for stem in stems(guide.text)}
    narrowing.update(stem for text in (question.query, *question.guides) for stem in stems(text))
    siblings = guides_known(base, viewer=viewer) if question.guides else ()
    kept = [guide for guide in siblings if narrowing.isdisjoint(stems(guide.text))]
    narrowing.update(stem for guide in kept for stem in stems(guide.text))
    beside = _beside(pin_ids, base, set(pin_ids), viewer, kind=_most_are(kinds))
    if len(beside) < FEWEST:
        return Pivots(last, tuple(kept[:SHOWN]), base)
    terms = {pin_id: entry.terms for pin_id, entry in beside.items()}
    # Other things, not what goes with them: titles name things, boards and ingredients occasions.
    names = called([entry.title for entry in beside.values()])
    found = guides_for(list(beside), question=question, lines=terms, names=names)
    kept += [guide for guide in found if narrowing.isdisjoint(stems(guide.text))]
    return Pivots(last, tuple(kept[:SHOWN]), base)


def _most_are(kinds: Sequence[str]) -> str:
    """The kind that most results have; "" for none, and for mere pictures of anything."""
    kind, count = next(iter(Counter(kinds).most_common(1)), ("", 0))
    return kind if kind != "plain" and count >= MOSTLY * len(kinds) else ""


def beside_pins(
    pin_ids: Sequence[int], *, known: set[int], viewer: Person | AnonymousUser
) -> dict[int, PublicEntry]:
    """Public pins that lie on the same boards as these without being known, newest first."""
    return _beside(pin_ids, NOTHING, known, viewer) if pin_ids else {}


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
    best: Sequence[int],
    base: Question,
    known: set[int],
    viewer: Person | AnonymousUser,
    *,
    kind: str = "",
) -> dict[int, PublicEntry]:
    """Public pins on the boards of the best that answer the rest of the question, newest first.

    kind: of the pins; "" for any.
    """
    newest = RawSQL(*_newest_beside(list(best[:BEST])))
    pins = visible_pins(viewer).public().filter(pk__in=newest).values("pk")
    rows = PublicEntry.objects.filter(pin_id__in=pins).order_by("-pin_id")
    if kind:
        of_kind = PinFacts.objects.filter(pin_id=OuterRef("pin_id"), kind=kind)
        rows = rows.filter(Exists(of_kind))
    asked = {stem for part in (base.query, *base.guides) for stem in stems(part)}
    tokens = wanted_tokens(base.facts)
    return {
        entry.pin_id: entry
        for entry in rows
        if entry.pin_id not in known and _has(_words_of(entry), asked, tokens)
    }


def _has(said: set[str], asked: set[str], tokens: Sequence[tuple[str, ...]]) -> bool:
    """All of the words, and of every fact one of its tokens."""
    return asked <= said and not any(said.isdisjoint(some) for some in tokens)


def _newest_beside(best: list[int]) -> tuple[str, list[int]]:
    """SQL of the newest pins of each of a few boards, found in the same statement."""
    boards = (
        "WITH near AS MATERIALIZED"
        " (SELECT DISTINCT board_id FROM pins_save WHERE is_public AND pin_id IN"
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
