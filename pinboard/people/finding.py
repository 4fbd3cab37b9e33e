"""People by the beginning of their name: the index of name parts, kept and asked.

`people_called` is one range of an ordered index, so it costs as much among a hundred thousand
people as among a hundred. Who of them is close to whom is for the rooms above to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.signals import post_save
from django.dispatch import receiver

from pinboard.people.models import NamePart, Person
from pinboard.people.names import endings, fold

BATCH = 1000
# A word that many names share is looked through so far for the other words that were typed.
LOOKED_THROUGH = 5_000
# A save that names its fields and none of these changes nothing about being found.
TELLING_FIELDS = {"username", "display_name", "is_active", "kind"}
LAST = "\U0010ffff"


def begins_with(words: str) -> Q:
    """A condition on name parts: a range of their index. words: folded."""
    return Q(words__gte=words, words__lt=words + LAST)


def people_called(typed: str, *, limit: int) -> list[int]:
    """Ids of people who have a name that begins so, in the order of their names; no doubles.

    typed: as typed, several words in any order. Unfiltered: whoever shows them asks visible_to.
    """
    words = fold(typed)
    if not words:
        return []
    found = _distinct(NamePart.objects.filter(begins_with(words)), limit)
    if " " in words and len(found) < limit:
        found = list(dict.fromkeys([*found, *_with_all(words.split(), limit)]))[:limit]
    return found


def called(ids: Iterable[int], typed: str) -> set[int]:
    """Those of these people who have a name that begins so. For any number of ids."""
    words = fold(typed)
    if not words:
        return set()
    found: set[int] = set()
    rest = iter(ids)
    while some := list(islice(rest, BATCH)):
        parts = NamePart.objects.filter(begins_with(words), person__in=some)
        found.update(parts.values_list("person", flat=True))
    return found


def _with_all(words: Sequence[str], limit: int) -> list[int]:
    """Whoever has every word, in whatever order: "berg ana". The longest decides where to look."""
    longest, *others = sorted(words, key=len, reverse=True)
    parts = NamePart.objects.filter(begins_with(longest)).order_by("words", "person")
    nearby = NamePart.objects.filter(pk__in=parts.values("pk")[:LOOKED_THROUGH])
    for word in others:
        has = NamePart.objects.filter(begins_with(word), person=OuterRef("person"))
        nearby = nearby.filter(Exists(has))
    return _distinct(nearby, limit)


def _distinct(parts: QuerySet[NamePart], limit: int) -> list[int]:
    """Few people begin two of their names alike, so a few rows more are enough."""
    rows = parts.order_by("words", "person").values_list("person", flat=True)
    return list(dict.fromkeys(rows[: limit + limit // 2 + 5]))[:limit]


# ---------------------------------------------------------------- kept with the person


def keep_names(people: Sequence[Person]) -> None:
    """Write what these people are found by, where none of it is kept yet (a filling in bulk)."""
    NamePart.objects.bulk_create(
        [NamePart(person=person, words=words) for person in people for words in wanted(person)],
        batch_size=BATCH,
    )


def wanted(person: Person) -> set[str]:
    """Nothing for guests and for those who are gone: nobody finds them."""
    if person.is_guest or not person.is_active:
        return set()
    return endings(person.display_name, person.username)


@receiver(post_save, sender=Person, dispatch_uid="people.names")
def keep_name(instance: Person, update_fields: frozenset[str] | None, raw: bool, **_: Any) -> None:
    if raw or (update_fields is not None and not TELLING_FIELDS & update_fields):
        return
    kept = dict(NamePart.objects.filter(person=instance).values_list("words", "pk"))
    due = wanted(instance)
    if gone := [pk for words, pk in kept.items() if words not in due]:
        NamePart.objects.filter(pk__in=gone).delete()
    fresh = [NamePart(person=instance, words=words) for words in sorted(due - kept.keys())]
    # Two savings of one person at once write the same words.
    NamePart.objects.bulk_create(fresh, ignore_conflicts=True)
