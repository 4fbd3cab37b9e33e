"""The page of notifications: reading it is seeing them."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from pinboard.notifications.telling import mark_seen
from pinboard.pins.news import news_for
from pinboard.web.access import signed_in
from pinboard.web.answers import done, render_page
from pinboard.web.requests import SignedInRequest


@require_safe
@signed_in
def notifications(request: SignedInRequest) -> HttpResponse:
    context = {"notifications": news_for(request.user), "page": {"next_url": ""}}
    return render_page(request, "notifications/list.html", context)


@require_POST
@signed_in
def seen(request: SignedInRequest) -> HttpResponse:
    mark_seen(request.user)
    return done(request, "/notifications/")
