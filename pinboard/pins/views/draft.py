"""A draft's page: what was found, to choose from, to name, and where it goes.

Works without JavaScript; with it, the page hears when a reading is done instead of asking again.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import resolve
from django.views.decorators.http import require_http_methods

from pinboard.errors import PinboardError
from pinboard.pins import drafting, saving
from pinboard.pins.before import saved_of_page, saved_of_pictures
from pinboard.pins.covers import newest_covers
from pinboard.pins.facts import facts_of
from pinboard.pins.forms import ArrivalForm, OfferForm, SaveForm, UploadForm
from pinboard.pins.models import Board, Draft, DraftPicture, Save
from pinboard.pins.views.ways import create_page, layout_of
from pinboard.web.access import signed_in
from pinboard.web.answers import render_page
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest

CHOSEN_BEFORE = "The pictures you had chosen are here now. Look at them, then pin them all."


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limited("draft", limit=60, seconds=60)
def draft(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """A draft: being read, failed (the link can be mended), or ready to become pins."""
    found = get_object_or_404(
        Draft.objects.visible_to(request.user).select_related("source"), pk=draft_id
    )
    if found.state == Draft.State.PINNED:
        return _pinned(request, found)
    if found.state == Draft.State.READING:
        context = {"draft": found, "layout": layout_of(found.is_small)}
        return render_page(request, "pins/reading.html", context)
    if found.state == Draft.State.FAILED:
        return _mend(request, found)
    if request.POST.get("way") in ("upload", "media") or request.FILES:
        return _add(request, found)
    if request.method == "POST":
        return _finish(request, found.pk)
    return draft_page(request, found)


def _add(request: SignedInRequest, found: Draft) -> HttpResponse:
    """More pictures: {way: upload, pictures} or {way: media, media: addresses}; files in any case.

    It must not cost what was already typed about the others.
    """
    way = request.POST.get("way")
    upload_form = UploadForm()
    if way == "upload" or request.FILES:
        upload_form = UploadForm(request.POST, request.FILES)
        if upload_form.is_valid():
            take_files(request, upload_form, found)
            if not way and not upload_form.errors:
                messages.info(request, CHOSEN_BEFORE)
    if way == "media":
        try:
            drafting.add_from_web(found, request.POST.getlist("media"))
        except PinboardError as error:
            messages.error(request, error.message)
    return draft_page(
        request,
        found,
        offers=_offers(found, request.POST),
        place=SaveForm(initial=request.POST.dict(), viewer=request.user),
        upload_form=upload_form,
    )


def _mend(request: SignedInRequest, found: Draft) -> HttpResponse:
    """Its page could not be read: the form again, with why, and with all that had come along.

    Pictures that are added there ({way: upload, pictures}) lead to the page all the same.
    """
    upload_form = UploadForm()
    if request.POST.get("way") == "upload" or request.FILES:
        upload_form = UploadForm(request.POST, request.FILES)
        if upload_form.is_valid():
            take_files(request, upload_form, found)
    if request.method == "POST" and found.offers.exists():
        drafting.keep_unread(found)
        found.refresh_from_db()
        return draft_page(request, found, upload_form=upload_form)
    data = QueryDict(mutable=True)
    data.setlist("media", [one["url"] for one in found.wanted])
    words = {"link": found.link, "title": found.title, "description": found.description}
    data.update({**words, "small": "on" if found.is_small else ""})
    link_form = ArrivalForm(data)
    link_form.add_error("link", found.error)
    return create_page(request, link_form, upload_form, failed=found)


def _pinned(request: SignedInRequest, found: Draft) -> HttpResponse:
    """Where it led; the small window stays small, and says so."""
    if not found.is_small:
        return redirect(found.led_to)
    made = resolve(found.led_to).kwargs
    mine = Save.objects.filter(saver=request.user, pin=made.get("pin_id") or 0)
    places = Q(saves__in=mine) | Q(owner__username=made.get("username"), slug=made.get("slug"))
    board = Board.objects.visible_to(request.user).filter(places).order_by("-used").first()
    pictures = [save.pin.picture.card_picture for save in mine.select_related("pin__picture")[:1]]
    if board and not pictures:
        pictures = newest_covers([board], viewer=request.user, each=3)[board.pk]
    context = {
        "layout": layout_of(is_small=True),
        "url": found.led_to,
        "pictures": pictures,
        "board": board,
    }
    return render_page(request, "pins/pinned.html", context)


def take_files(
    request: SignedInRequest, form: UploadForm, draft: Draft | None = None
) -> Draft | None:
    """Offer the uploaded files; a sentence on the form for each that is no picture."""
    files = form.cleaned_data["pictures"]
    try:
        draft, refusals = drafting.draft_from_files(owner=request.user, files=files, draft=draft)
    except PinboardError as error:
        form.add_error("pictures", error.message)
        return draft
    # The good ones lie in the draft, and the others would only be refused again.
    form.is_waiting = draft is None
    for refusal in refusals:
        form.add_error("pictures", f"{refusal.name}: {refusal.message}")
    return draft


@transaction.atomic
def _finish(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """Make pins of the pictures that were taken, all on one board, and end the draft.

    The draft is held before its pictures are looked at: of two forms sent at the same moment
    the second one waits, and is led to what the first one made.
    """
    held = get_object_or_404(Draft.objects.select_for_update(), pk=draft_id)
    if held.state == Draft.State.PINNED:
        return redirect(held if held.is_small else held.led_to)
    place = SaveForm(request.POST, viewer=request.user)
    offers = _offers(held, request.POST)
    taken = [(offer, form) for offer, form in offers if _is_taken(form)]
    if place.is_valid() and not taken:
        place.add_error(None, "Choose at least one picture.")
    if place.is_valid() and all(form.is_valid() for _, form in offers if form.is_bound):
        try:
            with transaction.atomic():
                return redirect(_make_pins(request, held, taken, place))
        except PinboardError as error:
            place.add_error("board", error.message)
    return draft_page(request, held, offers=offers, place=place)


def _is_taken(form: OfferForm) -> bool:
    return form.is_valid() and bool(form["take"].value())


def _make_pins(
    request: SignedInRequest,
    held: Draft,
    taken: list[tuple[DraftPicture, OfferForm]],
    place: SaveForm,
) -> str:
    """The address of what was made: the pin, or the board of several."""
    board, section = place.place(new_first=True)
    pins = [
        saving.make_pin(
            owner=request.user,
            picture=offer.picture,
            board=board,
            section=section,
            source=held.source,
            note=place.cleaned_data["note"],
            title=form.cleaned_data["title"],
            description=form.cleaned_data["description"],
            alt=form.cleaned_data["alt"],
        )
        for offer, form in taken
    ]
    made = pins[0] if len(pins) == 1 else board
    drafting.end(held, led_to=made.get_absolute_url())
    return held.get_absolute_url() if held.is_small else held.led_to


def _offers(found: Draft, data: Any = None) -> list[tuple[DraftPicture, OfferForm]]:
    """Each offered picture with its form; of a page only the best is taken to begin with.

    data: what was posted; pictures that were added since are not in it and begin fresh.
    """
    title, description = _words(found)
    offers = list(found.offers.select_related("picture"))
    return [
        (
            offer,
            OfferForm(
                data if data and f"p{offer.pk}-title" in data else None,
                prefix=f"p{offer.pk}",
                initial={
                    # Of a page the best to begin with; what was just added is meant.
                    "take": index == 0 or not found.link or bool(data),
                    "title": title,
                    "description": description,
                    "alt": offer.alt,
                },
            ),
        )
        for index, offer in enumerate(offers)
    ]


def _words(found: Draft) -> tuple[str, str]:
    """Title and description to begin with: the page's title, and what somebody chose to say."""
    reading = found.source.reading if found.source else {}
    title = str(reading.get("title", ""))
    if not title or reading.get("origins", {}).get("title") == "link":
        title = found.title or title
    return title[:200], (found.description or str(reading.get("description", "")))[:2000]


def _suggesting(place: SaveForm, found: Draft) -> SaveForm:
    place.suggest(" ".join(_words(found)), found.source.site_name if found.source else "")
    return place


def draft_page(
    request: SignedInRequest,
    found: Draft,
    *,
    offers: list[tuple[DraftPicture, OfferForm]] | None = None,
    place: SaveForm | None = None,
    upload_form: UploadForm | None = None,
) -> HttpResponse:
    source = found.source
    bound = bool((place and place.is_bound) or (upload_form and upload_form.errors))
    shown = offers if offers is not None else _offers(found)
    pictures = [offer.picture for offer, _ in shown]
    known = saved_of_pictures(request.user, pictures)
    told = {before.pin_id for before in known.values()}
    of_page = saved_of_page(request.user, found.link, source) if found.link else []
    context = {
        "draft": found,
        "layout": layout_of(found.is_small),
        "site_name": source.site_name if source else "",
        "facts": facts_of(source) if source else (),
        "offers": [
            {
                "picture": offer.picture.card_picture,
                "form": form,
                "before": known.get(offer.picture.pk),
            }
            for offer, form in shown
        ],
        "before": [before for before in of_page if before.pin_id not in told],
        "place": _suggesting(place or SaveForm(viewer=request.user), found),
        "upload_form": upload_form or UploadForm(),
    }
    return render_page(request, "pins/draft.html", context, status=422 if bound else 200)
