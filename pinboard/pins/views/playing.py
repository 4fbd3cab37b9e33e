"""The page that holds a provider's player, once somebody pressed play."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from pinboard.pins.models import Pin
from pinboard.pins.playing import player_of
from pinboard.web.access import guests_too
from pinboard.web.answers import render_page


@require_safe
@guests_too
def player(request: HttpRequest, pin_id: int) -> HttpResponse:
    """Framed by our own pages only; of others it frames this one provider."""
    visible = Pin.objects.visible_to(request.user).select_related("source")
    pin = get_object_or_404(visible, pk=pin_id)
    found = player_of(pin.source, own_host=request.get_host()) if pin.source else None
    if found is None:
        raise Http404
    context = {"player": found, "title": pin.title or "Video"}
    answer = render_page(request, "pins/player.html", context)
    answer.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'self'; frame-src {found.origin}; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'self'"
    )
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer
