"""Who may call a view at all. What they may see there is the querysets' visible_to."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from pinboard.web.answers import refused, wants_json
from pinboard.web.errors import error_page
from pinboard.web.requests import SignedInRequest

P = ParamSpec("P")
View = TypeVar("View", bound=Callable[..., Any])

AS_A_GUEST = (
    "You are here as a guest of one conversation: you can talk there and say what you think of"
    " its pins. With an account of your own you can do this too."
)


def signed_in(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Only for people who are signed in; others are asked to, scripts are told so (401).

    Guests are refused (403) unless the view is for guests_too. Decided before anything is
    looked up, so the answer says nothing about what exists.
    """

    @wraps(view)
    def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(cast(SignedInRequest, request), *args, **kwargs)
        if getattr(request, "is_from_guest", False):
            return refuse_guest(request)
        if wants_json(request):
            return refused(request, "Please sign in again.", code="signed_out", status=401)
        came_for = request.get_full_path() if request.method == "GET" else "/"
        return redirect_to_login(came_for)

    return run


def guests_too(view: View) -> View:
    """Mark a view that guests may call as themselves. Anywhere among its decorators."""
    view.admits_guests = True  # type: ignore[attr-defined]  # a mark for GuestDoor
    return view


class GuestDoor:
    """Guests are themselves only where a view says so; everywhere else they are nobody.

    So a view that forgets about guests shows them what every visitor sees, and a page behind
    signed_in refuses them. After AuthenticationMiddleware.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_: object
    ) -> None:
        # Whoever brings no session is nobody already, and is not asked.
        if getattr(view, "admits_guests", False) or not request.COOKIES.get(
            settings.SESSION_COOKIE_NAME
        ):
            return
        if request.user.is_authenticated and request.user.is_guest:
            request.user = AnonymousUser()
            request.is_from_guest = True  # type: ignore[attr-defined]  # for signed_in


def refuse_guest(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        return refused(request, AS_A_GUEST, code="guest", status=403)
    return error_page(request, 403, AS_A_GUEST)
