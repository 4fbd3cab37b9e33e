"""A person's own search history: the newest few, seen and cleared by them and by nobody else.

Looking at a page changes nothing here, so no link elsewhere can write into somebody's history:
the page they look at says so itself, with a form's token (views.history). Guests have none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from pinboard.people.models import Person
from search.models import Search
from search.question import Question

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

# Remembered per person.
MOST = 40
# Whoever taps a guide within this time goes on with the same search.
SAME_SEARCH = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Past:
    """A search as its owner sees it again."""

    id: int
    text: str
    url: str


def remember(*, person: Person, question: Question) -> None:
    """Keep a search as the newest; one that goes on with the newest takes its place."""
    if not (question.query or question.guides):
        return
    with transaction.atomic():
        # Two tabs may remember at once: the person's row keeps them in order.
        if not Person.objects.select_for_update().filter(pk=person.pk).values("pk"):
            return  # gone meanwhile
        mine = Search.objects.filter(person=person).order_by("-pk")
        newest = mine.first()
        if newest and _goes_on(newest, question):
            newest.delete()
        mine.filter(address=question.url()).delete()
        Search.objects.create(person=person, address=question.url(), text=_text(question))
        kept = list(mine.values_list("pk", flat=True)[:MOST])
        mine.filter(pk__lt=kept[-1]).delete()


def past_searches(viewer: Person | AnonymousUser, *, most: int = MOST) -> list[Past]:
    """The viewer's own, the newest first. One query; none for who is nobody."""
    if not isinstance(viewer, Person):
        return []
    rows = Search.objects.visible_to(viewer).order_by("-pk")[:most]
    return [Past(row.pk, row.text, row.address) for row in rows]


def forget(*, person: Person, search_id: int) -> None:
    Search.objects.filter(person=person, pk=search_id).delete()


def forget_all(*, person: Person) -> None:
    Search.objects.filter(person=person).delete()


def _goes_on(newest: Search, question: Question) -> bool:
    """The same words with more guides or other facts, soon after."""
    soon = timezone.now() - newest.created < SAME_SEARCH
    return soon and f"{_text(question)} · ".startswith(f"{newest.text} · ")


def _text(question: Question) -> str:
    facts = question.facts.labels().values()
    return " · ".join(word for word in (question.query, *question.guides, *facts) if word)
