"""One board: its page, making it, changing it, deleting it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pinboard.errors import PinboardError
from pinboard.people.models import Person
from pinboard.pins import boards
from pinboard.pins.cards import CARD_FIELDS, cards_for
from pinboard.pins.collaborating import known_to, people_of
from pinboard.pins.feed import PAGE_SIZE
from pinboard.pins.forms import BoardForm
from pinboard.pins.models import Board, Pin, Save
from pinboard.web.access import signed_in
from pinboard.web.answers import done, posted, render_page
from pinboard.web.keyset import before_cursor, take_page
from pinboard.web.requests import SignedInRequest


@require_safe
def board(request: HttpRequest, username: str, slug: str) -> HttpResponse:
    found = visible_board(request, username, slug)
    wanted = request.GET.get("section", "")
    saves = Save.objects.filter(board=found, pin__in=Pin.objects.visible_to(request.user))
    if wanted:
        saves = saves.filter(section__slug=wanted)
    before = before_cursor(request)
    if before is not None:
        saves = saves.filter(pk__lt=before)
    related = (f"pin__{name}" for name in CARD_FIELDS)
    page = take_page(saves.select_related(*related).order_by("-pk"), size=PAGE_SIZE)
    notes = {save.pin_id: save.note for save in page.rows}
    url = found.get_absolute_url()
    people = people_of(found, request.user)
    context = {
        "board": {
            "id": found.pk,
            "name": found.name,
            "about": found.about,
            "is_secret": found.is_secret,
            "url": url,
            "owner_name": found.owner.display_name,
            "owner_url": found.owner.get_absolute_url(),
            "owner_face": found.owner.face_url,
            "pin_count": found.pin_count,  # type: ignore[attr-defined]  # annotated
            "section_active": bool(wanted),
            "sections": _sections(found, wanted),
        },
        "people": people,
        "may_edit": found.owner_id == request.user.pk,
        "may_leave": any(person["is_self"] for person in people),
        "cards": cards_for((save.pin for save in page.rows), viewer=request.user, reasons=notes),
        "page": {"next_url": page.next_url(url, **({"section": wanted} if wanted else {}))},
    }
    return render_page(request, "pins/board.html", context)


def _sections(found: Board, wanted: str) -> list[dict[str, Any]]:
    return [
        {
            "name": section.name,
            "url": f"{found.get_absolute_url()}?section={section.slug}",
            "active": section.slug == wanted,
        }
        for section in found.sections.all()
    ]


def visible_board(request: HttpRequest, username: str, slug: str) -> Board:
    """The board, with pin_count, the number of pins that lie on it."""
    people = Person.objects.visible_to(request.user)
    saves = Save.objects.filter(board=OuterRef("pk")).order_by().values("board")
    counted = Subquery(saves.annotate(n=Count("pk")).values("n"))
    return get_object_or_404(
        Board.objects.visible_to(request.user)
        .select_related("owner__face")
        .annotate(pin_count=Coalesce(counted, 0)),
        owner__in=people,
        owner__username=username.lower(),
        slug=slug,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new(request: SignedInRequest) -> HttpResponse:
    form = BoardForm(posted(request))
    if request.method == "POST" and form.is_valid():
        return redirect(boards.make_board(owner=request.user, **form.cleaned_data))
    context = {"form": form, "board": None}
    return render_page(
        request, "pins/board_form.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    found = own_board(request, username, slug)
    form = BoardForm(posted(request), instance=found)
    if request.method == "POST" and form.is_valid():
        current = Board.objects.get(pk=found.pk)
        try:
            boards.change_board(board=current, **form.cleaned_data)
        except PinboardError as error:
            form.add_error("is_secret", error.message)
        else:
            return redirect(current)
    context = {
        "form": form,
        "board": {
            "name": found.name,
            "url": found.get_absolute_url(),
            "pin_count": found.pin_count,  # type: ignore[attr-defined]  # annotated
        },
        "people": people_of(found, request.user),
        "known": known_to(found),
        "may_delete": True,
    }
    return render_page(
        request, "pins/board_form.html", context, status=422 if form.is_bound else 200
    )


@require_POST
@signed_in
def delete(request: SignedInRequest, username: str, slug: str) -> HttpResponse:
    boards.delete_board(board=own_board(request, username, slug))
    return done(request, request.user.get_absolute_url())


def own_board(request: SignedInRequest, username: str, slug: str) -> Board:
    """A board the viewer may see (else 404) and owns (else 403)."""
    found = visible_board(request, username, slug)
    if found.owner_id != request.user.pk:
        raise PinboardError("Only its owner can change a board.", code="not_yours", status=403)
    return found
