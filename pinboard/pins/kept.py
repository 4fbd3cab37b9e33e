"""Why a pin is kept beside saves and favourites: reasons given by the rooms above.

A pin with such a reason outlives its maker's account (emptying.py), and what it leads to is read
again as often as what somebody saved (freshness/schedule.py).
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Exists, Q

_keeps: list[Callable[[], Exists]] = []


def keeps(reason: Callable[[], Exists]) -> Callable[[], Exists]:
    """Register a condition on Pin (outer reference "pk") under which it is kept."""
    _keeps.append(reason)
    return reason


def kept_elsewhere() -> Q:
    """A condition on Pin: some registered reason holds."""
    condition = Q(pk__in=())
    for reason in _keeps:
        condition |= Q(reason())
    return condition
