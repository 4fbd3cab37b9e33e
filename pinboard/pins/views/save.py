"""Saving a pin: the choice of a board as a page and as a menu, and the deed."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from pinboard.errors import PinboardError
from pinboard.people.models import Person
from pinboard.pins import saving
from pinboard.pins.before import Before, saved_of_pictures
from pinboard.pins.cards import cards_for, with_card_fields
from pinboard.pins.covers import newest_covers
from pinboard.pins.forms import SaveForm
from pinboard.pins.guessing import guess_boards, is_called
from pinboard.pins.models import Board, Pin, Save
from pinboard.web.access import signed_in
from pinboard.web.answers import done, next_url, posted, refused, render_page, wants_json
from pinboard.web.numbers import read_id
from pinboard.web.requests import SignedInRequest

OFFERED_BOARDS = 100
# With more boards than that one may look for one by its name.
FEW_BOARDS = 8
LONGEST_FIND = 80


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def save(request: SignedInRequest, pin_id: int) -> HttpResponse:
    """The choice of a board; ?find= narrows it by name. POST: save it there, or on a new one."""
    pin = get_object_or_404(with_card_fields(Pin.objects.visible_to(request.user)), pk=pin_id)
    form = SaveForm(posted(request), viewer=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            placed = _place(request, pin, form)
        except PinboardError as error:
            form.add_error("board", error.message)
        else:
            board = placed.board
            return done(
                request,
                pin.get_absolute_url(),
                board={"id": board.pk, "name": board.name, "url": board.get_absolute_url()},
            )
    if form.is_bound and wants_json(request):
        sentence = next(iter(form.errors.values()))[0]
        return refused(request, str(sentence), code="invalid", status=422)
    return _choice(request, pin, form)


@transaction.atomic
def _place(request: SignedInRequest, pin: Pin, form: SaveForm) -> Save:
    board, section = form.place()
    note = form.cleaned_data["note"]
    return saving.save_to_board(
        actor=request.user,
        pin=pin,
        board=board,
        section=section,
        # An empty note empties one only where the person asked to change it.
        note=note if note or request.GET.get("change") == "note" else None,
    )


def _choice(request: SignedInRequest, pin: Pin, form: SaveForm) -> HttpResponse:
    site = pin.source.site_name if pin.source else ""
    guessed, _ = guess_boards(request.user, f"{pin.title} {pin.description}", site)
    find = request.GET.get("find", "").strip()[:LONGEST_FIND]
    listed = [board for board in guessed if is_called(board, find)][:OFFERED_BOARDS]
    held = {save.board_id: save for save in Save.objects.filter(pin=pin, board__in=listed)}
    covers = newest_covers(listed, viewer=request.user, each=1)
    boards = [
        {
            "id": board.pk,
            "name": board.name,
            "is_secret": board.is_secret,
            "of": board.owner.display_name if board.owner_id != request.user.pk else "",
            "cover": next(iter(covers[board.pk]), None),
            "saved": board.pk in held,
            "is_mine": board.pk in held and held[board.pk].saver_id == request.user.pk,
            "may_take_off": board.pk in held
            and request.user.pk in (board.owner_id, held[board.pk].saver_id),
        }
        for board in listed
    ]
    own = (held[board.pk] for board in listed if board.pk in held)
    noted = next((save for save in own if save.saver_id == request.user.pk), None)
    (card,) = cards_for([pin], viewer=request.user)
    template = "pins/_save_menu.html" if request.headers.get("HX-Request") else "pins/save.html"
    context = {
        "card": card,
        "boards": boards,
        "noted": noted,
        "find": find,
        "can_find": len(guessed) > FEW_BOARDS,
        "before": _before(request.user, pin),
        "note": form["note"].value() if form.is_bound else noted.note if noted else "",
        "form": form,
        "next": next_url(request),
    }
    return render_page(request, template, context, status=422 if form.is_bound else 200)


def _before(viewer: Person, pin: Pin) -> Before | None:
    """Another pin that the viewer saved, with this one's picture or one that looks the same."""
    found = saved_of_pictures(viewer, [pin.picture]).get(pin.picture_id)
    return found if found and found.pin_id != pin.pk else None


@require_POST
@signed_in
def unsave(request: SignedInRequest, pin_id: int) -> HttpResponse:
    """Take a pin from one of the boards one saves to: {board}.

    Scripts get saved (whether one keeps it elsewhere) and was, which saving it again takes.
    """
    pin = get_object_or_404(Pin.objects.visible_to(request.user), pk=pin_id)
    wanted = read_id(request.POST.get("board", ""))
    board = get_object_or_404(Board.objects.of(request.user), pk=wanted)
    saves = Save.objects.filter(pin=pin, saver=request.user)
    was = saves.filter(board=board).select_related("section").first()
    saving.unsave(actor=request.user, pin=pin, board=board)
    section = was.section.name if was and was.section else ""
    return done(
        request,
        pin.get_absolute_url(),
        saved=saves.exists(),
        was={"note": was.note if was else "", "section": section},
    )
