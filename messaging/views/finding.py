"""Searching the messages and pins of one's conversations."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from messaging.finding.found import find_messages
from messaging.finding.words import MAX_QUERY, query_words
from messaging.lists import conversation_row
from messaging.models import Conversation
from messaging.showing import everyone_in
from messaging.views.shown import visible_conversation
from pinboard.errors import PinboardError
from pinboard.web.access import signed_in
from pinboard.web.answers import render_page
from pinboard.web.keyset import before_cursor
from pinboard.web.numbers import read_id
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest


@require_safe
@signed_in
@limited("message-search", limit=30, seconds=60, reads=True)
def search(request: SignedInRequest) -> HttpResponse:
    """?q= words, ?in= one conversation, ?cursor= the last result of the page before."""
    query = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:MAX_QUERY]
    within = _within(request)
    page = find_messages(
        request.user,
        query_words(query),
        conversation_id=within.pk if within else None,
        below=before_cursor(request),
    )
    more = {"q": query, **({"in": within.pk} if within else {}), "cursor": page.after}
    context = {
        "asked": query,
        "within": _row(within, request) if within else None,
        "results": page.results,
        "next_url": f"{request.path}?{urlencode(more)}" if page.after else "",
    }
    return render_page(request, "messaging/search.html", context)


def _within(request: SignedInRequest) -> Conversation | None:
    raw = request.GET.get("in", "")
    if not raw:
        return None
    conversation_id = read_id(raw)
    if conversation_id is None:
        raise PinboardError("A conversation is a number.", code="bad_number")
    return visible_conversation(request, conversation_id)


def _row(within: Conversation, request: SignedInRequest) -> object:
    return conversation_row(within, request.user, everyone_in(within.pk).values())
