"""The search page, what is suggested while typing, and a search's covers for a message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from pinboard.web.answers import render_page
from pinboard.web.middleware import takes_any_bytes
from pinboard.web.ratelimit import limited
from search import page, suggesting, tabs
from search.question import Question
from search.together import Group, together_page, what_next

View = Callable[[HttpRequest], HttpResponse]


@takes_any_bytes
@require_safe
@limited("search", limit=120, seconds=60, reads=True)
def results(request: HttpRequest) -> HttpResponse:
    question = Question.of(request.GET)
    if not request.user.is_authenticated or request.user.is_guest:
        question = question.shared()  # who keeps nothing here has nothing that is theirs
    cursor = request.GET.get("cursor", "")
    context = page.results_page(question, viewer=request.user, cursor=cursor)
    return render_page(request, "search/results.html", context)


def _tab(listed: Callable[..., dict[str, Any]], template: str) -> View:
    """The view of a tab beside pins. listed: tabs.boards_page or its like."""

    @takes_any_bytes
    @require_safe
    @limited("search", limit=120, seconds=60, reads=True)
    def view(request: HttpRequest) -> HttpResponse:
        cursor = request.GET.get("cursor", "")
        context = listed(Question.of(request.GET), viewer=request.user, cursor=cursor)
        return render_page(request, template, context)

    return view


boards = _tab(tabs.boards_page, "search/boards.html")
people = _tab(tabs.people_page, "search/people.html")


@takes_any_bytes
@require_safe
@limited("search", limit=120, seconds=60, reads=True)
def together(request: HttpRequest) -> HttpResponse:
    """?talk= ?like=4.7 ?without=9 beside what a search says: see together.Group."""
    group, question = Group.of(request.GET), Question.of(request.GET)
    context = together_page(group, question, viewer=request.user)
    return render_page(request, "search/together.html", context)


@takes_any_bytes
@require_safe
@limited("search", limit=120, seconds=60, reads=True)
def together_next(request: HttpRequest) -> HttpResponse:
    """For the shelf: {"text", "url"} if what the group liked looks one-sided, else {}."""
    return JsonResponse(what_next(Group.of(request.GET), viewer=request.user))


@takes_any_bytes
@require_safe
@limited("suggest", limit=300, seconds=60, reads=True)
def suggest(request: HttpRequest) -> HttpResponse:
    """{"suggestions": [{kind, text, url, detail, picture}]}, see suggesting.Suggestion.

    ?guides=1 waits for guides too, see suggesting.suggest.
    """
    typed, is_patient = request.GET.get("q", ""), "guides" in request.GET
    found = suggesting.suggest(typed, viewer=request.user, is_patient=is_patient)
    return JsonResponse({"suggestions": found})


@takes_any_bytes
@require_safe
@limited("search", limit=120, seconds=60, reads=True)
def covers(request: HttpRequest) -> HttpResponse:
    """For a live search card: {query, guides, facts, url, count, covers}.

    Each of covers: {src, width, height, colour}.
    Public pins only, without those of people the asker blocked or is blocked by.
    """
    return JsonResponse(page.covers(Question.of(request.GET), viewer=request.user))
