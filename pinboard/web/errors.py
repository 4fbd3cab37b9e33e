"""Pages for what went wrong. Each says what to do next; none says what it would give away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from pinboard.web.answers import wants_json

PAGES = {400, 403, 404, 413, 429}


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
