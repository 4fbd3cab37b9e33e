"""Who may call a view at all. What they may see there is the querysets' visible_to."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from pinboard.web.answers import refused, wants_json
from pinboard.web.requests import SignedInRequest

P = ParamSpec("P")


def signed_in(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Only for people who are signed in; others are asked to, scripts are told so (401).

    Decided before anything is looked up, so the answer says nothing about what exists.
    """

    @wraps(view)
    def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(cast(SignedInRequest, request), *args, **kwargs)
        if wants_json(request):
            return refused(request, "Please sign in again.", code="signed_out", status=401)
        came_for = request.get_full_path() if request.method == "GET" else "/"
        return redirect_to_login(came_for)

    return run
