"""What every page shows around itself: the viewer, what is unread, where one saved last."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from messaging.changes import unread_total
from pinboard.demo.mode import SIGN_INS, is_demo
from pinboard.notifications.telling import unseen_total
from pinboard.people.models import Person
from pinboard.pins.models import Board
from pinboard.web.prepared import Prepared

# Pages that the bars lead to; static/js/lib/navigation.js marks the same links.
SECTIONS = {
    "/": "home",
    "/create/": "create",
    "/favourites/": "favourites",
    "/messages/": "messages",
    "/notifications/": "notifications",
}


def shell(request: HttpRequest) -> dict[str, Any]:
    """A context processor. Nothing is asked of the database before a template shows it."""
    # A request refused before anybody was asked who they are (a foreign Host) has no user.
    viewer = getattr(request, "user", None) or AnonymousUser()
    if viewer.is_authenticated:
        # What the lazy wrapper holds by now: templates look at it dozens of times a page.
        viewer = getattr(request, "_cached_user", viewer)
    context: dict[str, Any] = {"viewer": viewer, "shell": {}, "section": ""}
    if isinstance(viewer, Person):
        context["shell"] = SimpleLazyObject(partial(_shell_of, viewer))
        own_boards = viewer.get_absolute_url()
        context["section"] = (
            "boards" if request.path == own_boards else SECTIONS.get(request.path, "")
        )
    else:
        context["demo_accounts"] = SimpleLazyObject(demo_accounts)
    return context


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
    rows = SHELL.rows(viewer=viewer.pk)
    if not rows:  # the account went while the page was being made
        return {}
    messages, unseen, board_id, name = rows[0]
    return {
        "unread_messages": messages,
        "unread_notifications": unseen,
        "last_board": {"id": board_id, "name": name} if board_id else None,
    }


def _shell(viewer: int) -> QuerySet[Person, Any]:
    person = Person(pk=viewer)
    # Never one which somebody else put there: a press on Save goes to it without a question.
    last = Board.objects.of(person).filter(last_used__isnull=False)  # type: ignore[misc]  # annotated
    return Person.objects.filter(pk=viewer).values_list(
        Coalesce(unread_total(person), 0),
        Coalesce(unseen_total(person), 0),
        *(Subquery(last.values(column)[:1]) for column in ("pk", "name")),
    )


SHELL = Prepared(_shell)
