"""The shelf: its page, saving it to a board, a board of the conversation, pins side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from messaging import shelving
from messaging.comparing import MOST_COMPARED, compare
from messaging.ideas import ideas_url
from messaging.lists import conversation_row
from messaging.models import Conversation, Member, MessagePin
from messaging.shelf import (
    SHELF_SIZE,
    Facets,
    ShelfPin,
    facets_of,
    shares_of,
    show_shares,
    with_cards,
)
from messaging.shelf_filters import ShelfFilter, choices, read_filter
from messaging.showing import everyone_in
from messaging.views.guest_over import told_when_over
from messaging.views.shown import visible_conversation
from pinboard.errors import PinboardError
from pinboard.pins.forms import SaveForm
from pinboard.web.access import guests_too, signed_in
from pinboard.web.answers import done, refused, render_page, wants_json
from pinboard.web.keyset import before_cursor, take_page
from pinboard.web.numbers import read_id
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest


@require_safe
@told_when_over
@signed_in
@guests_too
def shelf(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """?sender= ?verdict= ?state= ?kind= ?price= narrow it, ?cursor= goes on."""
    found = visible_conversation(request, conversation_id)
    return _shelf_page(request, found, None)


@require_safe
@signed_in
def ideas(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """To a search that knows what this conversation liked and what it turned down.

    ?next: only to what it says of a shelf that looks one-sided.
    """
    found = visible_conversation(request, conversation_id)
    part = "next/" if "next" in request.GET else ""
    return HttpResponseRedirect(ideas_url(found, viewer=request.user, part=part))


def _shelf_page(
    request: SignedInRequest, found: Conversation, form: SaveForm | None
) -> HttpResponse:
    """form: a bound one, when the pins could not be saved."""
    wanted = read_filter(request.GET)
    members = everyone_in(found.pk)
    shares = with_cards(shares_of(found, viewer=request.user, wanted=wanted))
    before = before_cursor(request)
    page = take_page(shares.filter(pk__lt=before) if before else shares, size=SHELF_SIZE)
    row = conversation_row(found, request.user, members.values())
    url = f"{row.url}shelf/"
    shown = show_shares(page.rows, viewer=request.user, members=members)
    facets = facets_of(found, viewer=request.user)
    context = {
        "conversation": row,
        "url": url,
        "filters": wanted.query,
        "rows": _choices(request, facets, members, wanted, url),
        "has_recipes": "recipe" in facets.kinds,
        # Whoever filters looks for something, and finds it open.
        "open_pins": [one for one in shown if wanted.query or not one.shared.is_folded],
        "folded_pins": [one for one in shown if one.shared.is_folded and not wanted.query],
        "page": {"next_url": page.next_url(url, **wanted.parameters)},
        "boards": shelving.boards_of(found, viewer=request.user),
        "form": form or (None if request.user.is_guest else SaveForm(viewer=request.user)),
        "undo": shelving.undoable(request.session, found.pk),
        "next": f"{url}?{wanted.query}" if wanted.query else url,
    }
    return render_page(
        request, "messaging/shelf.html", context, status=422 if form is not None else 200
    )


def _choices(
    request: SignedInRequest,
    facets: Facets,
    members: Mapping[int, Member],
    wanted: ShelfFilter,
    url: str,
) -> list[Any]:
    senders = {
        pk: "Me" if pk == request.user.pk else member.person.display_name
        for pk, member in members.items()
        if pk in facets.senders
    }
    return choices(wanted, url, senders=senders, kinds=facets.kinds, prices=facets.prices)


@require_POST
@signed_in
@limited("save-all", limit=10, seconds=60)
def save(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """{board} or {new_board, secret}: what the address filters is saved there."""
    found = visible_conversation(request, conversation_id)
    form = SaveForm(request.POST, viewer=request.user)
    if form.is_valid():
        try:
            saved = _save(request, found, form)
        except PinboardError as error:
            form.add_error("board", error.message)
        else:
            shelving.remember(request.session, found.pk, saved)
            about = {"id": saved.board_id, "name": saved.board_name, "url": saved.board_url}
            return done(
                request, f"{found.get_absolute_url()}shelf/", board=about, saved=saved.count
            )
    if wants_json(request):
        sentence = next(iter(form.errors.values()))[0]
        return refused(request, str(sentence), code="invalid", status=422)
    return _shelf_page(request, found, form)


@transaction.atomic
def _save(request: SignedInRequest, found: Conversation, form: SaveForm) -> shelving.Shelved:
    is_new = not form.cleaned_data["board"]
    board, _ = form.place()
    return shelving.save_shelf(
        actor=request.user,
        conversation=found,
        wanted=read_filter(request.GET),
        board=board,
        is_new=is_new,
    )


@require_POST
@signed_in
def undo(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """Take back what "save all" just placed, and the board if it was made for it."""
    found = visible_conversation(request, conversation_id)
    shelving.undo(actor=request.user, session=request.session, conversation_id=found.pk)
    return done(request, f"{found.get_absolute_url()}shelf/")


@require_POST
@signed_in
@limited("save-all", limit=10, seconds=60)
def board(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """A secret board of this conversation, kept together by everybody who is here."""
    found = visible_conversation(request, conversation_id)
    made = shelving.make_shared_board(
        actor=request.user, conversation=found, wanted=read_filter(request.GET)
    )
    url = made.get_absolute_url()
    return done(request, url, board={"id": made.pk, "name": made.name, "url": url})


@require_safe
@signed_in
@guests_too
def side_by_side(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """?pin=7&pin=9: two to four pins of the shelf beside each other."""
    found = visible_conversation(request, conversation_id)
    members = everyone_in(found.pk)
    # One more than fit is enough to see that there are too many.
    asked = list(dict.fromkeys(request.GET.getlist("pin")))[: MOST_COMPARED + 1]
    ids = [read_id(raw) or 0 for raw in asked]
    shares = shares_of(found, viewer=request.user, wanted=ShelfFilter()).filter(pin__in=ids)
    by_pin = {share.pin_id: share for share in with_cards(shares)[: 2 * len(ids)]}
    chosen: Sequence[MessagePin] = [by_pin[pk] for pk in ids if pk in by_pin]
    shown: list[ShelfPin] = show_shares(chosen, viewer=request.user, members=members)
    row = conversation_row(found, request.user, members.values())
    table = compare([share.pin for share in chosen if share.pin])
    context = {
        "conversation": row,
        "url": f"{row.url}shelf/",
        "pins": shown,
        "rows": table,
        "problem": _problem(len(ids), len(shown)),
        "next": request.get_full_path(),
    }
    return render_page(request, "messaging/compare.html", context)


def _problem(asked: int, found: int) -> str:
    """Why there is nothing to compare, in a sentence; "" when there is."""
    if asked > MOST_COMPARED:
        return "Four pins fit beside each other. Choose two to four."
    if found < 2:
        return "Choose two to four pins on the shelf, then compare them."
    return ""
