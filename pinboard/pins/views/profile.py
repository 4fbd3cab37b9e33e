"""A person's page with their boards. It lives here because people know nothing of boards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from pinboard.people.models import Block, Follow, Person
from pinboard.pins.covers import newest_covers
from pinboard.pins.models import Board, BoardCollaborator
from pinboard.web.answers import render_page

COVERS = 3
MAX_BOARDS = 200


@require_safe
def profile(request: HttpRequest, username: str) -> HttpResponse:
    """Somebody one blocked oneself stays reachable, so that it can be undone; with no boards."""
    viewer = request.user
    visible = Person.objects.visible_to(viewer)
    blocked = Block.objects.filter(blocker=viewer.pk or 0, blocked__username=username.lower())
    is_blocked = blocked.exists()
    people = Person.objects.filter(is_active=True) if is_blocked else visible
    person = get_object_or_404(people.select_related("face"), username=username.lower())
    follows = Follow.objects.filter(Q(follower=person) | Q(followed=person)).aggregate(
        followers=Count("pk", filter=Q(followed=person)),
        following=Count("pk", filter=Q(follower=person)),
        mine=Count("pk", filter=Q(follower=viewer.pk or 0, followed=person)),
    )
    boards = Board.objects.none() if is_blocked else _boards_of(person, viewer)
    context = {
        "person": {
            "id": person.pk,
            "username": person.username,
            "display_name": person.display_name,
            "about": person.about,
            "face_url": person.face_url,
            "is_brand": person.is_brand,
            "is_self": person.pk == viewer.pk,
            "is_blocked": is_blocked,
            "is_followed": bool(follows["mine"]),
            "follower_count": follows["followers"],
            "following_count": follows["following"],
        },
        "boards": board_tiles(list(boards.annotate(pin_count=Count("saves"))[:MAX_BOARDS]), viewer),
    }
    return render_page(request, "people/profile.html", context)


def _boards_of(person: Person, viewer: Person | AnonymousUser) -> QuerySet[Board]:
    """On one's own page also the boards of others that one keeps with them."""
    kept = Q(owner=person)
    if person.pk == viewer.pk:
        kept |= Q(pk__in=BoardCollaborator.objects.filter(person=person).values("board"))
    boards = Board.objects.visible_to(viewer).filter(kept)
    return boards.select_related("owner").order_by("-used", "-pk")


def board_tiles(boards: Sequence[Board], viewer: Any) -> list[dict[str, Any]]:
    """Boards (annotated with pin_count) with their newest covers: one query for all covers."""
    covers = newest_covers(boards, viewer=viewer, each=COVERS)
    owners = {board.owner_id for board in boards}
    return [
        {
            "name": board.name,
            "url": f"/@{board.owner.username}/{board.slug}/",
            "is_secret": board.is_secret,
            "of": board.owner.display_name
            if len(owners) > 1 and board.owner_id != viewer.pk
            else "",
            "pin_count": board.pin_count,  # type: ignore[attr-defined]  # annotated
            "covers": covers[board.pk],
        }
        for board in boards
    ]
