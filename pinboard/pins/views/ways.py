"""The page with the ways to make a pin, as others answer with it too."""

from __future__ import annotations

from django.http import HttpResponse

from pinboard.pins.forms import ArrivalForm, UploadForm
from pinboard.pins.models import Draft
from pinboard.web.answers import render_page
from pinboard.web.requests import SignedInRequest


def create_page(
    request: SignedInRequest,
    link_form: ArrivalForm,
    upload_form: UploadForm | None = None,
    status: int = 422,
    failed: Draft | None = None,
) -> HttpResponse:
    """status: of a form that was refused. failed: whose page could not be read."""
    upload_form = upload_form or UploadForm()
    bound = link_form.is_bound or upload_form.is_bound
    context = {
        "link_form": link_form,
        "upload_form": upload_form,
        "failed": failed,
        "layout": layout_of(link_form.is_bound and bool(link_form["small"].value())),
    }
    return render_page(request, "pins/create.html", context, status=status if bound else 200)


def layout_of(is_small: bool) -> str:
    """What a page extends: the small window of save buttons has no bars and no dock."""
    return "small.html" if is_small else "base.html"
