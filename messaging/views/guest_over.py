"""What somebody sees who was a guest and is not any more, when they come back.

Their account is gone with their link, so their browser has to remember: a cookie that is sent to
the pages of that one conversation alone and says nothing but that.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from messaging.models import Conversation
from pinboard.web.answers import render_page, wants_json

P = ParamSpec("P")

COOKIE = "pinboard_was_guest"
REMEMBERED_SECONDS = 180 * 24 * 3600


def remember_guest(answer: HttpResponse, conversation: Conversation) -> None:
    answer.set_cookie(
        COOKIE,
        "1",
        max_age=REMEMBERED_SECONDS,
        path=conversation.get_absolute_url(),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def told_when_over(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page of a conversation: whoever was its guest is told so instead of asked to sign in."""

    @wraps(view)
    def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        was_guest = COOKIE in request.COOKIES and not wants_json(request)
        if was_guest and not request.user.is_authenticated:
            return render_page(request, "messaging/guest_over.html", {}, status=403)
        return view(request, *args, **kwargs)

    return run
