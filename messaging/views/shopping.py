"""The shopping list of a conversation, and which recipes it is for."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from messaging import shopping
from messaging.lists import conversation_row
from messaging.models import Conversation
from messaging.showing import everyone_in
from messaging.views.guest_over import told_when_over
from messaging.views.shown import visible_conversation
from pinboard.errors import PinboardError
from pinboard.pins.recipes import servings_asked
from pinboard.pins.shopping import as_text
from pinboard.web.access import guests_too, signed_in
from pinboard.web.answers import done, render_page
from pinboard.web.numbers import read_id
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest


@require_safe
@told_when_over
@signed_in
@guests_too
def shopping_list(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """?as=text: to be copied."""
    found = visible_conversation(request, conversation_id)
    wanted = shopping.shopping_of(found, viewer=request.user)
    lines = shopping.lines_of(found, wanted.recipes)
    if request.GET.get("as") == "text":
        text = as_text(wanted.recipes, lines)
        return HttpResponse(text, content_type="text/plain; charset=utf-8")
    url = f"{found.get_absolute_url()}shopping/"
    context = {
        **_shared(request, found),
        "wanted": wanted,
        "lines": lines,
        "several": len(wanted.recipes) > 1,
        "is_begun": any(line.is_ticked for line in lines),
        "tick_url": f"{url}tick/",
        "text_url": f"{url}?as=text",
        "next": url,
    }
    return render_page(request, "messaging/shopping.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@guests_too
@limited("tick", limit=120, seconds=60)
def choose(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """{pin, pin, servings-7, servings-9}. ?pin=7&pin=9: chosen on the shelf, to be confirmed."""
    found = visible_conversation(request, conversation_id)
    asked = request.POST if request.method == "POST" else request.GET
    pins = {read_id(raw) or 0 for raw in asked.getlist("pin")[: shopping.MOST_RECIPES]}
    if request.method == "POST":
        servings = {pk: servings_asked(asked.get(f"servings-{pk}", "")) for pk in pins}
        if not all(servings.values()):
            raise PinboardError("Say for how many, from 1 to 500.", code="bad_servings", status=422)
        shopping.choose(actor=request.user, conversation_id=found.pk, servings=servings)
        return done(request, f"{found.get_absolute_url()}shopping/")
    choices = shopping.shopping_of(found, viewer=request.user).choices
    context = {
        **_shared(request, found),
        "choices": [
            (choice.recipe, choice.recipe.pin_id in pins if pins else choice.is_chosen)
            for choice in choices
        ],
    }
    return render_page(request, "messaging/shopping_choose.html", context)


@require_POST
@signed_in
@guests_too
@limited("tick", limit=120, seconds=60)
def tick(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """{tick} or {untick}: the key of a line."""
    found = visible_conversation(request, conversation_id)
    is_on = "tick" in request.POST
    key = request.POST.get("tick" if is_on else "untick", "")
    shopping.tick(actor=request.user, conversation_id=found.pk, key=key, is_on=is_on)
    return done(request, f"{found.get_absolute_url()}shopping/", ticked=is_on)


@require_POST
@signed_in
@guests_too
@limited("tick", limit=120, seconds=60)
def start_over(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    found = visible_conversation(request, conversation_id)
    shopping.start_over(actor=request.user, conversation_id=found.pk)
    return done(request, f"{found.get_absolute_url()}shopping/")


def _shared(request: SignedInRequest, found: Conversation) -> dict[str, Any]:
    members = everyone_in(found.pk)
    row = conversation_row(found, request.user, members.values())
    return {"conversation": row, "url": f"{row.url}shopping/"}
