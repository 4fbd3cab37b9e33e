"""Polls: asking, voting, closing early."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Max
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from messaging import polling
from messaging.bringing import Offer, visible_offers
from messaging.forms import PollForm, pins_in
from messaging.models import Conversation, Message, MessagePin
from messaging.numbers import NotAMember
from messaging.posting import post_message
from messaging.showing import message_html
from messaging.views.placed import done_at
from messaging.views.shown import visible_conversation
from pinboard.errors import PinboardError
from pinboard.pins.cards import PinCard, card_of, with_card_fields
from pinboard.pins.models import Pin
from pinboard.web.access import guests_too, signed_in
from pinboard.web.answers import posted, refused, render_page, wants_json
from pinboard.web.numbers import read_id
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest

# Pins of the conversation that are offered as choices, the last shared first; and as many chosen.
OFFERED = 24


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limited("send", limit=30, seconds=10)
def new(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """The form, and the asking. ?pin=7: already chosen. Scripts are answered as by post/."""
    found = visible_conversation(request, conversation_id)
    form = PollForm(posted(request))
    if request.method != "POST":
        return _page(request, found, form)
    try:
        if not form.is_valid():
            error = next(iter(next(iter(form.errors.as_data().values()))))
            raise PinboardError(error.messages[0], code=error.code or "invalid", status=422)
        message, is_new = post_message(
            actor=request.user,
            conversation_id=found.pk,
            client_id=form.client_id_or_new,
            said=form.said,
        )
    except NotAMember:
        raise
    except PinboardError as error:
        if wants_json(request):
            return refused(request, error.message, code=error.code, status=error.status)
        if form.is_valid():
            form.add_error(None, error.message)
        return _page(request, found, form)
    if not wants_json(request):
        return redirect(f"{found.get_absolute_url()}#message-{message.pk}")
    (html,) = message_html([message])
    body = {"ok": True, "id": message.pk, "number": message.number, "html": html}
    return JsonResponse(body, status=201 if is_new else 200)


@require_POST
@signed_in
@guests_too
@limited("verdict", limit=60, seconds=10)
def vote(request: SignedInRequest, conversation_id: int, poll_id: int) -> HttpResponse:
    """{choice}: vote for it instead of any other; without one, take the vote back."""
    found = visible_conversation(request, conversation_id)
    raw = request.POST.get("choice", "")
    choice = (read_id(raw) or 0) if raw else None
    polling.close_due(found)
    polling.vote(actor=request.user, conversation_id=found.pk, poll_id=poll_id, choice_id=choice)
    return done_at(request, found, poll=poll_id)


@require_POST
@signed_in
@limited("verdict", limit=60, seconds=10)
def close(request: SignedInRequest, conversation_id: int, poll_id: int) -> HttpResponse:
    found = visible_conversation(request, conversation_id)
    polling.close_early(actor=request.user, conversation_id=found.pk, poll_id=poll_id)
    return done_at(request, found, poll=poll_id)


def _page(request: SignedInRequest, found: Conversation, form: PollForm) -> HttpResponse:
    chosen = (form.pins if form.is_bound else request.GET.getlist("pin"))[:OFFERED]
    context: dict[str, Any] = {
        "conversation": found,
        "form": form,
        "client_id": uuid.uuid4(),
        "choices": [
            {"card": card, "chosen": str(card.id) in chosen}
            for card in _choices(request, found, chosen)
        ],
    }
    # The script shows the same form above the conversation.
    template = "messaging/_poll_form.html" if "part" in request.GET else "messaging/poll.html"
    return render_page(request, template, context, status=422 if form.is_bound else 200)


def _choices(
    request: SignedInRequest, found: Conversation, chosen: list[str]
) -> list[PinCard | Offer]:
    """What one may ask about: what was chosen already, then the last pins shared here."""
    ids, offers = pins_in(chosen)
    seen = Message.objects.visible_to(request.user).filter(conversation=found)
    shared = (
        MessagePin.objects.filter(message__in=seen, pin__isnull=False)
        .order_by()
        .values("pin")
        .annotate(newest=Max("message__number"))
        .order_by("-newest")
    )
    ids += [row["pin"] for row in shared[:OFFERED]]
    pins = with_card_fields(Pin.objects.visible_to(request.user)).in_bulk(ids)
    unique = [pin for pk in dict.fromkeys(ids) if (pin := pins.get(pk))]
    return [*visible_offers(request.user, offers), *(card_of(pin) for pin in unique)]
