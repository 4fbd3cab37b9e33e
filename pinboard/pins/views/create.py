"""Making pins: files or a link become a draft (draft.py), a draft becomes pins.

/create/ takes files or a link and leads to the draft's own page.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from pinboard.errors import PinboardError
from pinboard.pins import drafting
from pinboard.pins.forms import ArrivalForm, UploadForm
from pinboard.pins.views.draft import draft_page, take_files
from pinboard.pins.views.ways import create_page
from pinboard.web.access import signed_in
from pinboard.web.ratelimit import limited
from pinboard.web.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@limited("create", limit=20, seconds=60)
def create(request: SignedInRequest) -> HttpResponse:
    """{way: link, link, media, title, description} or {way: upload, pictures}: make a draft."""
    way = request.POST.get("way", "")
    link_form = ArrivalForm(request.POST if way == "link" else None)
    if request.method == "POST" and way not in ("link", "upload"):
        link_form = ArrivalForm({})  # it says what is to be done here
    upload_form = UploadForm(*((request.POST, request.FILES) if way == "upload" else ()))
    if way == "link" and link_form.is_valid():
        try:
            return redirect(
                drafting.draft_from_link(
                    owner=request.user,
                    link=link_form.cleaned_data["link"],
                    brought=link_form.brought(),
                )
            )
        except PinboardError as error:
            link_form.add_error("link", error.message)
            return create_page(request, link_form, upload_form, status=error.status)
    if way == "upload" and upload_form.is_valid():
        draft = take_files(request, upload_form)
        if draft and not upload_form.errors:
            return redirect(draft)
        if draft:
            return draft_page(request, draft, upload_form=upload_form)
    return create_page(request, link_form, upload_form)
