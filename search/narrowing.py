"""Narrowing by facts: what of them the index is asked, and what there is to choose from.

Choices are counted over the best results only, the same that guides look at (sampling.py), never
over all that is there.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pinboard.people.models import Person
from pinboard.pins.models import Board
from pinboard.pins.narrowing import (
    COLOURS,
    KINDS,
    MINUTES,
    SHAPES,
    WHOSE,
    Narrowing,
    PriceBand,
    cut,
)
from search.facts import wanted_tokens
from search.index.wanted import Only, Statement
from search.question import Question
from search.sampling import COLUMNS, Sample

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

# Of somebody's saves, a board's, or those of all friends: the newest so many are looked through.
MAX_WITHIN = 5000
MOST = 8  # choices of one kind
TIMES = {minutes: Narrowing(minutes=minutes).labels()["minutes"] for minutes in MINUTES}
# A choice leads to at least so many of the pins looked at.
FEWEST = 2

_MINE = f"""
SELECT pin_id FROM (SELECT pin_id FROM pins_save WHERE saver_id = %s
    ORDER BY id DESC LIMIT {MAX_WITHIN}) AS saved
UNION SELECT id FROM (SELECT id FROM pins_pin WHERE maker_id = %s
    ORDER BY id DESC LIMIT {MAX_WITHIN}) AS made
"""
_FRIENDS = f"""
SELECT pin_id FROM (SELECT pin_id FROM pins_save WHERE is_public AND saver_id IN
    (SELECT followed_id FROM people_follow WHERE follower_id = %s)
    ORDER BY id DESC LIMIT {MAX_WITHIN}) AS saved
"""
_BOARD = f"""
SELECT pin_id FROM (SELECT pin_id FROM pins_save WHERE board_id = %s
    ORDER BY id DESC LIMIT {MAX_WITHIN}) AS saved
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that sets a fact, or takes it away where it is set. value: as in the address, ""
    for what is there without any."""

    label: str
    value: str
    url: str
    active: bool = False


def only_for(facts: Narrowing, *, viewer: Person | AnonymousUser) -> Only:
    """The facts for the index. A board nobody may see here holds nothing."""
    within: list[Statement] = []
    if facts.whose and isinstance(viewer, Person):
        mine = facts.whose == "mine"
        within.append((_MINE, [viewer.pk, viewer.pk]) if mine else (_FRIENDS, [viewer.pk]))
    if facts.board:
        board = board_named(facts.board, viewer)
        within.append((_BOARD, [board.pk if board else 0]))
    return Only(tuple(wanted_tokens(facts)), tuple(within))


def board_named(pk: int, viewer: Person | AnonymousUser) -> Board | None:
    return Board.objects.visible_to(viewer).filter(pk=pk).first() if pk else None


def labels_of(
    facts: Narrowing, sample: Sample, *, viewer: Person | AnonymousUser
) -> dict[str, str]:
    """What is chosen, by fact, in words. No query unless a board is."""
    labels = facts.labels()
    if facts.site:
        sites = (dict(zip(COLUMNS, row, strict=True)) for row in sample.facts)
        names = (one["site_name"] for one in sites if one["site"] == facts.site)
        labels["site"] = next(filter(None, names), facts.site)
    if facts.board:
        board = board_named(facts.board, viewer)
        labels["board"] = board.name if board else "A board that is not here"
    return labels


def choices(
    question: Question,
    sample: Sample,
    *,
    labels: Mapping[str, str],
    viewer: Person | AnonymousUser,
) -> list[tuple[str, str, list[Choice]]]:
    """Rows of (fact, heading, links). sample: of the exact results. labels: labels_of.

    What is chosen already is there to be taken away; of the rest, what splits the results.
    """
    found = list(_options(sample.facts, question, sample.size))
    if isinstance(viewer, Person) and not viewer.is_guest:
        found.append(("board", "Your boards", dict(_boards(sample))))
    listed = []
    if isinstance(viewer, Person) and not viewer.is_guest:
        listed.append(("whose", "From", list(_whose(question))))
    for name, heading, options in found:
        links = _links(question, name, options, labels)
        if links:
            listed.append((name, heading, links))
    return listed


Options = tuple[str, str, dict[Any, str]]


def _options(rows: Sequence[tuple[Any, ...]], question: Question, size: int) -> Iterator[Options]:
    """rows: of COLUMNS. Plain columns instead of objects: this runs for every search."""

    def counted(values: Iterable[Any]) -> list[Any]:
        """What splits the set: said by several, not by all."""
        counts = Counter(value for value in values if value)
        return [value for value, n in counts.most_common() if FEWEST <= n < size]

    columns: Sequence[tuple[Any, ...]] = list(zip(*rows, strict=True)) or [()] * len(COLUMNS)
    kind, colour, shape, site, site_name, currency, price, minutes = columns
    kinds, colours, shapes = counted(kind), counted(colour), counted(shape)
    yield "kind", "Type", {name: KINDS[name] for name in KINDS if name in kinds}
    yield "price", "Price", {band: band.label for band in _bands(currency, price, size)}
    quick = {most: sum(0 < one < most for one in minutes) for most in MINUTES}
    yield "minutes", "Time", {n: TIMES[n] for n in MINUTES if FEWEST <= quick[n] < size}
    yield "colour", "Colour", {name: COLOURS[name] for name in COLOURS if name in colours}
    yield "shape", "Shape", {name: SHAPES[name] for name in SHAPES if name in shapes}
    names = dict(zip(site, site_name, strict=True))
    yield "site", "Source", {host: names[host] or host for host in counted(site)[:MOST]}


def _bands(
    currencies: Sequence[str], prices: Sequence[int | None], size: int
) -> Iterator[PriceBand]:
    """Bands of the commonest currency, cut so that they part these very pins."""
    counts = Counter(
        currency for currency, price in zip(currencies, prices, strict=True) if price is not None
    )
    for currency, _ in counts.most_common(1):
        known = [
            price
            for other, price in zip(currencies, prices, strict=True)
            if other == currency and price is not None
        ]
        for band in cut(known, currency):
            within = sum(band.low <= price < (band.high or math.inf) for price in known)
            if FEWEST <= within < size:
                yield band


def _whose(question: Question) -> Iterator[Choice]:
    """Everyone's, friends' or one's own: one of them is always chosen."""
    chosen = question.facts.whose
    yield Choice("Everyone", "", question.without_fact("whose").url(), active=not chosen)
    for value, label in WHOSE.items():
        is_set = value == chosen
        other = question.without_fact("whose") if is_set else question.with_fact("whose", value)
        yield Choice(label, value, other.url(), active=is_set)


def _boards(sample: Sample) -> Iterator[tuple[int, str]]:
    """The viewer's own boards on which most of these pins lie."""
    for board, n in Counter(sorted(sample.boards, reverse=True)).most_common(MOST):
        if FEWEST <= n < sample.size:
            yield board


def _links(
    question: Question, name: str, options: Mapping[Any, str], labels: Mapping[str, str]
) -> list[Choice]:
    if name in labels:
        value, url = str(getattr(question.facts, name)), question.without_fact(name).url()
        return [Choice(labels[name], value, url, active=True)]
    return [
        Choice(label, str(value), question.with_fact(name, value).url())
        for value, label in options.items()
    ]
