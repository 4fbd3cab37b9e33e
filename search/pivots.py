"""Pivots: what to look for instead of the last word of the chain ("instead of pasta: risotto").

A guide narrows, a pivot turns. In the place of a guide may come what else narrows the question
before it. Besides, what lies on the same public boards as the best results without being one of
them (beside.py): people who keep pasta keep risotto beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from search.beside import Beside, beside
from search.facts import wanted_tokens
from search.guides import Guide, guides_for
from search.knowing import guides_known
from search.naming import called
from search.question import Question
from search.text import stems
from search.understanding import content_words

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from pinboard.people.models import Person

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
    near = beside(pin_ids, known=pin_ids, viewer=viewer)
    near = _answering(near, base, kind=_most_are(kinds))
    if len(near) < FEWEST:
        return Pivots(last, tuple(kept[:SHOWN]), base)
    terms = {pin_id: each.terms for pin_id, each in near.items()}
    # Other things, not what goes with them: titles name things, boards and ingredients occasions.
    names = called([each.title for each in near.values()])
    found = guides_for(list(near), question=question, lines=terms, names=names)
    kept += [guide for guide in found if narrowing.isdisjoint(stems(guide.text))]
    return Pivots(last, tuple(kept[:SHOWN]), base)


def _most_are(kinds: Sequence[str]) -> str:
    """The kind that most results have; "" for none, and for mere pictures of anything."""
    kind, count = next(iter(Counter(kinds).most_common(1)), ("", 0))
    return kind if kind != "plain" and count >= MOSTLY * len(kinds) else ""


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


def _answering(found: Mapping[int, Beside], base: Question, *, kind: str = "") -> dict[int, Beside]:
    """Those that answer the rest of the question. kind: of the pins; "" for any."""
    asked = {stem for part in (base.query, *base.guides) for stem in stems(part)}
    tokens = wanted_tokens(base.facts)
    return {
        pin_id: each
        for pin_id, each in found.items()
        if kind in ("", each.kind) and _has(each, asked, tokens)
    }


def _has(each: Beside, asked: set[str], tokens: Sequence[tuple[str, ...]]) -> bool:
    """All of the words, and of every fact one of its tokens."""
    if not (asked or tokens):
        return True
    said = each.words()
    return asked <= said and not any(said.isdisjoint(some) for some in tokens)
