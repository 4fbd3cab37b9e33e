"""Beginning a conversation: with a person, about a pin, about a search."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from messaging.forms import StartForm, pins_in, search_of
from messaging.joining import begin_conversation
from messaging.lists import RECENT, conversation_rows
from messaging.models import MAX_MEMBERS, MAX_PINS, Conversation, Member
from messaging.people_near import PersonRow, near_people, person_row
from messaging.showing import shared_search
from messaging.shown_boards import SharedBoard, board_card
from pinboard.errors import PinboardError
from pinboard.people.models import Person
from pinboard.pins.cards import PinCard, cards_for, with_card_fields
from pinboard.pins.models import Board, Pin
from pinboard.web.access import signed_in
from pinboard.web.answers import done, refused, render_page, wants_json
from pinboard.web.numbers import read_id
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest

# Of people, under the field where a name is typed.
OFFERED = 8


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limited("start", limit=30, seconds=60)
def new(request: SignedInRequest) -> HttpResponse:
    """The form, and the beginning: {people, title, text, client_id, pin, q, g, board}.

    {find, look}: the same form with other people to choose from, what was chosen kept.
    """
    if request.method != "POST":
        return _page(request, None)
    form = StartForm(request.POST, viewer=request.user)
    if "look" in request.POST:
        return _page(request, StartForm(viewer=request.user, initial=request.POST.dict()))
    if not form.is_valid():
        if wants_json(request):
            sentence = next(iter(form.errors.values()))[0]
            return refused(request, str(sentence), code="invalid", status=422)
        return _page(request, form)
    try:
        conversation = _begin(request, form)
    except PinboardError as error:
        if wants_json(request):
            raise
        form.add_error("people", error.message)
        return _page(request, form)
    url = conversation.get_absolute_url()
    if wants_json(request):
        return done(request, url, conversation=conversation.pk, url=url)
    return redirect(conversation)


@require_safe
@signed_in
@limited("people", limit=60, seconds=10, reads=True)
def people(request: SignedInRequest) -> HttpResponse:
    """Whom one may mean by ?find=zo, closest first: {"people": [{id, name, username, face}]}.

    ?in=7: without those who are in that conversation already.
    """
    find = request.GET.get("find", "")[:60]
    group = read_id(request.GET.get("in", ""))
    there = Member.objects.filter(
        conversation__in=Conversation.objects.visible_to(request.user).filter(pk=group or 0),
        left__isnull=True,
    )
    rows = near_people(
        request.user,
        find,
        limit=OFFERED,
        without=there.values_list("person", flat=True) if group else (),
    )
    found = [
        {"id": row.id, "name": row.name, "username": row.username, "face": row.face} for row in rows
    ]
    return JsonResponse({"people": found})


def _begin(request: SignedInRequest, form: StartForm) -> Conversation:
    said = form.said
    return begin_conversation(
        actor=request.user,
        people=list(form.cleaned_data["people"]),
        title=form.cleaned_data["title"],
        client_id=form.client_id_or_new,
        said=None if said.is_empty else said,
    )


def _page(request: SignedInRequest, form: StartForm | None) -> HttpResponse:
    data: QueryDict = request.POST if request.method == "POST" else request.GET
    find = data.get("find", "").strip()[:60]
    chosen = _chosen(request.user, data)
    near = near_people(request.user, find, without=[row.id for row in chosen])
    cards = _cards(request, data.getlist("pin"))
    context: dict[str, Any] = {
        "form": form or StartForm(viewer=request.user),
        "people": [*chosen, *near],
        "find": find,
        "cards": cards,
        "talks": _talks(request, cards) if cards and form is None else [],
        "search": shared_search(search_of(data)),
        "board": _board(request, data.get("board", "")),
        "client_id": uuid.uuid4(),
    }
    status = 422 if form and form.is_bound and form.errors else 200
    return render_page(request, "messaging/new.html", context, status=status)


def _chosen(viewer: Person, data: QueryDict) -> list[PersonRow]:
    """Who is chosen already: by number, or named in the address (?to=ben)."""
    ids = {read_id(value) for value in data.getlist("people")[:MAX_MEMBERS]}
    visible = Person.objects.visible_to(viewer).exclude(pk=viewer.pk).select_related("face")
    wanted = visible.filter(Q(pk__in=ids - {None}) | Q(username=data.get("to", "").lower()))
    return [person_row(person, chosen=True) for person in wanted.order_by("display_name")]


def _cards(request: SignedInRequest, raw: list[str]) -> list[PinCard]:
    """The pins to send, in the order in which they are named."""
    ids = list(dict.fromkeys(pins_in(raw[:MAX_PINS])[0]))
    pins = with_card_fields(Pin.objects.visible_to(request.user)).filter(pk__in=ids)
    cards = {card.id: card for card in cards_for(pins, viewer=request.user)} if ids else {}
    return [cards[pk] for pk in ids if pk in cards]


def _talks(request: SignedInRequest, cards: list[PinCard]) -> list[dict[str, str]]:
    """Recent conversations, and where the pins wait in their composer."""
    pins = urlencode({"pin": [card.id for card in cards]}, doseq=True)
    rows = conversation_rows(request.user, limit=RECENT)
    return [{"title": row.title, "url": f"{row.url}?{pins}"} for row in rows]


def _board(request: SignedInRequest, raw: str) -> SharedBoard | None:
    board_id = read_id(raw)
    if board_id is None:
        return None
    boards = Board.objects.visible_to(request.user).filter(pk=board_id)
    return next((board_card(board) for board in boards.select_related("owner")), None)
