"""Handing out files of pictures, after asking who may have them."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from pinboard.images.cards import SUFFIXES
from pinboard.images.models import Picture
from pinboard.web.access import guests_too
from pinboard.web.files import FileAnswer

EVERYONE = "public, max-age=31536000, immutable"
ONE_PERSON = "private, no-store"
# How long an address lives that lets its holder read a file from S3 without asking us: a
# minute (TRUST.md, section 3), also of what everyone may see, for that may become secret. What
# everyone may see is remembered for half of it, so that a page does not ask twice.
SIGNED_SECONDS = 60
KEY = re.compile(r"[0-9a-f]{32}")
_NEEDED = ("key", "original_format", "renditions", "rendition_token")


@require_safe
@guests_too
def media(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """One file: original.<suffix> or <width>.webp.

    What everyone may see costs one query and no session. Everything else that is not this
    viewer's to see is 404, found by the same questions whether or not the key exists.
    """
    if not KEY.fullmatch(key):
        return _not_found()
    picture = Picture.objects.public().only(*_NEEDED).filter(key=key).first()
    is_public = picture is not None
    if picture is None and request.user.is_authenticated:
        picture = Picture.objects.visible_to(request.user).only(*_NEEDED).filter(key=key).first()
    file = picture and _file_named(picture, name)
    if picture is None or not file:
        return _not_found()
    return _answer(request, picture, name, file, is_public=is_public)


def _file_named(picture: Picture, name: str) -> str:
    """Name in the storage, or "" when the picture has no such file (yet)."""
    if name == f"original.{SUFFIXES[picture.original_format]}":
        return picture.original_file
    for width, _ in picture.renditions:
        if name == f"{width}.webp":
            return picture.rendition_file(width)
    return ""


def _answer(
    request: HttpRequest, picture: Picture, name: str, file: str, *, is_public: bool
) -> HttpResponseBase:
    kind = picture.original_format if name.startswith("original.") else "webp"
    content_type, filename = f"image/{kind}", f"pinboard-{picture.key[:8]}-{name}"
    try:
        path = default_storage.path(file)
    except NotImplementedError:  # no folder of ours
        return _redirect(file, content_type, filename, is_public=is_public)
    try:
        return FileAnswer(
            request,
            path,
            content_type=content_type,
            etag=file.rpartition("/")[2],  # a file of this name never changes
            filename=filename,
            headers={"Cache-Control": EVERYONE if is_public else ONE_PERSON},
        )
    except FileNotFoundError:
        return _not_found()


def _not_found() -> HttpResponse:
    """A few words instead of the site's page: nobody reads what stands in place of an <img>."""
    answer = HttpResponseNotFound("There is no such picture.\n", content_type="text/plain")
    answer.headers["Cache-Control"] = ONE_PERSON
    return answer


def _redirect(file: str, content_type: str, filename: str, *, is_public: bool) -> HttpResponse:
    """Send the browser to S3 with an address that soon means nothing."""
    cache = f"public, max-age={SIGNED_SECONDS // 2}" if is_public else ONE_PERSON
    storage: Any = default_storage  # S3Storage.url() takes more than Storage.url() promises
    address = storage.url(
        file,
        parameters={
            "ResponseContentType": content_type,
            "ResponseContentDisposition": f'inline; filename="{filename}"',
            "ResponseCacheControl": cache,
        },
        expire=SIGNED_SECONDS,
    )
    answer = HttpResponseRedirect(address)
    answer.headers["Cache-Control"] = cache
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    # The signature in the address is worth as much as the file.
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
