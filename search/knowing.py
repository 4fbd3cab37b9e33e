"""The guides of a search that somebody is just past: remembered for a moment, else found anew.

Whoever taps a guide has just seen those beside it, and whoever types on after a word asks for the
same ones with every letter. For each viewer apart, and not for as long as it takes that a board
made secret is secret everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2s
from typing import TYPE_CHECKING

from django.core.cache import cache

from search.explore import interests_of
from search.guides import SAMPLE, Guide, guides_for
from search.index.engine import FIRST_CANDIDATES
from search.models import PublicEntry
from search.question import Question
from search.results import find

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from pinboard.people.models import Person

SECONDS = 30
NOTHING = Question()


def remember_guides(
    question: Question, guides: Sequence[Guide], *, viewer: Person | AnonymousUser
) -> None:
    cache.set(_key(question, viewer), list(guides), SECONDS)


def guides_known(question: Question, *, viewer: Person | AnonymousUser) -> list[Guide]:
    """The guides of a question as its own page shows them; none for no question."""
    if not (question.query or question.guides):
        return []
    known: list[Guide] | None = cache.get(_key(question, viewer))
    if known is None:
        found = find(question, viewer=viewer, most=FIRST_CANDIDATES)
        exact = found.exact
        public = [hit.pin_id for hit in exact if hit.is_public]
        known = guides_for(public, question=question, total=len(exact), lines=found.terms)
        remember_guides(question, known, viewer=viewer)
    return known


def guides_remembered(question: Question, *, viewer: Person | AnonymousUser) -> list[Guide]:
    """Those of a page that was just seen; none if they would have to be found."""
    known: list[Guide] | None = cache.get(_key(question, viewer))
    return known or []


def interests_known(*, viewer: Person | AnonymousUser) -> list[Guide]:
    """What the explore page begins with, for who found nothing."""
    known: list[Guide] | None = cache.get(_key(NOTHING, viewer))
    if known is None:
        public = [
            hit.pin_id
            for hit in find(NOTHING, viewer=viewer, most=FIRST_CANDIDATES).exact
            if hit.is_public
        ]
        entries = PublicEntry.objects.filter(pin_id__in=public[:SAMPLE])
        lines = dict(entries.values_list("pin_id", "terms"))
        names = interests_of(public[:SAMPLE], lines)
        known = guides_for(public, question=NOTHING, lines=lines, names=names)
        remember_guides(NOTHING, known, viewer=viewer)
    return known


def _key(question: Question, viewer: Person | AnonymousUser) -> str:
    said = blake2s(question.url().encode(), digest_size=16).hexdigest()
    return f"search:guides:{viewer.pk or 0}:{said}"
