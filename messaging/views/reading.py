"""The list, one conversation as a page or a window, its changes, the tray."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from messaging.changes import changes_after, latest_messages, mark_read, unread_counts
from messaging.forms import MessageForm
from messaging.lists import (
    RECENT,
    close_people,
    conversation_row,
    conversation_rows,
    find_people,
)
from messaging.models import Conversation, Member
from messaging.showing import everyone_in, message_html, show_messages
from pinboard.errors import PinboardError
from pinboard.pins.cards import cards_for, with_card_fields
from pinboard.pins.models import Pin
from pinboard.web.access import signed_in
from pinboard.web.answers import done, render_page
from pinboard.web.requests import SignedInRequest


@require_safe
@signed_in
def listing(request: SignedInRequest) -> HttpResponse:
    rows = conversation_rows(request.user)
    return render_page(request, "messaging/list.html", {"conversations": rows})


@require_safe
@signed_in
def conversation(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    found = visible_conversation(request, conversation_id)
    return show_conversation(request, found, whole_page=True)


@require_safe
@signed_in
def window(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """The same conversation as a part of another page: the dock's window."""
    found = visible_conversation(request, conversation_id)
    return show_conversation(request, found, whole_page=False)


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
    before = _number(request, "before")
    messages, has_older = latest_messages(found, viewer=request.user, before=before)
    members = everyone_in(found.pk)
    row = conversation_row(found, request.user, members.values())
    context: dict[str, Any] = {
        "conversation": row,
        "messages_shown": show_messages(messages, members=members),
        "older_url": f"{row.url}?before={messages[0].number}" if has_older else "",
        "newer_url": row.url if before is not None else "",
        "number": found.counter,
        "read_number": members[request.user.pk].read,
        "form": form or MessageForm(),
        "client_id": uuid.uuid4(),
        "attached": _attached(request, form),
        "may_leave": found.is_group,
    }
    template = "messaging/conversation.html" if whole_page else "messaging/_window.html"
    return render_page(request, template, context, status=422 if form else 200)


def _read_number(found: Conversation, request: SignedInRequest) -> int:
    mine = Member.objects.filter(conversation=found, person=request.user)
    return mine.values_list("read", flat=True).first() or 0


def _attached(request: SignedInRequest, form: MessageForm | None) -> list[Any]:
    """Pins waiting in the composer: those of a refused message, or of the address (?pin=7)."""
    raw = form.pins if form else request.GET.getlist("pin")
    ids = [int(value) for value in raw[:20] if value.isdecimal() and len(value) < 19]
    if not ids:
        return []
    pins = with_card_fields(Pin.objects.visible_to(request.user)).filter(pk__in=ids)
    return cards_for(pins, viewer=request.user)


@require_safe
@signed_in
def changes(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """Everything that changed after ?after=n, as JSON: how a tab catches up.

    {"number": ask again after this, "more": whether to ask at once, "read": ...,
     "messages": [{"number", "place", "html"}]} in the order of their last change.
    """
    found = visible_conversation(request, conversation_id)
    page = changes_after(found, viewer=request.user, number=_number(request, "after") or 0)
    messages = [
        {"number": message.changed, "place": message.number, "html": html}
        for message, html in zip(page.messages, message_html(page.messages), strict=True)
    ]
    return JsonResponse(
        {
            "number": page.number,
            "more": page.more,
            "read": _read_number(found, request),
            "messages": messages,
        }
    )


@require_POST
@signed_in
def read(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """{number}: everything up to it is read. Answers where the mark stands now."""
    found = visible_conversation(request, conversation_id)
    raw = request.POST.get("number", "")
    if not raw.isdecimal():
        raise PinboardError("A place in a conversation is a number.", code="bad_number")
    stands = mark_read(person=request.user, conversation=found, number=int(raw))
    return done(request, found.get_absolute_url(), number=stands)


@require_safe
@signed_in
def unread(request: SignedInRequest) -> HttpResponse:
    """Counts for the badges of every tab: {"total", "conversations": {id: count}}."""
    counts = unread_counts(request.user)
    return JsonResponse({"total": sum(counts.values()), "conversations": counts})


@require_safe
@signed_in
def tray(request: SignedInRequest) -> HttpResponse:
    """Recent conversations and people: to open, to send to, to drop on. ?find=ti narrows."""
    find = request.GET.get("find", "").strip()[:60]
    rows = conversation_rows(request.user, limit=RECENT if not find else 40)
    if find:
        rows = [row for row in rows if find.lower() in row.title.lower()]
    people = find_people(request.user, find) if find else close_people(request.user)
    # Somebody whose talk of two is listed above need not be there a second time.
    listed = {person.id for row in rows if not row.is_group for person in row.people}
    people = [person for person in people if person.id not in listed]
    context = {"conversations": rows, "people": people, "pin": None}
    return render_page(request, "messaging/_tray.html", context)


def _number(request: SignedInRequest, name: str) -> int | None:
    """A number of the address. Raises PinboardError for nonsense."""
    raw = request.GET.get(name, "")
    if not raw:
        return None
    if not (raw.isascii() and raw.isdigit()) or int(raw) >= 2**63:
        raise PinboardError("A place in a conversation is a number.", code="bad_number")
    return int(raw)
