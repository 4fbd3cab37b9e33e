"""A group's own page: its name, its picture, who is in it and by whom, its links for guests."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from messaging import grouping, guests, joining
from messaging.lists import conversation_row
from messaging.models import MAX_MEMBERS, Conversation, Member
from messaging.people_near import near_people
from messaging.views.shown import visible_conversation
from pinboard.errors import PinboardError
from pinboard.people.models import Person
from pinboard.web.access import signed_in
from pinboard.web.answers import done, render_page, wants_json
from pinboard.web.numbers import read_id
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest


@require_safe
@signed_in
def group(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """?find=zo: people to add whose name begins so."""
    return show_group(request, _group(request, conversation_id))


def show_group(
    request: SignedInRequest,
    found: Conversation,
    *,
    secret: str = "",
    error: str = "",
    field: str = "",
    status: int = 200,
) -> HttpResponse:
    """secret: of the link that was made just now. error: a refusal, shown beside its field."""
    find = request.GET.get("find", request.POST.get("find", "")).strip()[:60]
    members = list(
        Member.objects.filter(conversation=found, left__isnull=True)
        .select_related("person__face", "added_by", "came_by")
        .order_by("pk")
    )
    there = [member.person_id for member in members]
    url = reverse("join", args=[secret]) if secret else ""
    context: dict[str, Any] = {
        "conversation": conversation_row(found, request.user, members),
        "title": found.title,
        "picture": found.picture.src if found.picture else "",
        "members": members,
        "room": MAX_MEMBERS - len(members),
        "most": MAX_MEMBERS,
        "people": near_people(request.user, find, limit=12, without=there),
        "find": find,
        "links": guests.open_links(found),
        "link_url": request.build_absolute_uri(url) if url else "",
        "error": error,
        "error_field": field,
    }
    return render_page(request, "messaging/group.html", context, status=status)


@require_POST
@signed_in
@limited("members", limit=60, seconds=60)
def rename(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """{title}"""
    found = _group(request, conversation_id)
    title = request.POST.get("title", "")
    try:
        grouping.rename(actor=request.user, conversation_id=found.pk, title=title)
    except PinboardError as error:
        return _refused(request, found, error, "title")
    return done(request, _address(found))


@require_POST
@signed_in
@limited("settings", limit=20, seconds=60)
def picture(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """{picture: a file}, or {away} to have none."""
    found = _group(request, conversation_id)
    try:
        if "away" in request.POST:
            grouping.remove_picture(actor=request.user, conversation_id=found.pk)
        elif file := request.FILES.get("picture"):
            grouping.change_picture(actor=request.user, conversation_id=found.pk, file=file)
        else:
            raise PinboardError("Choose a picture first.", code="no_picture", status=422)
    except PinboardError as error:
        return _refused(request, found, error, "picture")
    return done(request, _address(found))


@require_POST
@signed_in
@limited("members", limit=60, seconds=60)
def add_member(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """{people (ids, repeatable), username}: bring them in. {find, look}: look for people."""
    found = visible_conversation(request, conversation_id)
    if "look" in request.POST:
        return show_group(request, found)
    try:
        people = _people(request)
        joining.add_people(actor=request.user, conversation_id=found.pk, people=people)
    except PinboardError as error:
        if not found.is_group:
            raise
        return _refused(request, found, error, "people")
    return done(request, found.get_absolute_url())


def _people(request: SignedInRequest) -> list[Person]:
    """Whom the form names, by number or by username. Raises PinboardError for nobody."""
    asked = request.POST.getlist("people")[:MAX_MEMBERS]
    ids = {read_id(value) or 0 for value in asked}
    username = request.POST.get("username", "").strip().lstrip("@").lower()
    visible = Person.objects.visible_to(request.user)
    people = list(visible.filter(pk__in=ids))
    if len(people) != len(ids):
        raise PinboardError("One of these people cannot be reached.", code="unknown_person")
    if username:
        named = visible.filter(username=username).first()
        if named is None:
            raise PinboardError("There is nobody by that username.", code="unknown_person")
        people.append(named)
    if not people:
        raise PinboardError("Choose at least one person.", code="nobody")
    return people


def _group(request: SignedInRequest, conversation_id: int) -> Conversation:
    """A group one is in. A talk of two has no such page."""
    found = visible_conversation(request, conversation_id)
    return get_object_or_404(
        Conversation.objects.select_related("picture"), pk=found.pk, is_group=True
    )


def _address(found: Conversation) -> str:
    return reverse("messaging:group", args=[found.pk])


def _refused(
    request: SignedInRequest, found: Conversation, error: PinboardError, field: str
) -> HttpResponse:
    if wants_json(request):
        raise error
    return show_group(request, found, error=error.message, field=field, status=422)
