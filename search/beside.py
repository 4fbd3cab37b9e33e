"""What lies beside pins: on the same public boards, kept there by whoever keeps these.

One bounded query: the newest pins of a few boards, through the pins' door.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from pinboard.people.models import Person
from pinboard.web.prepared import Prepared, Row, as_list, values_in
from search.models import PinFacts, PublicEntry
from search.results import visible_pins

if TYPE_CHECKING:
    Viewer = Person | AnonymousUser

BEST = 12  # pins whose boards are asked
BOARDS = 8
OF_EACH = 12  # pins of a board, the newest


class Beside(NamedTuple):
    """A public entry, and what kind of pin it is of."""

    pin_id: int
    title: str
    boards: str
    data: str
    body: str
    terms: str
    kind: str

    def words(self) -> set[str]:
        return set(" ".join((self.title, self.boards, self.data, self.body)).split())


def beside(
    pin_ids: Sequence[int], *, known: Iterable[int], viewer: Person | AnonymousUser
) -> dict[int, Beside]:
    """Public pins that lie on the same boards as the first of these without being known, newest
    first, by pin."""
    if not pin_ids:
        return {}
    best, seen = as_list(pin_ids[:BEST]), set(known)
    if isinstance(viewer, Person):
        rows = FOR_PERSON.rows(best=best, viewer=viewer.pk)
    else:
        rows = FOR_ALL.rows(best=best)
    return {row[0]: Beside(*row) for row in rows if row[0] not in seen}


def _entries(best: str, viewer: Viewer) -> QuerySet[PublicEntry, Row]:
    pins = visible_pins(viewer).public().filter(pk__in=_newest(best)).order_by().values("pk")
    kind = PinFacts.objects.filter(pin_id=OuterRef("pin_id")).values("kind")
    entries = PublicEntry.objects.filter(pin_id__in=pins).order_by("-pin_id")
    marked = entries.annotate(kind=Subquery(kind))
    return marked.values_list("pin_id", "title", "boards", "data", "body", "terms", "kind")


def _for_person(best: str, viewer: int) -> QuerySet[PublicEntry, Row]:
    return _entries(best, Person(pk=viewer))


def _for_all(best: str) -> QuerySet[PublicEntry, Row]:
    return _entries(best, AnonymousUser())


FOR_PERSON, FOR_ALL = Prepared(_for_person), Prepared(_for_all)


def _newest(best: str) -> RawSQL:
    """The newest pins of each of a few boards, found in the same statement."""
    listed = values_in(best)
    boards = (
        "WITH near AS MATERIALIZED (SELECT DISTINCT board_id FROM pins_save"
        f" WHERE is_public AND pin_id IN ({listed.sql}) ORDER BY board_id DESC LIMIT {BOARDS}) "
    )
    newest = (
        "SELECT pin_id FROM (SELECT pin_id FROM pins_save WHERE is_public AND board_id ="
        " (SELECT board_id FROM near ORDER BY board_id DESC LIMIT 1 OFFSET {place})"
        f" ORDER BY id DESC LIMIT {OF_EACH}) AS newest{{place}}"
    )
    each = " UNION ".join(newest.format(place=place) for place in range(BOARDS))
    return RawSQL(boards + each, listed.params)
