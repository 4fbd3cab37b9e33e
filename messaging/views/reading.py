"""The list, one conversation as a page or a window, its changes, the tray."""

from __future__ import annotations

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from messaging.changes import changes_after, mark_read, unread_counts
from messaging.lists import RECENT, conversation_rows
from messaging.models import Conversation, Member
from messaging.people_near import near_people
from messaging.requesting import requests_of
from messaging.showing import message_html
from messaging.views.guest_over import told_when_over
from messaging.views.placed import read_place
from messaging.views.requests import redirect_if_asked
from messaging.views.shown import see_to_polls, show_conversation, visible_conversation
from pinboard.people.names import fold
from pinboard.web.access import guests_too, signed_in
from pinboard.web.answers import done, render_page
from pinboard.web.requests import SignedInRequest


@require_safe
@signed_in
def listing(request: SignedInRequest) -> HttpResponse:
    context = {
        "conversations": conversation_rows(request.user),
        "requests": requests_of(request.user).count(),
    }
    return render_page(request, "messaging/list.html", context)


@require_safe
@told_when_over
@signed_in
@guests_too
def conversation(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    try:
        found = visible_conversation(request, conversation_id)
    except Http404:
        return redirect_if_asked(request, conversation_id)
    return show_conversation(request, found, whole_page=True)


@require_safe
@signed_in
@guests_too
def window(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """The same conversation as a part of another page: the dock's window."""
    found = visible_conversation(request, conversation_id)
    return show_conversation(request, found, whole_page=False)


def _own_numbers(found: Conversation, request: SignedInRequest) -> dict[str, int]:
    """read: where the read mark stands; since: what is there for the viewer begins after it.

    Raises Http404 for who is no member any more.

    Asked last: somebody put out between the questions of one request finds nothing, and must
    not be told that this nothing is all there is.
    """
    mine = Member.objects.filter(conversation=found, person=request.user, left__isnull=True)
    numbers = mine.values("read", "since").first()
    if numbers is None:
        raise Http404
    return {"read": numbers["read"], "since": numbers["since"]}


@require_safe
@signed_in
@guests_too
def changes(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """Everything that changed after ?after=n, as JSON: how a tab catches up.

    {"number": ask again after this, "more": whether to ask at once, "read": ...,
     "since": what stands at this place or before it is not the viewer's (any more),
     "messages": [{"number", "place", "html"}]} in the order of their last change.
    """
    found = visible_conversation(request, conversation_id)
    after = read_place(request.GET.get("after") or "0")
    see_to_polls(found)
    page = changes_after(found, viewer=request.user, number=after)
    messages = [
        {"number": message.changed, "place": message.number, "html": html}
        for message, html in zip(page.messages, message_html(page.messages), strict=True)
    ]
    return JsonResponse(
        {
            "number": page.number,
            "more": page.more,
            **_own_numbers(found, request),
            "messages": messages,
        }
    )


@require_POST
@signed_in
@guests_too
def read(request: SignedInRequest, conversation_id: int) -> HttpResponse:
    """{number}: everything up to it is read. Answers where the mark stands now."""
    found = visible_conversation(request, conversation_id)
    number = read_place(request.POST.get("number", ""))
    stands = mark_read(person=request.user, conversation=found, number=number)
    return done(request, found.get_absolute_url(), number=stands)


@require_safe
@signed_in
@guests_too
def unread(request: SignedInRequest) -> HttpResponse:
    """Counts for the badges of every tab: {"total", "conversations": {id: count}}."""
    counts = unread_counts(request.user)
    return JsonResponse({"total": sum(counts.values()), "conversations": counts})


@require_safe
@signed_in
def tray(request: SignedInRequest) -> HttpResponse:
    """Recent conversations and people: to open, to send to, to drop on. ?find=ti narrows."""
    find = request.GET.get("find", "").strip()[:60]
    rows = conversation_rows(request.user, limit=RECENT if not find else 40)
    if find:
        words = fold(find)
        rows = [row for row in rows if words and words in fold(row.title)]
    # Somebody whose talk of two is listed above need not be there a second time.
    listed = {person.id for row in rows if not row.is_group for person in row.people}
    people = near_people(request.user, find, without=listed)
    context = {"conversations": rows, "people": people, "pin": None}
    return render_page(request, "messaging/_tray.html", context)
