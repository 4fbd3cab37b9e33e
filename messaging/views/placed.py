"""Which stretch of a conversation an address asks for, and where one reads on from it."""

from __future__ import annotations

from django.http import HttpResponse

from messaging.models import Conversation, Message
from messaging.places import Places, Stretch
from pinboard.errors import PinboardError
from pinboard.web.answers import done, wants_json
from pinboard.web.numbers import read_id
from pinboard.web.requests import SignedInRequest


def stretch_for(request: SignedInRequest, found: Conversation, *, read: int) -> Stretch:
    """?at= around a place, ?before= and ?after= on from one, ?newest=1 the end; else the unread.

    read: the number up to which the viewer has read.
    """
    places = Places(found, viewer=request.user)
    if at := place_in(request, "at"):
        return places.around(at)
    if before := place_in(request, "before"):
        return places.before(before)
    if after := place_in(request, "after"):
        return places.after(after)
    if request.method == "POST" or "newest" in request.GET:
        return places.newest()
    return places.where_reading_goes_on(read)


def ways_from(stretch: Stretch, *, url: str) -> dict[str, str]:
    """Where one reads on: "" at the beginning and at the end. url: the conversation's."""
    if not stretch.messages:
        return {"older_url": "", "newer_url": "", "newest_url": ""}
    first, last = stretch.messages[0].number, stretch.messages[-1].number
    return {
        "older_url": f"{url}?before={first}" if stretch.has_older else "",
        "newer_url": f"{url}?after={last}" if stretch.has_newer else "",
        "newest_url": f"{url}?newest=1" if stretch.has_newer else "",
    }


def place_in(request: SignedInRequest, name: str) -> int:
    """A place in the address, 0 for none."""
    return read_place(raw) if (raw := request.GET.get(name)) else 0


def read_place(raw: str) -> int:
    """A place in a conversation. Raises PinboardError for nonsense."""
    place = read_id(raw)
    if place is None:
        raise PinboardError("A place in a conversation is a number.", code="bad_number")
    return place


def done_at(request: SignedInRequest, found: Conversation, **message: int) -> HttpResponse:
    """Done; without scripts one stays where one reads: at the newest message that matches."""
    url = found.get_absolute_url()
    if wants_json(request):
        return done(request, url)
    seen = Message.objects.visible_to(request.user).filter(conversation=found, **message)
    place = seen.order_by("-number").values_list("number", flat=True).first()
    return done(request, url_at(found, place) if place else url)


def url_at(found: Conversation, place: int) -> str:
    return f"{found.get_absolute_url()}?at={place}#at"
