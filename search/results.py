"""The pins that answer a question, best first: text relevance, then saves and freshness.

The index answers at most MAX_CANDIDATES pins; the pins' one door decides, in the same query,
which of them the viewer may see. Nothing else of a result is ever counted or looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from pinboard.people.models import Block, Person
from pinboard.pins.models import Pin, PinQuerySet
from pinboard.web.prepared import Prepared
from pinboard.web.prepared import Row as PreparedRow
from search import index, ranking
from search.index.engine import MAX_CANDIDATES, newest
from search.index.wanted import Any, Only, Wanted, fewest
from search.narrowing import only_for
from search.ordering import Hit, Row, best_first, in_order, newest_first
from search.question import Question
from search.relaxing import relaxed
from search.things import with_thing
from search.understanding import Understood, understand
from search.vocabulary import common_roots

# With fewer results than this, those that have only some of the typed words come after them.
FEW = 12
# So many of the best by the engine's score are put in order by ours.
RANKED = 200
# Of words that each stand in so many entries there are so many hits together that those which
# stand best need not be the best: more of them are put in order.
MANY = 20_000
RANKED_OF_MANY = 600
CURSOR = re.compile(r"(-?\d{1,18})\.(\d{1,18})\Z")


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

    most: the best RANKED of it are the same for any number beyond. Words that have very many hits
    together are looked at in full, whatever it says.
    """
    understood = understand(question)
    only = only_for(question.facts, viewer=viewer)
    asking = Asking(viewer, most, RANKED)
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
    """Who asks, for how much, and how much of it is put in order by our own scores."""

    viewer: Person | AnonymousUser
    most: int
    ranked: int

    def deep_enough(self, wanted: Wanted, parts: Sequence[Any]) -> Asking:
        """For words that together have very many hits, deeper than for others."""
        if len(parts) < 2 or fewest(wanted) < MANY:
            return self
        return replace(self, most=MAX_CANDIDATES, ranked=RANKED_OF_MANY)

    def best(self, rows: Sequence[Row]) -> list[int]:
        """The best by the engine's score, whose words are read; the others are not looked at."""
        return [row[0] for row in rows[: self.ranked]]

    @property
    def person_id(self) -> int | None:
        return self.viewer.pk if isinstance(self.viewer, Person) else None


def _find(question: Question, understood: Understood, only: Only, asking: Asking) -> Found:
    wanted = understood.wanted
    if wanted is None:
        hits = newest_first(_ask(None, only, asking))
        sentence = f"There is no word in “{question.query}”, so here is what is new."
        return Found(hits, sentence if question.query else "")
    asking = asking.deep_enough(wanted, understood.parts)
    exact, parts = best_first(_ask(wanted, only, asking)), understood.parts
    said = ranking.Said()
    said.add(asking.best(exact), person_id=asking.person_id)
    # Whoever tapped a guide or chose a fact wants less, not more, as long as there is something.
    is_narrowed = bool(question.guides or only)
    named = (ranking.is_named(each, parts) for each in said.texts.values())
    enough = len(exact) if is_narrowed else sum(named)
    near: list[Row] = []
    if enough < (1 if is_narrowed else FEW) and len(parts) > 1:
        near = best_first(_nearly(parts, {row[0] for row in exact}, only, asking))
        said.add(asking.best(near), person_id=asking.person_id)
    meant = with_thing(parts, (title for title, *_ in said.texts.values()))
    ours = ranking.scores(said.texts, meant, entries=common_roots()[1])
    hits = in_order(exact, near, ours, ranked=asking.ranked)
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
    # As text: for a thousand rows psycopg would need two milliseconds to make moments of them.
    created = Cast("created", TextField())
    named = {"v_public": F("is_public"), "v_saves": F("save_count"), "v_created": created}
    return pins.annotate(v_id=F("pk"), **named).values_list("v_id", *named)


def _seen_by(viewer: int) -> QuerySet[Pin, PreparedRow]:
    return _seen(Person(pk=viewer))


def _seen_by_all() -> QuerySet[Pin, PreparedRow]:
    return _seen(AnonymousUser())


DOOR, PUBLIC_DOOR = Prepared(_seen_by), Prepared(_seen_by_all)
