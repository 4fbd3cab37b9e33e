"""Beginning a conversation: with a person, about a pin, about a search."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from messaging.forms import StartForm, search_of
from messaging.joining import begin_conversation
from messaging.lists import close_people, person_row
from messaging.models import Conversation
from messaging.showing import shared_search
from pinboard.errors import PinboardError
from pinboard.people.models import Person
from pinboard.pins.cards import PinCard, cards_for, with_card_fields
from pinboard.pins.models import Pin
from pinboard.web.access import signed_in
from pinboard.web.answers import done, refused, render_page, wants_json
from pinboard.web.numbers import read_id
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limited("start", limit=30, seconds=60)
def new(request: SignedInRequest) -> HttpResponse:
    """The form, and the beginning: {people, title, text, client_id, pin, q, g}."""
    if request.method != "POST":
        return _page(request, None)
    form = StartForm(request.POST, viewer=request.user)
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


def _begin(request: SignedInRequest, form: StartForm) -> Conversation:
    said = form.said
    return begin_conversation(
        actor=request.user,
        people=list(form.cleaned_data["people"]),
        title=form.cleaned_data["title"],
        client_id=form.client_id_or_new,
        said=said if said.text or said.pins or said.search else None,
    )


def _page(request: SignedInRequest, form: StartForm | None) -> HttpResponse:
    data: QueryDict = request.POST if form else request.GET
    chosen = {read_id(value) for value in data.getlist("people")}
    people = close_people(request.user)
    wanted = Person.objects.visible_to(request.user).filter(username=data.get("to", "").lower())
    for person in wanted.exclude(pk=request.user.pk).select_related("face"):
        people = [person_row(person), *(row for row in people if row.id != person.pk)]
        chosen.add(person.pk)
    context: dict[str, Any] = {
        "form": form or StartForm(viewer=request.user),
        "people": [replace(row, chosen=row.id in chosen) for row in people],
        "card": _card(request, data.get("pin", "")),
        "search": shared_search(search_of(data)),
        "client_id": uuid.uuid4(),
    }
    return render_page(request, "messaging/new.html", context, status=422 if form else 200)


def _card(request: SignedInRequest, raw: str) -> PinCard | None:
    pin_id = read_id(raw)
    if pin_id is None:
        return None
    pins = with_card_fields(Pin.objects.visible_to(request.user)).filter(pk=pin_id)
    return next(iter(cards_for(pins, viewer=request.user)), None)
