"""One pin: its page, its words, its way to the source, its marks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pinboard.errors import PinboardError
from pinboard.people.models import unblocked
from pinboard.pins import saving
from pinboard.pins.cards import cards_for, marks_of, with_card_fields
from pinboard.pins.details import details_of
from pinboard.pins.forms import PinForm
from pinboard.pins.freshness.state import state_of
from pinboard.pins.models import Pin, Save
from pinboard.pins.playing import player_of
from pinboard.pins.recipes import cooking_of
from pinboard.pins.related import related_pins
from pinboard.web.access import guests_too, signed_in
from pinboard.web.answers import done, posted, render_page, wants_json
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest

SHOWN_SAVERS = 6
MAX_MARKS = 200


@require_safe
@guests_too
def pin(request: HttpRequest, pin_id: int) -> HttpResponse:
    """?servings=6: a recipe's ingredients for so many."""
    viewer = request.user
    visible = with_card_fields(Pin.objects.visible_to(viewer)).select_related("maker__face")
    found = get_object_or_404(visible, pk=pin_id)
    savers, saver_count = _savers(request, found)
    shown, *related = cards_for([found, *related_pins(found, viewer=viewer)], viewer=viewer)
    context = {
        "pin": found,
        "card": shown,
        "details": details_of(found.source) if found.source else None,
        "cooking": cooking_of(found.source, asked=request.GET.get("servings", ""))
        if found.source
        else None,
        "player": player_of(found.source, own_host=request.get_host()) if found.source else None,
        "maker_face": found.maker.face_url,
        "savers": savers,
        "saver_count": saver_count,
        "related": related,
        "page": {"next_url": ""},
        "may_edit": found.maker_id == viewer.pk,
        "source_state": state_of(found.source) if found.source else None,
    }
    return render_page(request, "pins/pin.html", context)


def _savers(request: HttpRequest, pin: Pin) -> tuple[list[dict[str, Any]], int]:
    """Who keeps this pin on a board the viewer may see, newest first, and how many people."""
    saves = list(
        Save.objects.visible_to(request.user)
        .filter(unblocked(request.user, "saver"), pin=pin)
        .select_related("saver__face", "board__owner")
        .order_by("-pk")[:100]
    )
    shown = [
        {
            "name": save.saver.display_name,
            "url": f"/@{save.saver.username}/",
            "face": save.saver.face_url,
            "note": save.note,
            "board_name": save.board.name,
            "board_url": f"/@{save.board.owner.username}/{save.board.slug}/",
        }
        for save in saves[:SHOWN_SAVERS]
    ]
    return shown, len({save.saver_id for save in saves})


@require_safe
@guests_too
def card(request: HttpRequest, pin_id: int) -> HttpResponse:
    """The card alone, for a script that wants to show this pin."""
    found = get_object_or_404(with_card_fields(Pin.objects.visible_to(request.user)), pk=pin_id)
    (shown,) = cards_for([found], viewer=request.user)
    return render_page(request, "pins/_pin_card.html", {"card": shown})


@require_safe
@guests_too
@limited("visit", limit=60, seconds=60, reads=True)
def visit(request: HttpRequest, pin_id: int) -> HttpResponse:
    """On to the source: only ever to the address stored with the pin.

    Counting here is the one thing a GET of ours changes; it says nothing about who went. A HEAD
    only asks where it would go.
    """
    found = get_object_or_404(
        Pin.objects.visible_to(request.user).select_related("source"), pk=pin_id
    )
    if found.source is None:
        raise Http404
    if request.method != "HEAD":
        Pin.objects.filter(pk=found.pk).update(visit_count=F("visit_count") + 1)
    return HttpResponseRedirect(found.source.url)


@require_safe
@signed_in
def marks(request: SignedInRequest) -> HttpResponse:
    """Which of ?pin=1&pin=2 the viewer saved or marked: for cards drawn once for everybody."""
    try:
        ids = [int(value) for value in request.GET.getlist("pin")[:MAX_MARKS]]
    except ValueError:
        raise PinboardError("A pin is named by its number.", code="bad_pin") from None
    ids = [pk for pk in ids if 0 < pk < 2**63]
    saved, favourites = marks_of(request.user, ids)
    return JsonResponse({"saved": sorted(saved), "favourites": sorted(favourites)})


@require_POST
@signed_in
def favourite(request: SignedInRequest, pin_id: int) -> HttpResponse:
    found = get_object_or_404(Pin.objects.visible_to(request.user), pk=pin_id)
    saving.favourite(actor=request.user, pin=found)
    return done(request, found.get_absolute_url(), favourite=True)


@require_POST
@signed_in
def unfavourite(request: SignedInRequest, pin_id: int) -> HttpResponse:
    found = get_object_or_404(Pin.objects.visible_to(request.user), pk=pin_id)
    saving.unfavourite(actor=request.user, pin=found)
    return done(request, found.get_absolute_url(), favourite=False)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: SignedInRequest, pin_id: int) -> HttpResponse:
    found = own_pin(request, pin_id)
    form = PinForm(posted(request), instance=found)
    if request.method == "POST" and form.is_valid():
        saving.change_pin(pin=found, **form.cleaned_data)
        return redirect(found)
    (shown,) = cards_for([found], viewer=request.user)
    context = {"pin": found, "card": shown, "form": form}
    return render_page(request, "pins/edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def delete(request: SignedInRequest, pin_id: int) -> HttpResponse:
    found = own_pin(request, pin_id)
    if request.method == "POST":
        saving.delete_pin(pin=found)
        if not wants_json(request):
            messages.success(request, "The pin is deleted.")
        return done(request, request.user.get_absolute_url())
    (shown,) = cards_for([found], viewer=request.user)
    return render_page(request, "pins/delete.html", {"pin": found, "card": shown})


def own_pin(request: SignedInRequest, pin_id: int) -> Pin:
    """A pin the viewer may see (else 404) and made (else 403)."""
    found = get_object_or_404(with_card_fields(Pin.objects.visible_to(request.user)), pk=pin_id)
    if found.maker_id != request.user.pk:
        raise PinboardError(
            "Only the person who made this pin can change it.", code="not_yours", status=403
        )
    return found
