"""What a phone's share sheet sends, and the manifest that puts us there.

The share sheet posts without a token of ours, so `share` is exempt from the CSRF check, and this
takes its place. The session's cookie is SameSite=Lax: no other site's form brings it. What Lax
lets through is a neighbour (another host of our domain, another port of this machine), and
Sec-Fetch-Site, which no page can forge, tells it from the share sheet: "none" is what the person
did in the browser itself. Only that (or a page of ours) makes a draft, which its person then
confirms, and which nobody else ever sees. A link from anybody else is shown as a save button's
is: nothing happens before a press.
"""

from __future__ import annotations

import re
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from pinboard.pins import drafting
from pinboard.pins.forms import FILE_TYPES, ArrivalForm, UploadForm
from pinboard.web.access import refuse_guest
from pinboard.web.answers import render_page
from pinboard.web.errors import error_page
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest

OURS = ("none", "same-origin")
LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
NOTHING = "There was no picture and no link in what you shared. Add it here."
NOT_FROM_HERE = "Pictures can be shared to Pinboard from your phone's share sheet only."
SIGN_IN_FIRST = "Sign in, then share the picture once more."


@csrf_exempt  # see above: a share sheet has no token, and everything is a draft
@require_http_methods(["GET", "HEAD", "POST"])
@limited("create", limit=20, seconds=60)
def share(request: HttpRequest) -> HttpResponse:
    """{title, text, url, pictures}: a draft of one's own, or the question whether to make one."""
    if request.method != "POST" and request.user.is_authenticated:
        return redirect("pins:create")
    sent = shared(request)
    if getattr(request, "is_from_guest", False):
        return refuse_guest(request)
    if not request.user.is_authenticated:
        return _sign_in(request, sent)
    files = request.FILES.getlist("pictures")
    is_ours = request.headers.get("Sec-Fetch-Site", "") in OURS
    if files and not is_ours:
        return error_page(request, 403, NOT_FROM_HERE)
    if files:
        return _take(cast(SignedInRequest, request), sent)
    if not sent["link"]:
        messages.info(request, NOTHING)
        return redirect("pins:create")
    if not is_ours:
        return redirect(_button(sent))
    form = ArrivalForm(sent)
    if not form.is_valid():
        return redirect(_button(sent))
    draft = drafting.draft_from_link(
        owner=cast(SignedInRequest, request).user,
        link=form.cleaned_data["link"],
        brought=form.brought(),
    )
    return redirect(draft)


def shared(request: HttpRequest) -> dict[str, str]:
    """{link, title, description}: apps put the link into the text, or into the title, at will."""
    url, text, title = (request.POST.get(name, "").strip() for name in ("url", "text", "title"))
    for words in (url, text, title):
        if found := LINK.search(words):
            link = found[0].rstrip(").,;:!?'”»")
            break
    else:
        link = ""
    said = " ".join(text.replace(link, " ").split()) if link else text
    called = "" if link and title.startswith(link) else title
    return {
        "link": link,
        "title": called[:200],
        "description": "" if said == called else said[:2000],
    }


def _take(request: SignedInRequest, sent: dict[str, str]) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refuse(request, form)
    files: list[UploadedFile[Any]] = form.cleaned_data["pictures"]
    draft, refusals = drafting.draft_from_files(owner=request.user, files=files)
    for refusal in refusals:
        messages.warning(request, f"{refusal.name}: {refusal.message}")
    if draft is None:
        return redirect("pins:create")
    words = drafting.Brought(title=sent["title"], description=sent["description"])
    drafting.describe(draft, words, link=sent["link"])
    return redirect(draft)


def _refuse(request: SignedInRequest, form: UploadForm) -> HttpResponse:
    context = {"link_form": ArrivalForm(), "upload_form": form}
    return render_page(request, "pins/create.html", context, status=422)


def _sign_in(request: HttpRequest, sent: dict[str, str]) -> HttpResponse:
    """A link waits in the address until one is signed in; bytes are not kept for nobody."""
    if sent["link"]:
        return redirect_to_login(_button(sent))
    if request.FILES:
        messages.info(request, SIGN_IN_FIRST)
    return redirect_to_login(reverse("pins:create"))


def _button(sent: dict[str, str]) -> str:
    words = {name: sent[name] for name in ("title", "description") if sent[name]}
    return f"{reverse('pins:button')}?{urlencode({'url': sent['link'], **words})}"


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest: what makes it installable, and a place in the share sheet."""
    return JsonResponse(
        {
            "id": "/",
            "name": "Pinboard",
            "short_name": "Pinboard",
            "description": "Pictures that lead somewhere, and what to do with them together.",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#faf8f5",
            "theme_color": "#faf8f5",
            "icons": [
                _icon("icon-192", 192),
                _icon("icon-512", 512),
                _icon("icon-maskable-512", 512) | {"purpose": "maskable"},
            ],
            "shortcuts": [
                {"name": "Make a pin", "url": reverse("pins:create")},
                {"name": "Messages", "url": "/messages/"},
            ],
            "share_target": {
                "action": reverse("pins:share"),
                "method": "POST",
                "enctype": "multipart/form-data",
                "params": {
                    "title": "title",
                    "text": "text",
                    "url": "url",
                    "files": [{"name": "pictures", "accept": FILE_TYPES.split(",")}],
                },
            },
        },
        content_type="application/manifest+json",
    )


def _icon(name: str, side: int) -> dict[str, str]:
    return {"src": static(f"img/{name}.png"), "sizes": f"{side}x{side}", "type": "image/png"}
