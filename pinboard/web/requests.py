"""The request as views see it, in types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from pinboard.people.models import Person


class SignedInRequest(HttpRequest):
    """A request behind login_required. For type checkers; Django makes plain requests."""

    user: Person
