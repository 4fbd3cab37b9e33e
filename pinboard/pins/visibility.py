"""Further reasons to see a pin, given by the rooms above.

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

_reasons: list[Reason] = []


def admit(reason: Reason) -> Reason:
    """Register a condition on Pin (outer reference "pk") under which a person may see it."""
    _reasons.append(reason)
    return reason


def further_reasons(viewer: Person) -> Q:
    condition = Q()
    for reason in _reasons:
        condition |= Q(reason(viewer))
    return condition
