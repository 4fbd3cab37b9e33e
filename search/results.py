"""The pins that answer a question, best first: text relevance, then saves and freshness.

The index answers at most MAX_CANDIDATES pins; the pins' one door decides, in the same query,
which of them the viewer may see. Nothing else of a result is ever counted or looked at.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from pinboard.errors import PinboardError
from pinboard.people.models import Block, Person
from pinboard.pins.models import Pin, PinQuerySet
from search import index
from search.index.engine import newest
from search.index.wanted import All, Only, Wanted
from search.narrowing import only_for
from search.question import Question
from search.understanding import Understood, understand

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

# With fewer results than this, those that have only some of the typed words come after them.
FEW = 6
# What saves and freshness may add to a text score of at most 1, and how fast freshness fades.
SAVES_WEIGHT = 0.2
FRESH_WEIGHT = 0.1
FRESH_DAYS = 90
CURSOR = re.compile(r"(-?\d{1,18})\.(\d{1,18})\Z")


@dataclass(frozen=True, slots=True)
class Hit:
    """score: millionths, so that a cursor can carry it exactly."""

    pin_id: int
    score: int
    is_public: bool


@dataclass(frozen=True, slots=True)
class Found:
    """hits: best first. exact: how many of them have all that was asked for.
    loosened: a sentence where something was relaxed, else ""."""

    hits: list[Hit]
    exact: int
    loosened: str = ""

    def after(self, cursor: str) -> int:
        """The place in hits where the page after a cursor begins.

        Raises PinboardError "bad_cursor" for a cursor we did not make.
        """
        if not cursor:
            return 0
        match = CURSOR.match(cursor)
        if not match:
            raise PinboardError("This page of the search does not exist.", code="bad_cursor")
        score, pin_id = int(match[1]), int(match[2])
        for place, hit in enumerate(self.hits):
            if hit.pin_id == pin_id:
                return place + 1
        # The pin is gone: go on where it stood.
        return sum((hit.score, hit.pin_id) >= (score, pin_id) for hit in self.hits)


def visible_pins(viewer: Person | AnonymousUser) -> PinQuerySet:
    """Pins a search may show: through the one door, without those of blocked people."""
    pins = Pin.objects.visible_to(viewer)
    if not isinstance(viewer, Person):
        return pins
    return pins.filter(~blocked(viewer, "maker"))


def blocked(viewer: Person, owner: str) -> Exists:
    """Whether a block stands between the viewer and a row's owner, whoever made it."""
    between = Q(blocker=viewer, blocked=OuterRef(owner)) | Q(
        blocked=viewer, blocker=OuterRef(owner)
    )
    return Exists(Block.objects.filter(between))


def find(question: Question, *, viewer: Person | AnonymousUser) -> Found:
    """Everything that answers the question; what is new if nothing was asked."""
    understood = understand(question)
    only = only_for(question.facts, viewer=viewer)
    found = _find(question, understood, only, viewer)
    if found.hits or not only:
        return found
    # Nothing near either, as long as the facts hold: better pins without them than none.
    found = _find(question, understood, Only(), viewer)
    without = "Nothing here is like that and passes all you chose; these pins are without it."
    return Found(found.hits, 0, without if found.hits else "")


def _find(
    question: Question, understood: Understood, only: Only, viewer: Person | AnonymousUser
) -> Found:
    wanted = understood.wanted
    if wanted is None:
        hits = _ask(None, only, viewer)
        sentence = f"There is no word in “{question.query}”, so here is what is new."
        return Found(hits, len(hits), sentence if question.query else "")
    hits = _ask(wanted, only, viewer)
    exact = len(hits)
    # Whoever tapped a guide or chose a fact wants less, not more, as long as there is something.
    enough = 1 if question.guides or only else FEW
    if exact < enough and len(wanted.parts) > 1:
        known = {hit.pin_id for hit in hits}
        more = _ask(wanted.loosened(), only, viewer)
        hits = hits + [hit for hit in more if hit.pin_id not in known]
    return Found(hits, exact, _loosened(understood, exact, len(hits)))


def _loosened(understood: Understood, exact: int, shown: int) -> str:
    """What was relaxed, in words for people."""
    sentences = []
    for typed, instead in understood.read_as if shown else ():
        also = f"“{instead}”" if instead else "words like it"
        sentences.append(f"“{typed}” is rare here, so we also looked for {also}.")
    if shown > exact == 0:
        sentences.append("Nothing has all of this at once; these pins have a part of it.")
    elif shown > exact:
        sentences.append("After the first few, these pins have only a part of it.")
    return " ".join(sentences)


def _ask(wanted: Wanted | None, only: Only, viewer: Person | AnonymousUser) -> list[Hit]:
    """One query, and the ranking of its rows."""
    person_id = viewer.pk if isinstance(viewer, Person) else None
    if wanted is None and only.tokens:
        wanted, only = All(only.parts()), Only(within=only.within)
    if wanted is None:
        found, parameters = newest(only)
    else:
        found, parameters = index.engine().found(wanted, person_id=person_id, only=only)
    pins = visible_pins(viewer).order_by()
    door, door_parameters = (
        pins.annotate(
            v_id=F("pk"), v_public=F("is_public"), v_saves=F("save_count"), v_created=F("created")
        )
        .values("v_id", "v_public", "v_saves", "v_created")
        .query.sql_with_params()
    )
    sql = (
        f"WITH found AS MATERIALIZED ({found}) "
        "SELECT v.v_id, found.score, v.v_public, v.v_saves, v.v_created "
        f"FROM found CROSS JOIN ({door}) v WHERE v.v_id = found.pin_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, *door_parameters])
        rows = cursor.fetchall()
    hits = _newest_first(rows) if wanted is None else _ranked(rows)
    hits.sort(key=lambda hit: (-hit.score, -hit.pin_id))
    return hits


Row = tuple[int, float, bool, int, datetime | str]


def _newest_first(rows: list[Row]) -> list[Hit]:
    return [Hit(pin_id, pin_id, bool(is_public)) for pin_id, _, is_public, _, _ in rows]


def _ranked(rows: list[Row]) -> list[Hit]:
    """Text relevance from 0 to 1 within this answer, and what saves and freshness add."""
    if not rows:
        return []
    best = max(row[1] for row in rows) or 1.0
    most = math.log1p(max(5, *(row[3] for row in rows)))
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    hits = []
    for pin_id, text, is_public, saves, created in rows:
        days = max(0, (today - _moment(created)).days)
        score = (
            text / best
            + SAVES_WEIGHT * math.log1p(saves) / most
            + FRESH_WEIGHT * math.exp(-days / FRESH_DAYS)
        )
        hits.append(Hit(pin_id, int(score * 1_000_000), bool(is_public)))
    return hits


def _moment(value: datetime | str) -> datetime:
    """SQLite answers text or a naive moment, in UTC without saying so."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
