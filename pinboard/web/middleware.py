"""Headers on every answer, and sentences instead of stack traces."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

from pinboard.errors import PinboardError
from pinboard.web.answers import refused, wants_json
from pinboard.web.errors import error_page

logger = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponse]
View = TypeVar("View", bound=Callable[..., HttpResponse])

PAGE_POLICY = "; ".join(
    (
        "default-src 'self'",
        f"img-src 'self' data: blob: {settings.MEDIA_ORIGIN}".rstrip(),
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)


class PolicyMiddleware:
    """A strict content policy on every page, and no shared caching of what is personal.

    An answer that brings its own policy (a media file) keeps it.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", PAGE_POLICY)
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()"
        )
        if "Cache-Control" not in response.headers:
            patch_cache_control(response, private=True, no_cache=True)
            patch_vary_headers(response, ("Cookie", "Accept"))
        return response


class NoZeroBytes:
    """Refuse a zero byte in an address or a form: PostgreSQL's text holds none.

    A page of ours never sends one. Uploaded files are not looked at, nor the query of a view
    that says it tidies whatever people type (takes_any_bytes). After CsrfViewMiddleware,
    which has read a form anyway by the time a view is about to be called.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_: object
    ) -> HttpResponse | None:
        query = request.META.get("QUERY_STRING", "")
        if getattr(view, "takes_any_bytes", False):
            query = ""
        if "\0" in request.path_info or "\0" in query or "%00" in query or _form_has_zero(request):
            return _refusal(request, "This address or form holds a zero byte.", "zero_byte", 400)
        return None


def takes_any_bytes(view: View) -> View:
    """Mark a view that tidies its query itself and answers whatever it holds. Outermost."""
    view.takes_any_bytes = True  # type: ignore[attr-defined]  # a mark for NoZeroBytes
    return view


def _form_has_zero(request: HttpRequest) -> bool:
    if request.method in ("GET", "HEAD"):
        return False
    return any(
        "\0" in value for values in request.POST.lists() for value in (values[0], *values[1])
    )


class ErrorSentences:
    """Turn an error nobody caught, but everybody may hear of, into its sentence."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, PinboardError):
            answer = _refusal(request, exception.message, exception.code, exception.status)
            if exception.retry_after_seconds is not None:
                answer.headers["Retry-After"] = str(exception.retry_after_seconds)
            return answer
        if isinstance(exception, OverflowError):
            # Django looks for rows by any number a form names; SQLite's driver takes 64 bits.
            logger.info("a number was too large", exc_info=exception)
            return _refusal(request, "There is no such number here.", "number_too_large", 400)
        return None


def _refusal(request: HttpRequest, message: str, code: str, status: int) -> HttpResponse:
    if wants_json(request):
        return refused(request, message, code=code, status=status)
    return error_page(request, status, message)
