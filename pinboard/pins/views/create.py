"""Making pins: files or a link become a draft, a draft becomes pins.

/create/ takes files or a link and leads to the draft's own page, which shows what was found,
lets one choose and write, and makes the pins. Works without JavaScript; with it, the page
hears when a reading is done instead of asking again.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from pinboard.errors import PinboardError
from pinboard.pins import drafting, saving
from pinboard.pins.facts import facts_of
from pinboard.pins.forms import LinkForm, OfferForm, SaveForm, UploadForm
from pinboard.pins.models import Draft, DraftPicture
from pinboard.web.access import signed_in
from pinboard.web.answers import render_page
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest

CHOSEN_BEFORE = "The pictures you had chosen are here now. Look at them, then pin them all."


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limited("create", limit=20, seconds=60)
def create(request: SignedInRequest) -> HttpResponse:
    """{way: link, link} or {way: upload, pictures}: make a draft and go there."""
    way = request.POST.get("way", "")
    link_form = LinkForm(request.POST if way == "link" else None)
    if request.method == "POST" and way not in ("link", "upload"):
        link_form = LinkForm({})  # it says what is to be done here
    upload_form = UploadForm(*((request.POST, request.FILES) if way == "upload" else ()))
    if way == "link" and link_form.is_valid():
        try:
            link = link_form.cleaned_data["link"]
            return redirect(drafting.draft_from_link(owner=request.user, link=link))
        except PinboardError as error:
            link_form.add_error("link", error.message)
            return _create_page(request, link_form, upload_form, status=error.status)
    if way == "upload" and upload_form.is_valid():
        draft = take_files(request, upload_form)
        if draft and not upload_form.errors:
            return redirect(draft)
        if draft:
            return _draft_page(request, draft, upload_form=upload_form)
    return _create_page(request, link_form, upload_form)


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


def _create_page(
    request: SignedInRequest, link_form: LinkForm, upload_form: UploadForm, status: int = 422
) -> HttpResponse:
    """status: of a form that was refused."""
    bound = link_form.is_bound or upload_form.is_bound
    context = {"link_form": link_form, "upload_form": upload_form}
    return render_page(request, "pins/create.html", context, status=status if bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limited("draft", limit=60, seconds=60)
def draft(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """A draft: being read, failed (the link can be mended), or ready to become pins."""
    found = get_object_or_404(
        Draft.objects.visible_to(request.user).select_related("source"), pk=draft_id
    )
    if found.state == Draft.State.PINNED:
        return redirect(found.led_to)
    if found.state == Draft.State.READING:
        return render_page(request, "pins/reading.html", {"draft": found})
    if found.state == Draft.State.FAILED:
        link_form = LinkForm({"link": found.link})
        link_form.add_error("link", found.error)
        return _create_page(request, link_form, UploadForm())
    is_adding = request.POST.get("way") == "upload"
    if is_adding or request.FILES:
        upload_form = UploadForm(request.POST, request.FILES)
        if upload_form.is_valid():
            take_files(request, upload_form, found)
            if not is_adding and not upload_form.errors:
                messages.info(request, CHOSEN_BEFORE)
        # Adding pictures must not cost what was already typed about the others.
        return _draft_page(
            request,
            found,
            offers=_offers(found, request.POST),
            place=SaveForm(initial=request.POST.dict(), viewer=request.user),
            upload_form=upload_form,
        )
    if request.method == "POST":
        return _finish(request, found.pk)
    return _draft_page(request, found)


@transaction.atomic
def _finish(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """Make pins of the pictures that were taken, all on one board, and end the draft.

    The draft is held before its pictures are looked at: of two forms sent at the same moment
    the second one waits, and is led to what the first one made.
    """
    held = get_object_or_404(Draft.objects.select_for_update(), pk=draft_id)
    if held.state == Draft.State.PINNED:
        return redirect(held.led_to)
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
    return _draft_page(request, held, offers=offers, place=place)


def _is_taken(form: OfferForm) -> bool:
    return form.is_valid() and bool(form["take"].value())


def _make_pins(
    request: SignedInRequest,
    held: Draft,
    taken: list[tuple[DraftPicture, OfferForm]],
    place: SaveForm,
) -> str:
    """The address of what was made: the pin, or the board of several."""
    board, section = place.place()
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
    return held.led_to


def _offers(found: Draft, data: Any = None) -> list[tuple[DraftPicture, OfferForm]]:
    """Each offered picture with its form; of a page only the best is taken to begin with.

    data: what was posted; pictures that were added since are not in it and begin fresh.
    """
    reading = found.source.reading if found.source else {}
    offers = list(found.offers.select_related("picture"))
    return [
        (
            offer,
            OfferForm(
                data if data and f"p{offer.pk}-title" in data else None,
                prefix=f"p{offer.pk}",
                initial={
                    "take": index == 0 or not found.link,
                    "title": reading.get("title", "")[:200],
                    "description": reading.get("description", "")[:2000],
                    "alt": offer.alt,
                },
            ),
        )
        for index, offer in enumerate(offers)
    ]


def _draft_page(
    request: SignedInRequest,
    found: Draft,
    *,
    offers: list[tuple[DraftPicture, OfferForm]] | None = None,
    place: SaveForm | None = None,
    upload_form: UploadForm | None = None,
) -> HttpResponse:
    source = found.source
    bound = bool((place and place.is_bound) or (upload_form and upload_form.errors))
    context = {
        "draft": found,
        "site_name": source.site_name if source else "",
        "facts": facts_of(source) if source else (),
        "offers": [
            {"picture": offer.picture.card_picture, "form": form}
            for offer, form in (offers if offers is not None else _offers(found))
        ],
        "place": place or SaveForm(viewer=request.user),
        "upload_form": upload_form or UploadForm(),
    }
    return render_page(request, "pins/draft.html", context, status=422 if bound else 200)
