"""Following, blocking, one's own settings, the end of an account, and the first run's page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import login, logout
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from pinboard.errors import PinboardError
from pinboard.images.storing import release_picture
from pinboard.people import relations, uploads
from pinboard.people.deleting import delete_account
from pinboard.people.forms import DeleteForm, OwnerForm, SettingsForm
from pinboard.people.models import Person
from pinboard.web.access import signed_in
from pinboard.web.answers import done, posted, render_page
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest


def _relation(
    deed: Callable[..., None], *, also_blocked: bool = False
) -> Callable[..., HttpResponse]:
    """A view that does one deed between the viewer and the person of the address."""

    @require_POST
    @signed_in
    def view(request: SignedInRequest, username: str) -> HttpResponse:
        visible = Person.objects.visible_to(request.user)
        people = visible | Person.objects.filter(blocked_by__blocker=request.user)
        person = get_object_or_404(
            (people if also_blocked else visible).distinct(), username=username.lower()
        )
        deed(actor=request.user, person=person)
        return done(request, person.get_absolute_url())

    return view


follow = _relation(relations.follow)
unfollow = _relation(relations.unfollow)
block = _relation(relations.block)
unblock = _relation(relations.unblock, also_blocked=True)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limited("settings", limit=20, seconds=60)
def settings_page(request: SignedInRequest) -> HttpResponse:
    """Display name, a few words, a face."""
    data = posted(request)
    files = request.FILES if data is not None else None
    form = SettingsForm(data, files, instance=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            _keep_settings(request.user, form)
        except PinboardError as error:
            form.add_error("face", error.message)
        else:
            messages.success(request, "Saved.")
            return redirect("people:settings")
    viewer = Person.objects.select_related("face").get(pk=request.user.pk)
    blocked = Person.objects.filter(blocked_by__blocker=request.user).select_related("face")
    context = {"form": form, "viewer": viewer, "blocked": blocked}
    return render_page(
        request, "people/settings.html", context, status=422 if form.is_bound else 200
    )


def _keep_settings(person: Person, form: SettingsForm) -> None:
    upload = form.cleaned_data.get("face")
    earlier = person.face_id
    if upload:
        with uploads.place():
            person.face = uploads.store_upload(upload, owner_id=person.pk)
    person.display_name = form.cleaned_data["display_name"]
    person.about = form.cleaned_data["about"]
    person.shows_read = form.cleaned_data["shows_read"]
    person.shows_typing = form.cleaned_data["shows_typing"]
    with transaction.atomic():
        person.save(update_fields=["display_name", "about", "shows_read", "shows_typing", "face"])
        if earlier and earlier != person.face_id:
            release_picture(earlier, owner_id=person.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limited("delete-account", limit=5, seconds=300)
def delete_page(request: SignedInRequest) -> HttpResponse:
    """Says what goes and what stays, asks for the password, and ends the account."""
    form = DeleteForm(posted(request), person=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            delete_account(person=request.user, takes_back=form.cleaned_data["takes_back"])
        except PinboardError as error:
            form.add_error(None, error.message)
        else:
            logout(request)
            messages.success(request, "Your account is deleted.")
            return redirect("pins:home")
    return render_page(
        request, "people/delete.html", {"form": form}, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """The first run without the demo world: make the owner. Gone once anybody exists."""
    if Person.objects.exists():
        raise Http404
    form = OwnerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        owner = form.make_owner()
        if owner is None:
            raise Http404
        login(request, owner, backend="pinboard.people.backends.PersonBackend")
        return redirect("pins:home")
    return render_page(
        request, "people/welcome.html", {"form": form}, status=422 if form.is_bound else 200
    )
