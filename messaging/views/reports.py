"""Reporting a message, or a request, to the keepers of this place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from messaging import reporting, requesting
from messaging.models import Message, Report
from messaging.views.shown import visible_conversation
from pinboard.errors import PinboardError
from pinboard.web.access import guests_too, signed_in
from pinboard.web.answers import done, render_page, wants_json
from pinboard.web.numbers import read_id
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest

THANKS = "Thank you. Somebody will look at it soon."


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@guests_too
@limited("report", limit=20, seconds=3600)
def of_message(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """?message=12: the form; {message, reason, words}: the report."""
    found = visible_conversation(request, conversation_id)
    raw = request.POST.get("message") or request.GET.get("message", "")
    said = Message.objects.visible_to(request.user).filter(
        conversation=found, kind=Message.Kind.SAID, removed__isnull=True
    )
    message = get_object_or_404(
        said.exclude(sender=request.user).select_related("sender"), pk=read_id(raw) or 0
    )

    def report(reason: str, words: str) -> Report:
        return reporting.report_message(
            actor=request.user, message=message, reason=reason, words=words
        )

    return _page_or_report(request, message, report, back=found.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limited("report", limit=20, seconds=3600)
def of_request(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """The form, and {reason, words}: everything said in the request goes with it."""
    waiting = get_object_or_404(requesting.requests_of(request.user), conversation=conversation_id)
    said = requesting.words_to_report(waiting)
    if not said:
        raise Http404

    @transaction.atomic
    def report(reason: str, words: str) -> Report:
        made = reporting.report_request(
            actor=request.user, conversation_id=conversation_id, reason=reason, words=words
        )
        requesting.delete(actor=request.user, conversation_id=conversation_id)
        return made

    return _page_or_report(request, said[-1], report, back="/messages/requests/")


def _page_or_report(
    request: SignedInRequest, message: Message, report: Callable[[str, str], Report], *, back: str
) -> HttpResponse:
    error = ""
    if request.method == "POST":
        try:
            report(request.POST.get("reason", ""), request.POST.get("words", ""))
        except PinboardError as refusal:
            if wants_json(request) or refusal.status == 404:
                raise
            error = refusal.message
        else:
            if not wants_json(request):
                messages.success(request, THANKS)
            return done(request, back)
    context: dict[str, Any] = {
        "message": message,
        "sender_name": message.sender.display_name,
        "reasons": reporting.REASONS.items(),
        "chosen": request.POST.get("reason", ""),
        "words": request.POST.get("words", "")[: reporting.MOST_WORDS],
        "error": error,
        "back": back,
    }
    return render_page(request, "messaging/report.html", context, status=422 if error else 200)
