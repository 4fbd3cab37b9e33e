"""What ends a session ends its sockets too."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from pinboard.live.publish import close_session, recheck_person
from pinboard.people.models import Person


@receiver(user_logged_out)
def close_sockets_of_session(request: HttpRequest, **kwargs: Any) -> None:
    """Sent before the session is flushed, so its key is still known."""
    if request.session.session_key:
        close_session(request.session.session_key)


@receiver([password_changed, password_set, password_reset])
def prove_sockets_again(user: Person, **kwargs: Any) -> None:
    """A new password ends every other session; its sockets must not outlive it."""
    recheck_person(user.pk)
