"""The page of one's own searches: seen, taken away one by one, or cleared."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_POST, require_safe

from pinboard.web.access import signed_in
from pinboard.web.answers import done, render_page
from pinboard.web.middleware import takes_any_bytes
from pinboard.web.numbers import read_id
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest
from search import remembering
from search.question import Question

PAGE = "/search/history/"


@require_safe
@signed_in
def history(request: SignedInRequest) -> HttpResponse:
    past = remembering.past_searches(request.user)
    return render_page(request, "search/history.html", {"past": past})


@takes_any_bytes
@require_POST
@signed_in
@limited("keep search", limit=60, seconds=60)
def keep(request: SignedInRequest) -> HttpResponse:
    """search: the query string of the page one looks at."""
    said = QueryDict(request.POST.get("search", "")[:4000].removeprefix("?"))
    remembering.remember(person=request.user, question=Question.of(said))
    return done(request, PAGE)


@require_POST
@signed_in
def clear(request: SignedInRequest) -> HttpResponse:
    """search: the number of one to forget; without it, all."""
    raw = request.POST.get("search", "")
    if raw:
        remembering.forget(person=request.user, search_id=read_id(raw) or 0)
    else:
        remembering.forget_all(person=request.user)
    return done(request, PAGE)
