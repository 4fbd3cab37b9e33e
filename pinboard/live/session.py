"""Who a socket belongs to: Django's session behind its cookie. Runs in database threads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import HttpRequest, parse_cookie


def session_key_of(scope: Mapping[str, Any]) -> str:
    """The session cookie of a websocket scope, "" without one."""
    sent = [value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"]
    return parse_cookie("; ".join(sent)).get(settings.SESSION_COOKIE_NAME, "")


def person_of(session_key: str) -> int | None:
    """The id of the person signed in with this session now, or None.

    Asks what every request asks: the session exists and has not expired, the person is
    active, and the password is the one the session was made with.
    """
    if not session_key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    person = get_user(request)
    return int(person.pk) if person.is_authenticated else None


def people_of(session_keys: Iterable[str]) -> dict[str, int | None]:
    """person_of for several sessions, on one tidy database connection."""
    close_old_connections()
    try:
        return {key: person_of(key) for key in session_keys}
    finally:
        close_old_connections()
