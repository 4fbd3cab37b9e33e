"""What one wants to be told of, and how; the page of notifications itself is the pins' (news)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pinboard.notifications import letters, pushing
from pinboard.notifications.forms import WishesForm
from pinboard.notifications.models import Wishes
from pinboard.web.access import signed_in
from pinboard.web.answers import done, posted, render_page
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def wishes(request: SignedInRequest) -> HttpResponse:
    """Letters, quiet hours, and the switch for this browser."""
    mine = Wishes.objects.filter(person=request.user).first() or Wishes(person=request.user)
    form = WishesForm(posted(request), instance=mine)
    if request.method == "POST" and form.is_valid():
        # Only what the form asks: a letter may be written meanwhile, or another tab save first.
        Wishes.objects.update_or_create(person=request.user, defaults=form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("notifications:wishes")
    context = {"form": form, "push_key": pushing.public_key()}
    return render_page(
        request, "notifications/wishes.html", context, status=422 if form.errors else 200
    )


@require_POST
@signed_in
@limited("push", limit=20, seconds=60)
def subscribe(request: SignedInRequest) -> HttpResponse:
    """{endpoint, p256dh, auth}: wake this browser."""
    pushing.subscribe(
        person=request.user,
        session_key=request.session.session_key or "",
        endpoint=request.POST.get("endpoint", ""),
        p256dh=request.POST.get("p256dh", ""),
        auth=request.POST.get("auth", ""),
    )
    return done(request, "/notifications/wishes/")


@require_POST
@signed_in
def unsubscribe(request: SignedInRequest) -> HttpResponse:
    """{endpoint}: let this browser sleep."""
    pushing.unsubscribe(person=request.user, endpoint=request.POST.get("endpoint", ""))
    return done(request, "/notifications/wishes/")


@csrf_exempt  # mail programs press this button themselves (RFC 8058); the signed word is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def no_letters(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the letters to whoever got this address, without signing in."""
    person = letters.person_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        letters.stop_letters(person)
    context = {"is_done": request.method == "POST"}
    return render_page(request, "notifications/no_letters.html", context)


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that wakes up for a push; at the root, because its place is its reach."""
    path = finders.find("js/service-worker.js")
    assert isinstance(path, str)
    with open(path, "rb") as script:
        answer = HttpResponse(script.read(), content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer
