"""Headers on every answer, and sentences instead of stack traces."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

from pinboard.errors import PinboardError
from pinboard.web.answers import refused, wants_json
from pinboard.web.errors import error_page

Answer = Callable[[HttpRequest], HttpResponse]

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


class ErrorSentences:
    """Turn a PinboardError nobody caught into its sentence: JSON for scripts, else a page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, PinboardError):
            return None
        if wants_json(request):
            return refused(request, exception.message, code=exception.code, status=exception.status)
        return error_page(request, exception.status, exception.message)
