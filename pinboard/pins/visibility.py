"""Further reasons to see a pin, and to be brought to a board, given by the rooms above.

pins knows of makers, public boards and secret boards. That a pin was shared in a conversation
is messaging's knowledge; it registers a condition here when the house is opened, so that the
one door (PinQuerySet.visible_to) stays one door without an import up the stairs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import Exists, Q

if TYPE_CHECKING:
    from pinboard.people.models import Person

    Reason = Callable[[Person], Q | Exists]
    Acquaintance = Callable[[Person, set[int]], set[int]]

_reasons: list[Reason] = []
_acquaintances: list[Acquaintance] = []


def admit(reason: Reason) -> Reason:
    """Register a condition on Pin (outer reference "pk") under which a person may see it."""
    _reasons.append(reason)
    return reason


def further_reasons(viewer: Person) -> Q:
    condition = Q()
    for reason in _reasons:
        condition |= Q(reason(viewer))
    return condition


def acquaint(who_knows: Acquaintance) -> Acquaintance:
    """Register who of some people, by id, has let this person bring them to their boards."""
    _acquaintances.append(who_knows)
    return who_knows


def strangers_to(person: Person, ids: set[int]) -> set[int]:
    """Those of these people who know nothing of this person, as far as the rooms above can tell."""
    strangers = set(ids)
    for who_knows in _acquaintances:
        if strangers:
            strangers -= who_knows(person, strangers)
    return strangers
