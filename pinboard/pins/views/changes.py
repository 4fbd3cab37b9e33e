"""What of one's own got cheaper or is back in stock, on a day."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from pinboard.pins.freshness.telling import changed_pins
from pinboard.web.access import signed_in
from pinboard.web.answers import render_page
from pinboard.web.requests import SignedInRequest


@require_safe
@signed_in
def changes(request: SignedInRequest, day: str) -> HttpResponse:
    try:
        asked = date.fromisoformat(day)
        changed = changed_pins(request.user, [asked]).get(asked, [])
    except (ValueError, OverflowError):
        raise Http404 from None
    return render_page(request, "pins/changes.html", {"day": asked, "changed": changed})
