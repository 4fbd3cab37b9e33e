"""Pictures, links and boards brought into a conversation from outside."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from messaging import bringing
from messaging.models import Conversation
from messaging.shown_boards import board_card
from messaging.views.shown import visible_conversation
from pinboard.errors import PinboardError
from pinboard.people.models import Person
from pinboard.pins import drafting
from pinboard.pins.forms import ArrivalForm, UploadForm
from pinboard.pins.models import Board, Draft
from pinboard.web.access import signed_in
from pinboard.web.answers import done, refused, render_page, wants_json
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limited("bring", limit=60, seconds=60)
def bring(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """{pictures: files} or {link, media}: drafts, which wait in the composer until they are sent.

    Scripts get {"drafts": [see draft()]}; a page leads back to the conversation with what was
    stored waiting there.
    """
    found = visible_conversation(request, conversation_id)
    if request.method != "POST":
        return _page(request, found, UploadForm())
    if "link" in request.POST:
        return _bring_link(request, found)
    form = UploadForm(request.POST, request.FILES)
    drafts = _take_files(request, form) if form.is_valid() else []
    if wants_json(request):
        if not drafts:
            sentence = next(iter(form.errors.values()))[0]
            return refused(request, str(sentence), code="invalid", status=422)
        return JsonResponse({"ok": True, "drafts": [_state(draft) for draft in drafts]})
    if form.errors:
        return _page(request, found, form, drafts)
    return redirect(_with_offers(found, drafts))


def _take_files(request: SignedInRequest, form: UploadForm) -> list[Draft]:
    """What became of the files; a sentence on the form for each that is no picture."""
    try:
        drafts, refusals = bringing.bring_files(
            actor=request.user, files=form.cleaned_data["pictures"]
        )
    except PinboardError as error:
        if wants_json(request):
            raise
        form.add_error("pictures", error.message)
        return []
    form.is_waiting = not drafts
    for refusal in refusals:
        words = refusal.message
        form.add_error("pictures", f"{refusal.name}: {words}" if refusal.name else words)
    return drafts


# Fewer than files: each sends us out to a page of somebody's choice.
@limited("bring-link", limit=20, seconds=60)
def _bring_link(request: SignedInRequest, found: Conversation) -> HttpResponse:
    form = ArrivalForm(request.POST)
    if not form.is_valid():
        raise PinboardError(str(form.errors["link"][0]), code="invalid", status=422)
    brought = drafting.Brought(media=form.media_addresses)
    link = form.cleaned_data["link"]
    draft = drafting.draft_from_link(owner=request.user, link=link, brought=brought)
    if wants_json(request):
        draft.refresh_from_db()
        return JsonResponse({"ok": True, "drafts": [_state(draft)]})
    return redirect(draft)


@require_safe
@signed_in
def draft(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """{"id", "state": reading | ready | failed, "error", "offers": [{id, title, picture, alt}]}."""
    found = get_object_or_404(
        Draft.objects.visible_to(request.user).select_related("source"), pk=draft_id
    )
    return JsonResponse(_state(found))


@require_POST
@signed_in
def take_away(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """The bringer wants it no more; its pictures go with it."""
    found = get_object_or_404(Draft.objects.visible_to(request.user), pk=draft_id)
    bringing.take_away(actor=request.user, draft_id=found.pk)
    return done(request, "/messages/")


@require_safe
@signed_in
def find_board(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    """A link to one of our boards that was pasted: {"id", "name", "picture"}."""
    found = get_object_or_404(
        Board.objects.visible_to(request.user),
        owner__in=Person.objects.visible_to(request.user),
        owner__username=username.lower(),
        slug=slug,
    )
    covers = board_card(found).covers
    return JsonResponse(
        {"id": found.pk, "name": found.name, "picture": covers[0].src if covers else ""}
    )


@require_safe
@signed_in
def board(request: SignedInRequest, board_id: int) -> HttpResponse:
    """Where the link to a private board leads: to the board, if one may open it."""
    found = get_object_or_404(
        Board.objects.visible_to(request.user),
        owner__in=Person.objects.visible_to(request.user),
        pk=board_id,
    )
    return redirect(found)


def _state(found: Draft) -> dict[str, Any]:
    offers = bringing.offers_of([found]) if found.state == Draft.State.READY else []
    error = found.error
    if found.state == Draft.State.READY and not offers:
        error = "There is no picture on this page that could be used."
    return {
        "id": found.pk,
        "state": "failed" if error else found.state,
        "error": error,
        "offers": [
            {"id": one.id, "title": one.title, "picture": one.picture.src, "alt": one.alt}
            for one in offers
        ],
    }


def _with_offers(found: Conversation, drafts: list[Draft]) -> str:
    waiting = [("pin", offer.id) for offer in bringing.offers_of(drafts)]
    return f"{found.get_absolute_url()}?{urlencode(waiting)}"


def _page(
    request: SignedInRequest,
    found: Conversation,
    form: UploadForm,
    drafts: list[Draft] | None = None,
) -> HttpResponse:
    context = {
        "conversation": found,
        "upload_form": form,
        "stored": bringing.offers_of(drafts or []),
        "onward_url": _with_offers(found, drafts) if drafts else "",
    }
    return render_page(
        request, "messaging/bring.html", context, status=422 if form.is_bound else 200
    )
