"""Who may have a picture's files: whoever may see something that refers to it.

A file has no owner and no permission of its own. The rooms above know what their pins, faces and
messages refer to and who may see those; when the house is opened they register a condition here,
so that the one door (PictureQuerySet.visible_to) stays one door without an import up the stairs:

    @admit
    def faces(viewer: AbstractBaseUser | None) -> Q | Exists: ...
        return Exists(Person.objects.filter(face=OuterRef("pk")))

Each condition is asked twice: with None for "may everyone see it, signed in or not?", which makes
a file cacheable for ever by anybody, and with a person for "may this one?". For None it must be
what it would be for a stranger, so that nothing private ever becomes cacheable.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, Q

#: A condition on Picture (outer reference "pk") under which a viewer may see it.
Reason = Callable[[AbstractBaseUser | None], Q | Exists | None]

_reasons: list[Reason] = []

NOBODY = Q(pk__in=())


def admit(reason: Reason) -> Reason:
    """Register a condition. It may return None for "not for this viewer"."""
    if reason not in _reasons:
        _reasons.append(reason)
    return reason


def reasons_for(viewer: AbstractBaseUser | None) -> Q:
    """All conditions under which a picture is shown to a viewer (None: to everyone)."""
    condition = NOBODY
    for reason in _reasons:
        one = reason(viewer)
        if one is not None:
            condition = condition | Q(one)
    return condition
