"""What every page shows around itself: the viewer, what is unread, where one saved last."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from messaging.changes import unread_total
from pinboard.demo.mode import SIGN_INS, is_demo
from pinboard.notifications.telling import unseen_total
from pinboard.people.models import Person
from pinboard.pins.models import Board


def shell(request: HttpRequest) -> dict[str, Any]:
    """A context processor. Nothing is asked of the database before a template shows it."""
    viewer = request.user  # may still be the lazy wrapper; isinstance looks through it
    if not isinstance(viewer, Person):
        return {"viewer": viewer, "shell": {}, "demo_accounts": SimpleLazyObject(demo_accounts)}
    return {"viewer": viewer, "shell": SimpleLazyObject(partial(_shell_of, viewer))}


def demo_accounts() -> list[dict[str, str]]:
    """People of the demo world for the buttons on the sign-in page; none on a real site."""
    if not is_demo():
        return []
    people = Person.objects.filter(username__in=SIGN_INS, is_active=True).select_related("face")
    return [
        {
            "username": person.username,
            "name": person.display_name,
            "face": person.face_url,
            "about": person.about,
        }
        for person in sorted(people, key=lambda person: SIGN_INS.index(person.username))
    ]


def _shell_of(viewer: Person) -> dict[str, Any]:
    """One query for all of it: every page pays for this."""
    last = Board.objects.of(viewer)
    row = (
        Person.objects.filter(pk=viewer.pk)
        .annotate(
            messages_total=Coalesce(unread_total(viewer), 0),
            unseen=Coalesce(unseen_total(viewer), 0),
            board=Subquery(last.values("pk")[:1]),
            board_name=Subquery(last.values("name")[:1]),
            board_slug=Subquery(last.values("slug")[:1]),
        )
        .values("messages_total", "unseen", "board", "board_name", "board_slug")
        .get()
    )
    url = f"/@{viewer.username}/{row['board_slug']}/"
    board = {"id": row["board"], "name": row["board_name"], "url": url} if row["board"] else None
    return {
        "unread_messages": row["messages_total"],
        "unread_notifications": row["unseen"],
        "last_board": board,
    }
