"""Requests: who asks, what they say, and the answer."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from messaging import requesting
from messaging.forms import MessageForm
from messaging.models import Member, Message
from messaging.posting import post_message
from pinboard.errors import PinboardError
from pinboard.people.models import Person
from pinboard.pins.models import Pin
from pinboard.web.access import signed_in
from pinboard.web.answers import done, render_page, wants_json
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One message of a request: words, and pins by their titles. No pictures, no live links."""

    id: int
    sender_id: int
    sender_name: str
    text: str
    pins: Sequence[tuple[str, str]]
    more: str
    time: datetime


@require_safe
@signed_in
def listing(request: SignedInRequest) -> HttpResponse:
    """Name and face of whoever asks; nothing of what they say."""
    waiting = list(requesting.requests_of(request.user)[:100])
    context = {"requests": _askers(waiting)}
    return render_page(request, "messaging/requests.html", context)


@require_safe
@signed_in
def request_page(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    waiting = _waiting(request, conversation_id)
    (asker,) = _askers([waiting])
    context: dict[str, Any] = {
        "asker": asker,
        "lines": _lines(waiting, request.user),
        "client_id": uuid.uuid4(),
    }
    return render_page(request, "messaging/request.html", context)


@require_POST
@signed_in
@limited("send", limit=30, seconds=10)
def accept(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """{text, client_id}: let it be a conversation; with words, answer at once."""
    waiting = _waiting(request, conversation_id)
    form = MessageForm(request.POST)
    url = waiting.conversation.get_absolute_url()
    with transaction.atomic():
        requesting.accept(actor=request.user, conversation_id=conversation_id)
        if request.POST.get("text", "").strip():
            if not form.is_valid():
                error = next(iter(next(iter(form.errors.as_data().values()))))
                raise PinboardError(error.messages[0], code=error.code or "invalid", status=422)
            post_message(
                actor=request.user,
                conversation_id=conversation_id,
                client_id=form.client_id_or_new,
                said=form.said,
            )
    return done(request, url, conversation=conversation_id, url=url)


@require_POST
@signed_in
@limited("calm", limit=60, seconds=60)
def delete(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """Gone from one's own list; whoever asked is not told."""
    _waiting(request, conversation_id)
    requesting.delete(actor=request.user, conversation_id=conversation_id)
    if not wants_json(request):
        messages.success(request, "Deleted. Nobody was told.")
    return done(request, "/messages/requests/")


def redirect_if_asked(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """To whom it is a request, its address leads to the request. Raises Http404 for others."""
    if not requesting.requests_of(request.user).filter(conversation=conversation_id).exists():
        raise Http404
    return redirect("messaging:request", conversation_id)


def _waiting(request: SignedInRequest, conversation_id: int) -> Member:
    return get_object_or_404(requesting.requests_of(request.user), conversation=conversation_id)


def _askers(waiting: Sequence[Member]) -> list[dict[str, Any]]:
    """Who asks, with each request's address. Whoever is gone by now asks nothing."""
    ids = {requesting.asker_of(member) for member in waiting}
    people = Person.objects.filter(pk__in=ids).select_related("face").in_bulk()
    return [
        {
            "conversation": member.conversation_id,
            "is_group": member.conversation.is_group,
            "time": member.joined,
            "person": people[requesting.asker_of(member)],
        }
        for member in waiting
        if requesting.asker_of(member) in people
    ]


def _lines(waiting: Member, viewer: Person) -> list[SaidLine]:
    said = requesting.words_of(waiting)
    pin_ids = {share.pin_id for message in said for share in message.pins.all()}
    seen = Pin.objects.visible_to(viewer).filter(pk__in=[pk for pk in pin_ids if pk]).in_bulk()
    return [_line(message, seen) for message in said]


def _line(message: Message, seen: dict[int, Pin]) -> SaidLine:
    pins = [
        (pin.title or "A pin", pin.get_absolute_url()) if pin else ("A pin", "")
        for pin in (seen.get(share.pin_id or 0) for share in message.pins.all())
    ]
    more = "A search" if message.search else "A board" if message.board_id else ""
    return SaidLine(
        id=message.pk,
        sender_id=message.sender_id,
        sender_name=message.sender.display_name,
        text=message.text,
        pins=pins,
        more=more,
        time=message.created,
    )
