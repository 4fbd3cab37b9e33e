"""Links for guests: made and closed by members, opened by whoever has one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from messaging import guests
from messaging.guests import LinkGone
from messaging.models import Conversation, GuestLink, Member
from messaging.views.groups import show_group
from messaging.views.guest_over import remember_guest
from messaging.views.shown import visible_conversation
from pinboard.errors import PinboardError
from pinboard.people.models import Person
from pinboard.web.access import guests_too, signed_in
from pinboard.web.answers import done, render_page, wants_json
from pinboard.web.numbers import read_id
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest

BACKEND = "pinboard.people.backends.PersonBackend"


@require_POST
@signed_in
@limited("links", limit=20, seconds=600)
def make_link(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """{days: 1|7|30}. The answer is the only place that ever shows the link."""
    found = visible_conversation(request, conversation_id)
    days = read_id(request.POST.get("days", "")) or 0
    try:
        link, secret = guests.make_link(actor=request.user, conversation_id=found.pk, days=days)
    except PinboardError as error:
        if wants_json(request) or not found.is_group:
            raise
        return show_group(request, found, error=error.message, field="days", status=422)
    if wants_json(request):
        url = request.build_absolute_uri(reverse("join", args=[secret]))
        answer = done(request, "", id=link.pk, url=url)
    else:
        answer = show_group(request, found, secret=secret)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
@signed_in
def close_link(request: SignedInRequest, conversation_id: int, link_id: int) -> HttpResponse:
    found = visible_conversation(request, conversation_id)
    guests.close_link(actor=request.user, conversation_id=found.pk, link_id=link_id)
    return done(request, reverse("messaging:group", args=[found.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@guests_too
@limited("join-look", limit=120, seconds=60, reads=True)
@limited("join", limit=20, seconds=600)
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """What one is invited to; POST {name}, or nothing by somebody with an account, goes in.

    A link that ended, was closed or never was gives the same page.
    """
    person = request.user if request.user.is_authenticated else None
    if person is not None and person.is_guest and not _is_theirs(person, secret):
        person = None  # a guest of another conversation is anybody here
    try:
        answer = _join(request, secret, person)
    except LinkGone as gone:
        answer = render_page(
            request, "messaging/join_gone.html", {"words": gone.message}, status=404
        )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
@signed_in
@guests_too
def back(request: SignedInRequest) -> HttpResponse:
    """A guest's way back from the pages everybody sees; to others there is nothing."""
    mine = Conversation.objects.all().visible_to(request.user) if request.user.is_guest else None
    found = mine.first() if mine is not None else None
    if found is None:
        raise Http404
    return redirect(found)


def _join(request: HttpRequest, secret: str, person: Person | None) -> HttpResponse:
    link = guests.find_link(secret)
    mine = Conversation.objects.filter(pk=link.conversation_id)
    if person and mine.filter(
        members__person=person, members__left__isnull=True, members__accepted=True
    ):
        return redirect(link.conversation)
    if request.method != "POST":
        return _invitation(request, link, person)
    try:
        if person:
            return redirect(guests.come_as_oneself(actor=person, secret=secret))
        name = request.POST.get("name", "")
        guest = guests.come_as_guest(secret=secret, name=name)
    except LinkGone:
        raise
    except PinboardError as error:
        return _invitation(request, link, person, error=error.message)
    login(request, guest, backend=BACKEND)
    # The session ends with the link, whatever happens to it meanwhile.
    request.session.set_expiry(link.expires)
    answer = HttpResponseRedirect(link.conversation.get_absolute_url())
    remember_guest(answer, link.conversation)
    return answer


def _invitation(
    request: HttpRequest, link: GuestLink, person: Person | None, *, error: str = ""
) -> HttpResponse:
    there = Member.objects.filter(conversation=link.conversation_id, left__isnull=True)
    context: dict[str, Any] = {
        "title": link.conversation.title,
        "inviter": link.made_by.display_name,
        "inviter_face": link.made_by.face_url,
        "count": there.count(),
        "expires": link.expires,
        "oneself": person,
        "name": request.POST.get("name", "")[:60],
        "error": error,
    }
    return render_page(request, "messaging/join.html", context, status=422 if error else 200)


def _is_theirs(guest: Person, secret: str) -> bool:
    """Whether this link leads to the conversation they are in already."""
    try:
        link = guests.find_link(secret)
    except LinkGone:
        return False
    return Member.objects.filter(
        person=guest, conversation=link.conversation_id, left__isnull=True
    ).exists()
