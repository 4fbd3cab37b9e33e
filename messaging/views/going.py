"""Leaving a group and removing somebody from it: what it means is said before, for good."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from messaging import guests, joining
from messaging.boards import boards_made
from messaging.lists import conversation_row
from messaging.models import Conversation, Member
from messaging.views.shown import visible_conversation
from pinboard.people.models import Person
from pinboard.web.access import guests_too, signed_in
from pinboard.web.answers import done, render_page, wants_json
from pinboard.web.requests import SignedInRequest

ASKED_OR_DONE = ["GET", "HEAD", "POST"]


@require_http_methods(ASKED_OR_DONE)
@signed_in
@guests_too
def leave(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    found = visible_conversation(request, conversation_id)
    if request.method != "POST":
        return _ask(request, found, request.user)
    title = conversation_row(found, request.user, _present(found)).title
    joining.remove_person(actor=request.user, conversation_id=found.pk, person=request.user)
    if request.user.is_guest:
        return done(request, "/")
    if not wants_json(request):
        messages.success(request, f"You left {title}.")
    return done(request, reverse("messaging:list"))


@require_http_methods(ASKED_OR_DONE)
@signed_in
def remove_member(request: SignedInRequest, conversation_id: int, person_id: int) -> HttpResponse:
    found = visible_conversation(request, conversation_id)
    if request.method != "POST":
        there = Member.objects.filter(conversation=found, left__isnull=True)
        return _ask(request, found, get_object_or_404(there, person=person_id).person)
    person = get_object_or_404(Person, pk=person_id, memberships__conversation=found)
    joining.remove_person(actor=request.user, conversation_id=found.pk, person=person)
    return done(request, found.get_absolute_url())


def _ask(request: SignedInRequest, found: Conversation, person: Person) -> HttpResponse:
    """Nothing of it can be undone: not even whoever is brought back sees again what was said."""
    get_object_or_404(Conversation, pk=found.pk, is_group=True)
    made = boards_made(found)
    links = guests.open_links(found).filter(made_by=person)
    context = {
        "conversation": conversation_row(found, request.user, _present(found)),
        "person": person,
        "is_self": person == request.user,
        "boards": made.filter(collaborators__person=person),
        "own_boards": made.filter(owner=request.user) if person == request.user else [],
        "links": links.count(),
        "guests": list(
            guests.guests_of(found)
            .filter(guest__link__in=links)
            .values_list("display_name", flat=True)
        ),
        "back": found.get_absolute_url(),
    }
    return render_page(request, "messaging/going.html", context)


def _present(found: Conversation) -> list[Member]:
    there = Member.objects.filter(conversation=found, left__isnull=True)
    return list(there.select_related("person__face").order_by("pk"))
