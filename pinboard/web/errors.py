"""Pages for what went wrong. Each says what to do next; none says what it would give away."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from pinboard.web.answers import wants_json
from pinboard.web.handler import RETRY_AFTER_SECONDS

PAGES = {400, 403, 404, 413, 429}
# SQLite says everything by one class; only these words mean that it may work later.
SQLITE_PASSES = ("locked", "busy", "full", "disk i/o", "unable to open")


def error_page(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    """The page for a status. 404 never carries a message: it must not tell why."""
    template = f"{status}.html" if status in PAGES else "400.html"
    context = {"message": message if status != 404 else ""}
    return render(request, template, context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if wants_json(request):
        return JsonResponse(
            {"ok": False, "error": "This is gone, or was never here.", "code": "not_found"},
            status=404,
        )
    return error_page(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Cookies were blocked, or the page was open while somebody signed out elsewhere."""
    message = "This page was open for too long. Load it again and repeat what you did."
    if wants_json(request):
        return JsonResponse({"ok": False, "error": message, "code": "csrf"}, status=403)
    return error_page(request, 403, message)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke. What may work in a moment is told as that: 503 with Retry-After."""
    error = sys.exc_info()[1]
    if not isinstance(error, Exception) or not is_passing(error):
        return render(None, "500.html", status=500)
    if wants_json(request):
        message = "Pinboard is busy. Please try again in a moment."
        body = {"ok": False, "error": message, "code": "busy"}
        answer: HttpResponse = JsonResponse(body, status=503)
    else:
        answer = render(None, "503.html", status=503)
    answer.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return answer


def is_passing(error: Exception) -> bool:
    """Whether the database could not do it now: locked for long, restarting, out of reach.

    What was asked may even have been done, if the line broke at the commit; so deeds that must
    happen once are tried again under the same client_id.
    """
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    words = str(error).lower()
    is_sqlite = type(error.__cause__).__module__.partition(".")[0] in ("sqlite3", "pysqlite3")
    return not is_sqlite or any(word in words for word in SQLITE_PASSES)
