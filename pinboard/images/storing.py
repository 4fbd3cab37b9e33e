"""Keeping a picture: one row per content, its clean original in the file storage.

Nothing here knows where files live: everything goes through Django's default storage, which is a
folder or S3. A file is written before the row that names it, under a name nobody can guess; what
a failed transaction leaves behind is found by the sweep (sweeping.py).
"""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from pinboard import sandbox
from pinboard.errors import PinboardError
from pinboard.images import jobs, press, rendering
from pinboard.images.filing import remove, write
from pinboard.images.formats import kind_of
from pinboard.images.models import Picture, Upload

# Honest pictures take a second or two, the longest moving ones we accept about seven.
PRESS_SECONDS = 20.0
# 50 megapixels with transparency are 200 MB, and decoder and encoder keep copies on the way.
PRESS_MEMORY_BYTES = 2 * 1024 * 1024 * 1024
MAX_BYTES_A_DAY = 2 * 1024 * 1024 * 1024

_KIND_OF_FORMAT = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}


class PictureUnsupported(PinboardError):
    """The bytes are not a picture of a kind we accept."""

    code = press.Reason.UNSUPPORTED.value
    status = 415


class PictureTooLarge(PinboardError):
    """Too many bytes, pixels or frames."""

    code = press.Reason.TOO_LARGE.value
    status = 413


class PictureUnreadable(PinboardError):
    """The bytes begin like a picture and cannot be decoded, or not in reasonable time."""

    code = press.Reason.UNREADABLE.value
    status = 422


class UploadsExhausted(PinboardError):
    """Somebody stored as much as one person may in a day."""

    code = "uploads_exhausted"
    status = 429


_ERRORS: dict[press.Reason, type[PinboardError]] = {
    press.Reason.UNSUPPORTED: PictureUnsupported,
    press.Reason.TOO_LARGE: PictureTooLarge,
    press.Reason.UNREADABLE: PictureUnreadable,
}


def store_picture(data: bytes, *, owner_id: int | None = None) -> Picture:
    """Keep a picture; the same bytes are the same row, whoever sends them and however often.

    data: a file as somebody sent it, at most press.MAX_BYTES.
    owner_id: the person who may see it before anything refers to it.
    Raises PictureUnsupported, PictureTooLarge, PictureUnreadable, UploadsExhausted, and
    sandbox.SandboxFailed with the code "sandbox_busy".

    Decoding takes up to seconds: call this outside a transaction, and begin yours afterwards.
    """
    if len(data) > press.MAX_BYTES:
        raise PictureTooLarge(press.TOO_MANY_BYTES.message)
    digest = hashlib.sha256(data).hexdigest()
    picture = _known(digest)
    if picture is None:
        if owner_id is not None:
            _check_quota(owner_id)
        picture = _keep(digest, _pressed(data))
    if owner_id is not None:
        Upload.objects.get_or_create(picture=picture, person_id=owner_id)
    return picture


def _known(digest: str) -> Picture | None:
    """The row of this content, marked as wanted just now so that no sweep takes it."""
    if Picture.objects.filter(digest=digest).update(last_stored=timezone.now()):
        return Picture.objects.filter(digest=digest).first()
    return None


def _check_quota(owner_id: int) -> None:
    if not settings.RATE_LIMITS:
        return
    since = timezone.now() - timedelta(days=1)
    stored = Upload.objects.filter(person=owner_id, created__gte=since)
    if (stored.aggregate(bytes=Sum("picture__byte_size"))["bytes"] or 0) > MAX_BYTES_A_DAY:
        raise UploadsExhausted(
            "You have added 2 GB of pictures within a day. Please go on tomorrow."
        )


def _pressed(data: bytes) -> press.Pressed:
    """Decode and encode anew in the sandbox, trusting nothing that comes back but its shape."""
    try:
        result = sandbox.run(
            press.press, data, seconds=PRESS_SECONDS, memory_bytes=PRESS_MEMORY_BYTES
        )
    except sandbox.SandboxFailed as failure:
        if failure.code == "sandbox_busy":
            raise
        if failure.code == "sandbox_memory":
            raise PictureTooLarge(press.TOO_MANY_PIXELS.message) from failure
        raise PictureUnreadable(press.UNREADABLE.message) from failure
    if isinstance(result, press.Refused):
        raise _ERRORS[result.reason](result.message)
    # The child worked on hostile bytes and may have been taken over. What it says ends up in
    # HTML and file names, so it must look like what it claims to be.
    if (
        kind_of(result.original) != _KIND_OF_FORMAT.get(result.format)
        or not re.fullmatch(r"#[0-9a-f]{6}", result.colour)
        or not re.fullmatch(r"data:image/webp;base64,[A-Za-z0-9+/=]{1,1900}", result.preview)
    ):
        raise PictureUnreadable(press.UNREADABLE.message)
    return result


def _keep(digest: str, pressed: press.Pressed) -> Picture:
    """Write the file, then the row. Of two that race, the first row stays."""
    picture = Picture(
        digest=digest,
        original_format=pressed.format,
        width=pressed.width,
        height=pressed.height,
        colour=pressed.colour,
        preview=pressed.preview,
        animated=pressed.animated,
        byte_size=len(pressed.original),
        perceptual_hash=pressed.perceptual_hash,
        retry_at=timezone.now() + rendering.FIRST_PATIENCE,
    )
    write(picture.original_file, pressed.original)
    try:
        with transaction.atomic():
            picture.save(force_insert=True)
    except IntegrityError:
        remove([picture.original_file])
        first = _known(digest)
        if first is None:
            raise
        return first
    except BaseException:
        remove([picture.original_file])
        raise
    jobs.make_renditions.enqueue(picture.pk)
    return picture


def release_picture(picture_id: int, *, owner_id: int | None = None) -> None:
    """Say that a reference to a picture is gone, in the transaction that removes it.

    owner_id: the person who gives it up; they lose the right that uploading gave them.
    If nothing refers to the picture and nobody else holds it, its row and files are gone
    seconds after the commit instead of at the next sweep.
    """
    if owner_id is not None:
        Upload.objects.filter(picture=picture_id, person=owner_id).delete()
    jobs.remove_if_unused.enqueue(picture_id)
