"""Mute and archive, and their ways back; how far others have read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from messaging import calm
from messaging.lists import conversation_rows
from messaging.receipts import receipts_in
from messaging.views.shown import visible_conversation
from pinboard.web.access import guests_too, signed_in
from pinboard.web.answers import done, render_page, wants_json
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest


def _switch(deed: Callable[..., None], notice: str) -> Callable[..., HttpResponse]:
    """A view that does one deed. notice: what is said without scripts, which offer to undo it."""

    @require_POST
    @signed_in
    @limited("calm", limit=60, seconds=60)
    def view(request: SignedInRequest, conversation_id: int) -> HttpResponse:
        found = visible_conversation(request, conversation_id)
        deed(actor=request.user, conversation=found)
        if not wants_json(request):
            messages.success(request, notice)
        return done(request, "/messages/")

    return view


mute = _switch(calm.mute, "Muted. It makes no noise, and stays in your list.")
unmute = _switch(calm.unmute, "You hear of it again.")
archive = _switch(calm.archive, "Archived. It comes back when something is said.")
unarchive = _switch(calm.unarchive, "Back in your list.")


@require_safe
@signed_in
def archived(request: SignedInRequest) -> HttpResponse:
    rows = conversation_rows(request.user, archived=True)
    return render_page(request, "messaging/archived.html", {"conversations": rows})


@require_safe
@signed_in
@guests_too
def receipts(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """{"receipts": [{person_id, name, face, number}]}: asked after a lost connection."""
    found = visible_conversation(request, conversation_id)
    shown = receipts_in(found, viewer=request.user)
    return JsonResponse({"receipts": [asdict(receipt) for receipt in shown]})
