"""One conversation as its page or as the dock's window, for every view that answers with it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from messaging.emoji import QUICK
from messaging.forms import MessageForm, quote_of
from messaging.lists import conversation_row
from messaging.models import Conversation
from messaging.quoting import quote_in_composer
from messaging.showing import everyone_in, show_messages
from messaging.views.placed import place_in, stretch_for, ways_from
from pinboard.pins.cards import PinCard, card_of, with_card_fields
from pinboard.pins.models import Pin
from pinboard.web.answers import render_page
from pinboard.web.numbers import read_id
from pinboard.web.requests import SignedInRequest


def visible_conversation(request: SignedInRequest, conversation_id: int) -> Conversation:
    return get_object_or_404(Conversation.objects.visible_to(request.user), pk=conversation_id)


def show_conversation(
    request: SignedInRequest,
    found: Conversation,
    *,
    whole_page: bool,
    form: MessageForm | None = None,
) -> HttpResponse:
    """form: a bound one whose message was refused; its words stay in the composer."""
    members = everyone_in(found.pk)
    stretch = stretch_for(request, found, read=members[request.user.pk].read)
    row = conversation_row(found, request.user, members.values())
    context: dict[str, Any] = {
        "conversation": row,
        "messages_shown": show_messages(stretch.messages, members=members),
        **ways_from(stretch, url=row.url),
        "at": place_in(request, "at"),
        "unread_from": stretch.unread_from,
        "number": found.counter,
        "read_number": members[request.user.pk].read,
        "form": form or MessageForm(),
        "client_id": uuid.uuid4(),
        "quoted": quote_in_composer(found, request.user, _quoted(request, form)),
        "attached": _attached(request, form),
        "quick": QUICK,
        "may_leave": found.is_group,
    }
    template = "messaging/conversation.html" if whole_page else "messaging/_window.html"
    return render_page(request, template, context, status=422 if form else 200)


def _quoted(request: SignedInRequest, form: MessageForm | None) -> int | None:
    """The message one is about to answer: of a refused message, or of the address (?quote=12)."""
    return form.quote if form else quote_of(request.GET)


def _attached(request: SignedInRequest, form: MessageForm | None) -> list[PinCard]:
    """Pins waiting in the composer: those of a refused message, or of the address (?pin=7)."""
    raw = form.pins if form else request.GET.getlist("pin")
    ids = [pin_id for value in raw[:20] if (pin_id := read_id(value)) is not None]
    if not ids:
        return []
    pins = with_card_fields(Pin.objects.visible_to(request.user)).filter(pk__in=ids)
    return [card_of(pin) for pin in pins]  # the composer shows no marks of the viewer
