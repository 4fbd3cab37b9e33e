"""Who keeps a board together: bringing people in, taking them off, leaving."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from pinboard.errors import PinboardError
from pinboard.people.models import Person
from pinboard.pins import collaborating
from pinboard.pins.models import BoardCollaborator
from pinboard.pins.views.board import own_board, visible_board
from pinboard.web.access import signed_in
from pinboard.web.answers import done
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest


@require_POST
@signed_in
@limited("members", limit=60, seconds=60)
def add(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    """{username, role: editor|viewer}: share the board with somebody."""
    board = own_board(request, username, slug)
    wanted = request.POST.get("username", "").strip().lstrip("@").lower()
    person = Person.objects.visible_to(request.user).filter(username=wanted).first()
    if person is None:
        raise PinboardError("There is nobody by that username.", code="unknown_person")
    role = request.POST.get("role") or BoardCollaborator.Role.EDITOR
    collaborating.add_collaborators(actor=request.user, board=board, people=[person], role=role)
    return done(request, f"{board.get_absolute_url()}edit/")


@require_POST
@signed_in
def remove(request: SignedInRequest, username: str, slug: str, person_id: int) -> HttpResponse:
    board = own_board(request, username, slug)
    person = get_object_or_404(Person, pk=person_id, collaborations__board=board)
    collaborating.remove_collaborator(actor=request.user, board=board, person=person)
    return done(request, f"{board.get_absolute_url()}edit/")


@require_POST
@signed_in
def leave(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    """Off a board of somebody else; a public one can still be looked at afterwards."""
    board = visible_board(request, username, slug)
    collaborating.remove_collaborator(actor=request.user, board=board, person=request.user)
    return done(request, request.user.get_absolute_url())
