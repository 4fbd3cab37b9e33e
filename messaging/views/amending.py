"""What one does to a message that was said: react, say it in other words, take it back."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from messaging import amending, reacting
from messaging.emoji import QUICK
from messaging.models import Conversation, Message
from messaging.quoting import quotable
from messaging.showing import message_html, show_messages
from messaging.views.placed import url_at
from messaging.views.shown import visible_conversation
from pinboard.pins.models import Pin
from pinboard.web.access import guests_too, signed_in
from pinboard.web.answers import done, render_page, wants_json
from pinboard.web.numbers import read_id
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest


@require_safe
@signed_in
@guests_too
def acts(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """?message=12: everything one may do with it, as a page; with scripts it is a menu."""
    found = visible_conversation(request, conversation_id)
    message = quotable(found, request.user).filter(pk=_message_id(request)).first()
    if message is None:
        raise Http404
    (shown,) = show_messages([message])
    pins = [str(shared.card.id) for shared in shown.cards if shared.card]
    context = {
        "conversation": {"id": found.pk, "url": found.get_absolute_url()},
        "message": shown,
        "text": message.text,
        "quick": QUICK,
        "is_mine": message.sender_id == request.user.pk,
        "forward_url": f"/messages/new/?{urlencode({'pin': pins}, doseq=True)}" if pins else "",
    }
    return render_page(request, "messaging/acts.html", context)


@require_POST
@signed_in
@guests_too
@limited("react", limit=60, seconds=10)
def react(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """{message, emoji, on: 1 or 0}; without on, what is so is changed."""
    found = visible_conversation(request, conversation_id)
    message = reacting.react(
        actor=request.user,
        conversation_id=found.pk,
        message_id=_message_id(request),
        emoji=request.POST.get("emoji", ""),
        on={"1": True, "0": False}.get(request.POST.get("on", "")),
    )
    return _answer(request, found, message)


@require_POST
@signed_in
@guests_too
@limited("send", limit=30, seconds=10)
def amend(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """{message, text}: the same message in other words."""
    found = visible_conversation(request, conversation_id)
    message = amending.amend(
        actor=request.user,
        conversation_id=found.pk,
        message_id=_message_id(request),
        text=request.POST.get("text", ""),
    )
    return _answer(request, found, message)


@require_POST
@signed_in
@guests_too
@limited("send", limit=30, seconds=10)
def take_back(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """{message}: nothing of it stays but a trace. gone: its pins that went with it."""
    found = visible_conversation(request, conversation_id)
    said = Message.objects.visible_to(request.user).filter(pk=_message_id(request))
    pins = {pk for pk in said.values_list("pins__pin", flat=True) if pk}
    message = amending.take_back(
        actor=request.user, conversation_id=found.pk, message_id=_message_id(request)
    )
    left = Pin.objects.visible_to(request.user).filter(pk__in=pins)
    gone = pins.difference(left.values_list("pk", flat=True))
    return _answer(request, found, message, gone=sorted(gone))


def _answer(
    request: SignedInRequest, found: Conversation, message: Message, **more: object
) -> HttpResponse:
    """For scripts the number of the change and the message as it is now."""
    url = url_at(found, message.number)
    if not wants_json(request):
        return done(request, url)
    (html,) = message_html([message])
    return done(request, url, number=message.changed, place=message.number, html=html, **more)


def _message_id(request: SignedInRequest) -> int:
    """From the body, or from the address: the buttons of a page without scripts."""
    raw = request.POST.get("message") or request.GET.get("message", "")
    return read_id(raw) or 0
