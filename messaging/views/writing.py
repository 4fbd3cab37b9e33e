"""Saying something, judging, deciding."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from messaging import deciding
from messaging.forms import MessageForm
from messaging.numbers import NotAMember
from messaging.posting import post_message
from messaging.showing import message_html
from messaging.views.placed import done_at
from messaging.views.shown import show_conversation, visible_conversation
from pinboard.errors import PinboardError
from pinboard.web.access import guests_too, signed_in
from pinboard.web.answers import wants_json
from pinboard.web.numbers import read_id
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest


@require_POST
@signed_in
@guests_too
@limited("send", limit=30, seconds=10)
def post(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """Say something. 201 with the message for scripts (200 for a retry), else back to the page.

    The answer is given after the commit: whoever has it may rely on the message.
    """
    form = MessageForm(request.POST)
    try:
        if not form.is_valid():
            error = next(iter(next(iter(form.errors.as_data().values()))))
            raise PinboardError(error.messages[0], code=error.code or "invalid", status=422)
        message, is_new = post_message(
            actor=request.user,
            conversation_id=conversation_id,
            client_id=form.client_id_or_new,
            said=form.said,
        )
    except NotAMember:
        raise
    except PinboardError as error:
        if wants_json(request):
            raise
        if form.is_valid():
            form.add_error("text", error.message)
        found = visible_conversation(request, conversation_id)
        return show_conversation(request, found, whole_page=True, form=form)
    if not wants_json(request):
        return redirect(f"{message.conversation.get_absolute_url()}#message-{message.pk}")
    html = message.html or message_html([message])[0]
    body = {"ok": True, "id": message.pk, "number": message.number, "html": html}
    return JsonResponse(body, status=201 if is_new else 200)


@require_POST
@signed_in
@guests_too
@limited("verdict", limit=60, seconds=10)
def verdict(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """{pin, value: yes|maybe|no|question, or "" to take it back}."""
    found = visible_conversation(request, conversation_id)
    deciding.give_verdict(
        actor=request.user,
        conversation_id=found.pk,
        pin_id=_pin_id(request),
        value=request.POST.get("value", ""),
    )
    return done_at(request, found, pins__pin=_pin_id(request))


@require_POST
@signed_in
@limited("verdict", limit=60, seconds=10)
def decide(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """{pin, reason}: this is what we settle on."""
    found = visible_conversation(request, conversation_id)
    deciding.decide(
        actor=request.user,
        conversation_id=found.pk,
        pin_id=_pin_id(request),
        reason=_reason(request),
    )
    return done_at(request, found, pins__pin=_pin_id(request))


@require_POST
@signed_in
@limited("verdict", limit=60, seconds=10)
def reopen(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """{pin}: take the decision back."""
    found = visible_conversation(request, conversation_id)
    deciding.reopen(actor=request.user, conversation_id=found.pk, pin_id=_pin_id(request))
    return done_at(request, found, pins__pin=_pin_id(request))


def _pin_id(request: SignedInRequest) -> int:
    """From the body, or from the address: the verdict buttons of a page without scripts."""
    raw = request.POST.get("pin") or request.GET.get("pin", "")
    return read_id(raw) or 0


def _reason(request: SignedInRequest) -> str:
    """Why. Without scripts every card's reason comes along, each under its pin's number."""
    given = [request.POST.get("reason", ""), *request.POST.getlist(f"reason-{_pin_id(request)}")]
    return next((reason for reason in given if reason.strip()), "")
