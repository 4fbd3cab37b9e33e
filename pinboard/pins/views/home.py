"""The home feed and the favourites."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from pinboard.people.models import Person
from pinboard.pins.cards import CARD_FIELDS, cards_for
from pinboard.pins.feed import PAGE_SIZE, feed_page
from pinboard.pins.models import Favourite, Pin
from pinboard.web.access import signed_in
from pinboard.web.answers import render_page
from pinboard.web.keyset import before_cursor, take_page
from pinboard.web.requests import SignedInRequest


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated and not Person.objects.exists():
        return redirect("people:welcome")
    page = feed_page(viewer=request.user, cursor=request.GET.get("cursor", ""))
    next_url = f"/?cursor={page.next_cursor}" if page.next_cursor else ""
    context = {"cards": page.cards, "page": {"next_url": next_url}}
    return render_page(request, "pins/home.html", context)


@require_safe
@signed_in
def favourites(request: SignedInRequest) -> HttpResponse:
    """One's own marks, newest first; a pin that is no longer visible is left out."""
    marks = Favourite.objects.filter(
        person=request.user, pin__in=Pin.objects.visible_to(request.user)
    )
    before = before_cursor(request)
    if before is not None:
        marks = marks.filter(pk__lt=before)
    related = (f"pin__{name}" for name in CARD_FIELDS)
    page = take_page(marks.select_related(*related).order_by("-pk"), size=PAGE_SIZE)
    cards = cards_for([mark.pin for mark in page.rows], viewer=request.user)
    context = {"cards": cards, "page": {"next_url": page.next_url("/favourites/")}}
    return render_page(request, "pins/favourites.html", context)
