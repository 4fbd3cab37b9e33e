"""People to talk to, the closest first.

Closeness: whom one talks with (the last talk first), whom one follows (who follow back first),
who follows one, with whom one shares a group (the last active first), then everybody else in the
order of their names. A fixed number of queries, each bounded, however many people there are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from messaging.models import Conversation, Member
from messaging.models.conversation import name_of_pair
from pinboard.people.finding import called, people_called
from pinboard.people.models import Follow, Person

PEOPLE = 24
# A beginning that so few people share is ordered exactly. What more share, as one letter, is
# ordered among the nearest, of whom each kind is looked through so far.
FEW = 400
NEAREST = 400
GROUPS = 20


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in a list. url: "" for whoever has no profile: a guest, an account deleted."""

    id: int
    username: str
    name: str
    url: str
    face: str
    chosen: bool = False
    is_guest: bool = False


def person_row(person: Person, *, chosen: bool = False) -> PersonRow:
    return PersonRow(
        id=person.pk,
        username=person.username,
        name=person.display_name,
        url=person.get_absolute_url(),
        face=person.face_url,
        chosen=chosen,
        is_guest=person.is_guest,
    )


def near_people(
    viewer: Person, typed: str = "", *, limit: int = PEOPLE, without: Iterable[int] = ()
) -> list[PersonRow]:
    """Whom the viewer may want to talk to, closest first.

    typed: the beginning of a name or username, or several words of it; "" for everybody.
    without: ids to leave out, such as those who are in the group already.
    """
    left_out = {viewer.pk, *without}
    # Some of those found may be blocked: a few more than wanted are asked for.
    wanted = limit + len(left_out) + limit // 2
    if typed.strip():
        ids = _near_called(viewer, typed, wanted)
    else:
        ids = nearest(viewer, wanted)
        if len(ids) < wanted:
            newest = Person.objects.visible_to(viewer).order_by("-pk").values_list("pk", flat=True)
            ids = list(dict.fromkeys([*ids, *newest[:wanted]]))
    return _rows(viewer, [pk for pk in ids if pk not in left_out], limit)


def _near_called(viewer: Person, typed: str, limit: int) -> list[int]:
    found = people_called(typed, limit=FEW + 1)
    near: dict[int, None] = {}
    if len(found) <= FEW:
        near = dict.fromkeys(pk for kind in _kinds(viewer, set(found)) for pk in kind)
    else:
        for kind in _kinds(viewer):
            matching = called(kind, typed)
            near |= dict.fromkeys(pk for pk in kind if pk in matching)
            if len(near) >= limit:
                break
    return list(near | dict.fromkeys(found))[:limit]


def nearest(viewer: Person, limit: int) -> list[int]:
    """Ids of people who are close, in the order of closeness."""
    near: dict[int, None] = {}
    for kind in _kinds(viewer):
        near |= dict.fromkeys(kind)
        if len(near) >= limit:
            break
    return list(near)[:limit]


def _kinds(viewer: Person, among: Collection[int] | None = None) -> Iterator[list[int]]:
    """Each kind of closeness, the closest first; asked for as far as somebody goes on reading.

    among: only these are asked about; without it each kind is bounded by NEAREST.
    """
    yield _talked_with(viewer, among, is_group=False)
    follows = _some(Follow.objects.filter(follower=viewer), "followed", among)
    back = set(_some(Follow.objects.filter(followed=viewer), "follower", set(follows)))
    yield [pk for pk in follows if pk in back]
    yield [pk for pk in follows if pk not in back]
    yield _some(Follow.objects.filter(followed=viewer), "follower", among)
    yield _talked_with(viewer, among, is_group=True)


def _talked_with(viewer: Person, among: Collection[int] | None, *, is_group: bool) -> list[int]:
    """Present together in a talk of two, or in a group, last active first.

    Says from the viewer's own memberships what visible_to says of each conversation: theirs are
    few, and all there are may be very many.
    """
    if among is None:
        mine = Member.objects.filter(
            person=viewer,
            left__isnull=True,
            accepted=True,
            conversation__is_group=is_group,
            conversation__counter__gt=0,
        )
        recent = mine.order_by("-conversation__active").values_list(
            "conversation", "conversation__active"
        )
        times = dict(recent[: GROUPS if is_group else NEAREST])
        others = Member.objects.filter(conversation__in=list(times), left__isnull=True)
        rows = list(others.values_list("person", "conversation"))
        rows.sort(key=lambda row: times[row[1]], reverse=True)
        return [person for person, _ in rows]
    if not is_group:
        return _talks_with(viewer, among)
    others = Member.objects.filter(
        person__in=list(among),
        left__isnull=True,
        conversation__is_group=True,
        conversation__counter__gt=0,
        conversation__members__person=viewer,
        conversation__members__left__isnull=True,
        conversation__members__accepted=True,
    )
    return list(others.order_by("-conversation__active").values_list("person", flat=True))


def _talks_with(viewer: Person, among: Collection[int]) -> list[int]:
    """Those of these people with whom there is a talk of two: each is looked up by its name."""
    pairs = {name_of_pair(viewer.pk, pk): pk for pk in among}
    talks = (
        Conversation.objects.all().visible_to(viewer).filter(pair__in=list(pairs), counter__gt=0)
    )
    found = sorted(talks.values_list("active", "pair"), reverse=True)
    return [pairs[pair] for _, pair in found if pair]


def _some(follows: QuerySet[Follow], person: str, among: Collection[int] | None) -> list[int]:
    """The newest first. With among, each is looked up by both ends: an order asked of the database
    would make it walk all the followers somebody has."""
    if among is None:
        return list(follows.order_by("-pk").values_list(person, flat=True)[:NEAREST])
    rows = follows.filter(**{f"{person}__in": list(among)}).values_list("pk", person)
    return [pk for _, pk in sorted(rows, reverse=True)]


def _rows(viewer: Person, ids: list[int], limit: int) -> list[PersonRow]:
    """Through the one door: whoever is blocked, gone or a guest is nobody here."""
    visible = Person.objects.visible_to(viewer).select_related("face").in_bulk(ids)
    return [person_row(visible[pk]) for pk in ids if pk in visible][:limit]
