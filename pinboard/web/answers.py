"""How views answer: a page, a redirect back, or JSON for a script that asked for it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the body of a POST, even an empty one; None otherwise."""
    return request.POST if request.method == "POST" else None


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    return render(request, template, context, status=status)


def done(request: HttpRequest, fallback: str, **data: Any) -> HttpResponse:
    """A deed succeeded: {"ok": true, ...} for scripts, else back to where the person was."""
    if wants_json(request):
        return JsonResponse({"ok": True, **data})
    return HttpResponseRedirect(next_url(request) or fallback)


def refused(request: HttpRequest, message: str, *, code: str, status: int) -> HttpResponse:
    """A deed was refused, for scripts. Pages show the sentence beside the field instead."""
    return JsonResponse({"ok": False, "error": message, "code": code}, status=status)


def next_url(request: HttpRequest) -> str:
    """Where the form wanted to go afterwards, if that is a page of ours; else ""."""
    wanted = request.POST.get("next", "")
    is_path = wanted.startswith("/") and not wanted.startswith("//")
    if is_path and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return ""
