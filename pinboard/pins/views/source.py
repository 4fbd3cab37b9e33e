"""The page behind a pin: read it again, correct what was read, lead to another one."""

from __future__ import annotations

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pinboard.errors import PinboardError
from pinboard.pins import saving
from pinboard.pins.correction_form import CorrectionForm
from pinboard.pins.facts import facts_of
from pinboard.pins.forms import LinkForm
from pinboard.pins.freshness import visiting
from pinboard.pins.freshness.correcting import correct as correct_reading
from pinboard.pins.freshness.correcting import relink as lead_elsewhere
from pinboard.pins.freshness.correcting import source_of
from pinboard.pins.freshness.corrections import value_at
from pinboard.pins.freshness.models import Upkeep
from pinboard.pins.models import Pin, Source
from pinboard.pins.views.pin import own_pin
from pinboard.web.access import signed_in
from pinboard.web.answers import posted, render_page
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest

SALT = "pinboard.relink"
BROKE_OFF = "The reading broke off. Try again in a few minutes."


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limited("again", limit=30, seconds=60)
def again(request: SignedInRequest, pin_id: int) -> HttpResponse:
    """POST: have the page read again. GET: how that goes, and what came of it."""
    seen = Pin.objects.visible_to(request.user).select_related("source__corrected_from")
    found = get_object_or_404(seen, pk=pin_id)
    if found.source is None:
        raise Http404
    if request.method == "POST":
        try:
            visiting.ask(actor=request.user, source=found.source)
        except PinboardError as error:
            return _again_page(request, found, error.message, status=error.status)
        return redirect("pins:again", found.pk)
    return _again_page(request, found, "")


def _again_page(
    request: HttpRequest, found: Pin, refusal: str, *, status: int = 200
) -> HttpResponse:
    assert found.source
    upkeep = Upkeep.objects.filter(pk=found.source.page.pk).first()
    context = {
        "pin": found,
        "outcome": refusal or _outcome(upkeep),
        "is_being_read": not refusal and visiting.is_being_read(upkeep),
        "facts": facts_of(found.source),
    }
    return render_page(request, "pins/again.html", context, status=status)


def _outcome(upkeep: Upkeep | None) -> str:
    """Of the last visit; one that was begun and never ended broke off."""
    if upkeep is None:
        return ""
    begun, ended = upkeep.begun_at, upkeep.tried_at
    return BROKE_OFF if begun and (ended is None or ended < begun) else upkeep.outcome


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limited("correct", limit=30, seconds=60)
def correct(request: SignedInRequest, pin_id: int) -> HttpResponse:
    """What was read, beside what the maker says; back=path takes one back, back=all all of them."""
    found = own_pin(request, pin_id)
    if found.source is None:
        raise Http404
    form = CorrectionForm(posted(request), source=found.source, title=found.title)
    if back := request.POST.get("back"):
        _take_back(found, form, back)
        return redirect("pins:correct", found.pk)
    if request.method == "POST" and form.is_valid():
        kind = found.source.kind
        correct_reading(pin=found, said=form.said())
        if "title" in form.changed_data:
            _retitle(found, form.cleaned_data["title"])
        # Something of another kind has other facts to correct.
        is_other_kind = form.cleaned_data["kind"] != kind
        return redirect("pins:correct", found.pk) if is_other_kind else redirect(found)
    rows = list(form.rows())
    context = {
        "pin": found,
        "form": form,
        "rows": rows,
        "is_corrected": any(row.is_corrected for row in rows),
    }
    return render_page(request, "pins/correct.html", context, status=422 if form.is_bound else 200)


def _take_back(found: Pin, form: CorrectionForm, path: str) -> None:
    """Let the page's own word stand again."""
    assert found.source
    page = form.page
    if path in ("title", "all") and page.reading.get("title"):
        _retitle(found, str(page.reading["title"])[:200])
    corrected = list(found.source.corrections or {})
    if read := {name: value_at(page.reading, name) for name in corrected if path in (name, "all")}:
        correct_reading(pin=found, said=read)


def _retitle(found: Pin, title: str) -> None:
    if title != found.title:
        saving.change_pin(pin=found, title=title, description=found.description, alt=found.alt)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limited("relink", limit=20, seconds=60)
def relink(request: SignedInRequest, pin_id: int) -> HttpResponse:
    """{link}: read another page; {to}: lead the pin there, once one has seen what it says.

    to: a signed word for the page, so that nobody looks at pages that others pasted.
    """
    found = own_pin(request, pin_id)
    to = request.POST.get("to") or request.GET.get("to", "")
    source = _source_in(to, found) if to else None
    if request.method == "POST" and source:
        lead_elsewhere(pin=found, source=source)
        return redirect(found)
    if source:
        upkeep = Upkeep.objects.filter(pk=source.pk).first()
        context = {
            "pin": found,
            "to": to,
            "link": source.url,
            "outcome": _outcome(upkeep),
            "is_being_read": visiting.is_being_read(upkeep),
            "is_read": source.read_at is not None,
            "title": source.reading.get("title", ""),
            "facts": facts_of(source),
        }
        return render_page(request, "pins/relink.html", context)
    form = LinkForm(posted(request))
    if request.method == "POST" and form.is_valid():
        source = source_of(form.cleaned_data["link"])
        try:
            visiting.ask(actor=request.user, source=source)
        except PinboardError as error:
            if error.code != "read_just_now":
                form.add_error("link", error.message)
        if not form.errors:
            word = signing.dumps([found.pk, source.pk], salt=SALT)
            return redirect(f"{reverse('pins:relink', args=[found.pk])}?to={word}")
    return render_page(
        request,
        "pins/relink.html",
        {"pin": found, "form": form},
        status=422 if form.errors else 200,
    )


def _source_in(word: str, pin: Pin) -> Source:
    try:
        pin_id, source_id = signing.loads(word, salt=SALT, max_age=24 * 3600)
    except (signing.BadSignature, ValueError, TypeError):
        raise Http404 from None
    if pin_id != pin.pk:
        raise Http404
    return get_object_or_404(Source, pk=source_id, corrected_from=None)
