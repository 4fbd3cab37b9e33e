"""The pins that answer a question, best first: text relevance, then saves and freshness.

The index answers at most MAX_CANDIDATES pins; the pins' one door decides, in the same query,
which of them the viewer may see. Nothing else of a result is ever counted or looked at.
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from pinboard.people.models import Block, Person
from pinboard.pins.models import Pin, PinQuerySet
from pinboard.web.prepared import Prepared
from pinboard.web.prepared import Row as PreparedRow
from search import index, ranking
from search.index.engine import MAX_CANDIDATES, newest
from search.index.wanted import Any, Only, Wanted
from search.narrowing import only_for
from search.question import Question
from search.relaxing import relaxed
from search.things import with_thing
from search.understanding import Understood, understand
from search.vocabulary import common_roots

# With fewer results than this, those that have only some of the typed words come after them.
FEW = 12
# So many of the best by the engine's score are put in order by ours.
RANKED = 200
# What saves and freshness may add to a text score of at most 1, and how fast freshness fades.
SAVES_WEIGHT = 0.08
FRESH_WEIGHT = 0.04
FRESH_DAYS = 90
# More than any score: what lies in a better band comes first.
BAND = 2_000_000
CURSOR = re.compile(r"(-?\d{1,18})\.(\d{1,18})\Z")


@dataclass(frozen=True, slots=True)
class Hit:
    """score: millionths, so that a cursor can carry it exactly. is_exact: whether it has all that
    was asked for."""

    pin_id: int
    score: int
    is_public: bool
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """hits: best first. loosened: a sentence where something was relaxed, else "".
    terms: of the public entries that were read to order them, by pin."""

    hits: list[Hit]
    loosened: str = ""
    terms: Mapping[int, str] = field(default_factory=dict)

    @property
    def exact(self) -> list[Hit]:
        """Those that have all that was asked for, best first."""
        return [hit for hit in self.hits if hit.is_exact]

    def after(self, cursor: str) -> int:
        """The place in hits where the page after a cursor begins; their end for one we did not
        make, as for one after which nothing comes any more."""
        if not cursor:
            return 0
        match = CURSOR.match(cursor)
        if not match:
            return len(self.hits)
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


def find(
    question: Question, *, viewer: Person | AnonymousUser, most: int = MAX_CANDIDATES
) -> Found:
    """Everything that answers the question; what is new if nothing was asked.

    most: the best RANKED of it are the same for any number beyond.
    """
    understood = understand(question)
    only = only_for(question.facts, viewer=viewer)
    asking = Asking(viewer, most)
    found = _find(question, understood, only, asking)
    if found.hits or not only:
        return found
    # Nothing near either, as long as the facts hold: better pins without them than none.
    found = _find(question, understood, Only(), asking)
    without = "Nothing here is like that and passes all you chose; these pins are without it."
    near = [replace(hit, is_exact=False) for hit in found.hits]
    return Found(near, without if near else "", found.terms)


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, and for how much."""

    viewer: Person | AnonymousUser
    most: int

    @property
    def person_id(self) -> int | None:
        return self.viewer.pk if isinstance(self.viewer, Person) else None


def _find(question: Question, understood: Understood, only: Only, asking: Asking) -> Found:
    wanted = understood.wanted
    if wanted is None:
        hits = _ordered(_ask(None, only, asking))
        sentence = f"There is no word in “{question.query}”, so here is what is new."
        return Found(hits, sentence if question.query else "")
    exact, parts = _best_first(_ask(wanted, only, asking)), understood.parts
    said = ranking.Said()
    said.add(_best(exact), person_id=asking.person_id)
    # Whoever tapped a guide or chose a fact wants less, not more, as long as there is something.
    is_narrowed = bool(question.guides or only)
    named = (ranking.is_named(each, parts) for each in said.texts.values())
    enough = len(exact) if is_narrowed else sum(named)
    near: list[Row] = []
    if enough < (1 if is_narrowed else FEW) and len(parts) > 1:
        near = _best_first(_nearly(parts, {row[0] for row in exact}, only, asking))
        said.add(_best(near), person_id=asking.person_id)
    meant = with_thing(parts, (title for title, *_ in said.texts.values()))
    hits = _ranked(exact, near, ranking.scores(said.texts, meant, entries=common_roots()[1]))
    return Found(hits, _loosened(understood, hits), said.terms)


def _nearly(parts: tuple[Any, ...], known: set[int], only: Only, asking: Asking) -> list[Row]:
    """What has a part of it, without those that are known: as little relaxed as is enough."""
    near: dict[int, Row] = {}
    for step in relaxed(parts):
        for less in step:
            near |= {row[0]: row for row in _ask(less, only, asking) if row[0] not in known}
        if len(known) + len(near) >= FEW:
            break
    return list(near.values())


def _loosened(understood: Understood, hits: Sequence[Hit]) -> str:
    """What was relaxed, in words for people."""
    sentences = []
    for typed, instead in understood.read_as if hits else ():
        also = f"“{instead}”" if instead else "words like it"
        sentences.append(f"“{typed}” is rare here, so we also looked for {also}.")
    exact = sum(hit.is_exact for hit in hits)
    if exact == 0 and hits:
        sentences.append("Nothing has all of this at once; these pins have a part of it.")
    elif exact < len(hits) and all(hit.is_exact for hit in hits[:exact]):
        sentences.append("After the first few, these pins have only a part of it.")
    elif exact < len(hits):
        sentences.append("Some of these pins have only a part of it.")
    return " ".join(sentences)


def _ask(wanted: Wanted | None, only: Only, asking: Asking) -> list[Row]:
    """One query. What is new, and what only has facts, comes newest first."""
    most, person_id = asking.most, asking.person_id
    if wanted is None and not only.tokens:
        found, parameters = newest(only, most=most)
    else:
        engine = index.engine()
        found, parameters = engine.found(wanted, person_id=person_id, only=only, most=most)
    door, door_parameters = (
        PUBLIC_DOOR.statement() if person_id is None else DOOR.statement(viewer=person_id)
    )
    sql = (
        f"WITH found AS MATERIALIZED ({found}) "
        "SELECT v.v_id, found.score, v.v_public, v.v_saves, v.v_created "
        f"FROM found CROSS JOIN ({door}) v WHERE v.v_id = found.pin_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, *door_parameters])
        rows: list[Row] = cursor.fetchall()
    return rows


def _seen(viewer: Person | AnonymousUser) -> QuerySet[Pin, PreparedRow]:
    """What is asked of a pin at the door, under names that no other column has."""
    pins = visible_pins(viewer).order_by()
    named = {"v_public": F("is_public"), "v_saves": F("save_count"), "v_created": F("created")}
    return pins.annotate(v_id=F("pk"), **named).values_list("v_id", *named)


def _seen_by(viewer: int) -> QuerySet[Pin, PreparedRow]:
    return _seen(Person(pk=viewer))


def _seen_by_all() -> QuerySet[Pin, PreparedRow]:
    return _seen(AnonymousUser())


DOOR, PUBLIC_DOOR = Prepared(_seen_by), Prepared(_seen_by_all)

# pin_id, the engine's score, whether it is public, how often it was saved, when it was made.
Row = tuple[int, float, bool, int, datetime | str]


def _ordered(rows: list[Row]) -> list[Hit]:
    """Newest first."""
    hits = [Hit(row[0], row[0], bool(row[2])) for row in rows]
    return sorted(hits, key=lambda hit: -hit.pin_id)


def _best_first(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-row[1], -row[0]))


def _best(rows: Sequence[Row]) -> list[int]:
    """The best by the engine's score, whose words are read; the others are not looked at."""
    return [row[0] for row in rows[:RANKED]]


def _ranked(exact: Sequence[Row], near: Sequence[Row], ours: Mapping[int, float]) -> list[Hit]:
    """The best by our own scores, whoever says more first; then the rest by the engine's, what has
    everything before what has a part of it."""
    is_exact = {row[0] for row in exact}
    bands = ([*exact[:RANKED], *near[:RANKED]], exact[RANKED:], near[RANKED:])
    hits: list[Hit] = []
    for below, rows in enumerate(bands):
        floor = (len(bands) - below) * BAND
        if below:
            hits += _as_they_are(rows, floor, is_exact)
        else:
            hits += scored(rows, ours, floor, is_exact)
    return hits


def _as_they_are(rows: Sequence[Row], floor: int, is_exact: Container[int]) -> list[Hit]:
    """In the engine's order: hardly anybody comes so far."""
    best = (rows[0][1] if rows else 0) or 1.0
    return [
        Hit(pin_id, floor + int(score / best * 1_000_000), bool(is_public), pin_id in is_exact)
        for pin_id, score, is_public, _, _ in rows
    ]


def scored(
    rows: Sequence[Row], ours: Mapping[int, float], floor: int, is_exact: Container[int]
) -> list[Hit]:
    """Text relevance from 0 to 1 within these rows, and what saves and freshness add.

    ours: by pin. floor: under the score of each.
    """
    if not rows:
        return []
    texts = [ours.get(row[0], 0.0) for row in rows]
    best = max(texts) or 1.0
    most = math.log1p(max(5, *(row[3] for row in rows)))
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    hits = []
    for text, (pin_id, _, is_public, saves, created) in zip(texts, rows, strict=True):
        days = max(0, (today - _moment(created)).days)
        score = (
            text / best
            + SAVES_WEIGHT * math.log1p(saves) / most
            + FRESH_WEIGHT * math.exp(-days / FRESH_DAYS)
        )
        whole = floor + int(score * 1_000_000)
        hits.append(Hit(pin_id, whole, bool(is_public), pin_id in is_exact))
    return sorted(hits, key=lambda hit: (-hit.score, -hit.pin_id))


def _moment(value: datetime | str) -> datetime:
    """SQLite answers text or a naive moment, in UTC without saying so."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
