"""What arrives from elsewhere: save buttons of other websites, and the bookmarklet.

GET /pin/create/button/?url=&media=&description= is what existing save buttons open. Any page
anywhere can send a signed-in browser there, so the GET reads and writes nothing: it shows what
came, and pressing sends an ordinary form of ours (CSRF-checked) to /create/. Were a GET enough,
any website could make people's servers fetch what it likes, fill their drafts, and learn from
its own log at which address its visitor keeps a Pinboard.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from pinboard.ingest.links import site_of
from pinboard.pins.before import saved_of_page
from pinboard.pins.drafting import wanted_of
from pinboard.pins.forms import ArrivalForm
from pinboard.pins.views.ways import create_page, layout_of
from pinboard.web.access import signed_in
from pinboard.web.answers import render_page
from pinboard.web.requests import SignedInRequest
from pinboard.web.static import lean_script


@require_safe
@signed_in
def button(request: SignedInRequest) -> HttpResponse:
    """?url=&media=&description=&title=: media may come several times, absolute or relative."""
    form = arrival(request.GET)
    if not form.is_valid():
        return create_page(request, link_form=form)
    link = form.cleaned_data["link"]
    context = {
        "layout": layout_of(is_small=True),
        "form": form,
        "link": link,
        "site": site_of(link),
        "before": saved_of_page(request.user, link),
        "pictures": len(wanted_of(link, form.media_addresses)),
    }
    return render_page(request, "pins/button.html", context)


def arrival(sent: QueryDict) -> ArrivalForm:
    """The form for what a save button sent; without a page its first picture is the link."""
    data = QueryDict(mutable=True)
    data.setlist("media", sent.getlist("media"))
    data["link"] = sent.get("url", "").strip() or next(iter(sent.getlist("media")), "").strip()
    data["title"] = sent.get("title", "")[:2000]
    data["description"] = sent.get("description", "")[:2000]
    data["small"] = "on"
    return ArrivalForm(data)


@require_safe
@signed_in
def bookmarklet(request: SignedInRequest) -> HttpResponse:
    """The button for the bookmarks bar, and how it is put there."""
    origin = settings.ORIGIN or f"{request.scheme}://{request.get_host()}"
    return render_page(request, "pins/bookmarklet.html", {"address": bookmarklet_address(origin)})


@lru_cache(maxsize=16)  # hosts one is reached under are few
def bookmarklet_address(origin: str) -> str:
    """The script of static/js/bookmarklet.js as an address: what a bookmark can hold."""
    path = finders.find("js/bookmarklet.js")
    assert isinstance(path, str)
    script = lean_script(Path(path).read_text(encoding="utf-8")).replace("ORIGIN", origin)
    return "javascript:" + quote("".join(script.splitlines()), safe="(){}[];,:.=!?&|+-*/'$_~@")
