"""One conversation as its page or as the dock's window, for every view that answers with it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Exists
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from messaging.blocking import closed_of, with_blocks
from messaging.bringing import Offer, visible_offers
from messaging.emoji import QUICK
from messaging.forms import MessageForm, pins_in, quote_of
from messaging.lists import conversation_row
from messaging.models import Conversation, Member
from messaging.polling import close_due, due_polls
from messaging.quoting import quote_in_composer
from messaging.receipts import receipts_among
from messaging.requesting import MOST_SAID
from messaging.showing import everyone_in, show_messages
from messaging.views.placed import place_in, stretch_for, ways_from
from pinboard.people.models import Person
from pinboard.pins.cards import PinCard, card_of, with_card_fields
from pinboard.pins.models import Pin
from pinboard.web.answers import render_page
from pinboard.web.requests import SignedInRequest


def visible_conversation(request: SignedInRequest, conversation_id: int) -> Conversation:
    """Raises Http404. has_due_poll: whether one of its polls is to be closed (see_to_polls)."""
    seen = Conversation.objects.visible_to(request.user).annotate(has_due_poll=Exists(due_polls()))
    return get_object_or_404(with_blocks(seen, request.user), pk=conversation_id)


def see_to_polls(found: Conversation) -> None:
    """Close what is due before it is shown. found: from visible_conversation."""
    if getattr(found, "has_due_poll", True) and close_due(found):
        found.refresh_from_db(fields=["counter"])


def show_conversation(
    request: SignedInRequest,
    found: Conversation,
    *,
    whole_page: bool,
    form: MessageForm | None = None,
) -> HttpResponse:
    """form: a bound one whose message was refused; its words stay in the composer."""
    see_to_polls(found)
    members = everyone_in(found.pk)
    mine = members.get(request.user.pk)
    if mine is None or mine.left:
        raise Http404  # put out since it was asked for
    stretch = stretch_for(request, found, read=mine.read)
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
        "attached": _attached(request, form),
        "quoted": quote_in_composer(found, request.user, _quoted(request, form)),
        "may_leave": found.is_group,
        **_company(found, request.user, members),
        "quick": QUICK,
    }
    template = "messaging/conversation.html" if whole_page else "messaging/_window.html"
    return render_page(request, template, context, status=422 if form else 200)


def _company(found: Conversation, viewer: Person, members: Mapping[int, Member]) -> dict[str, Any]:
    """What _window.html needs of those who are here: who has read, who waits, who ended it."""
    closed = closed_of(found)
    others = [one for pk, one in members.items() if one.left is None and pk != viewer.pk]
    return {
        "receipts": [] if closed else receipts_among(others, viewer=viewer),
        "is_blocked": bool(closed),
        "blocked_username": others[0].person.username if closed.by_viewer and others else "",
        "is_unanswered": bool(others) and not any(one.accepted for one in others),
        "most_said": MOST_SAID,
        "is_muted": members[viewer.pk].muted,
    }


def _quoted(request: SignedInRequest, form: MessageForm | None) -> int | None:
    """The message one is about to answer: of a refused message, or of the address (?quote=12)."""
    return form.quote if form else quote_of(request.GET)


def _attached(request: SignedInRequest, form: MessageForm | None) -> list[PinCard | Offer]:
    """Pins waiting in the composer: those of a refused message, or of the address (?pin=7)."""
    raw = form.pins if form else request.GET.getlist("pin")
    ids, offers = pins_in(raw[:20])
    brought = visible_offers(request.user, offers) if offers else []
    if not ids:
        return [*brought]
    pins = with_card_fields(Pin.objects.visible_to(request.user)).filter(pk__in=ids)
    # The composer shows no marks of the viewer.
    return [*(card_of(pin) for pin in pins), *brought]
