"""What keepers see of a report, and what they do about it. To everybody else there is nothing.

A keeper signs in with a second factor: a password alone opens none of this (TRUST 94).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from messaging import reporting
from messaging.models import Report
from pinboard.web.answers import done, refused, render_page, wants_json
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest

P = ParamSpec("P")
LISTED = 100


def keepers_only(
    view: Callable[Concatenate[SignedInRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """404 for others, signed in or not, as for an address that never was.

    403 for a keeper without a second factor, with the way to set one up.
    """

    @wraps(view)
    def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not (request.user.is_authenticated and request.user.is_staff):
            raise Http404
        if not is_mfa_enabled(request.user):
            return _ask_for_second_factor(request)
        return view(cast(SignedInRequest, request), *args, **kwargs)

    return run


def _ask_for_second_factor(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        sentence = "Set up two-factor codes first, at /accounts/2fa/."
        return refused(request, sentence, code="second_factor", status=403)
    return render_page(request, "messaging/keepers/second_factor.html", {}, status=403)


@keepers_only
@require_safe
def listing(request: SignedInRequest) -> HttpResponse:
    """Open reports, the oldest first; below them what was done lately."""
    reports = Report.objects.select_related("accused", "reporter", "closed_by")
    context = {
        "open": [_row(report) for report in reports.filter(closed=None).order_by("pk")[:LISTED]],
        "closed": [
            _row(report) for report in reports.exclude(closed=None).order_by("-closed")[:20]
        ],
    }
    return render_page(request, "messaging/keepers/reports.html", context)


@keepers_only
@require_safe
def report(request: SignedInRequest, report_id: int) -> HttpResponse:
    """The reported words and their evidence, nothing else of the conversation."""
    found = get_object_or_404(
        Report.objects.select_related("accused__face", "reporter", "closed_by"), pk=report_id
    )
    reporting.look(found, keeper=request.user)
    context = {
        **_row(found),
        "item": _with_time(found.evidence),
        "around": [_with_time(one) for one in found.evidence.get("around", [])],
        "entries": found.entries.select_related("keeper"),
    }
    return render_page(request, "messaging/keepers/report.html", context)


@keepers_only
@require_POST
@limited("keeping", limit=60, seconds=60)
def dismiss(request: SignedInRequest, report_id: int) -> HttpResponse:
    return _act(request, report_id, reporting.dismiss, "Dismissed.")


@keepers_only
@require_POST
@limited("keeping", limit=60, seconds=60)
def deactivate(request: SignedInRequest, report_id: int) -> HttpResponse:
    return _act(request, report_id, reporting.deactivate, "The account is deactivated.")


def _act(
    request: SignedInRequest, report_id: int, deed: Callable[..., None], notice: str
) -> HttpResponse:
    found = get_object_or_404(Report, pk=report_id)
    deed(keeper=request.user, report_id=found.pk)
    if not wants_json(request):
        messages.success(request, notice)
    return done(request, "/keepers/reports/")


def _row(found: Report) -> dict[str, object]:
    return {"report": found, "reason": reporting.REASONS.get(found.reason, found.reason)}


def _with_time(kept: dict[str, object]) -> dict[str, object]:
    return {**kept, "time": parse_datetime(str(kept.get("said", "")))}
