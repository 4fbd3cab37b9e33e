"""Django's sessions in the database, read with a prepared query: every request begins with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models.functions import Now

from pinboard.web.prepared import Prepared

if TYPE_CHECKING:
    from django.contrib.sessions.models import Session
    from django.db.models import QuerySet


class SessionStore(DatabaseStore):
    """The same sessions as Django's own; only load() asks in its own way."""

    def load(self) -> dict[str, Any]:
        """What is in the session; nothing, and no key any more, when there is none."""
        key = self.session_key
        row = STORED.row(key=key) if key and key.isalnum() else None
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])


def _stored(key: str) -> QuerySet[Session, Any]:
    # Imported late: this module is read while settings are.
    from django.contrib.sessions.models import Session

    living = Session.objects.filter(session_key=key, expire_date__gt=Now())
    return living.values_list("session_data")


STORED = Prepared(_stored)
