"""Pictures people send: refused by their size before they are read, and few stored at once.

Decoding takes seconds, and there are only so many threads that make pages: pictures may occupy
a few of them, never all.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from pinboard.errors import PinboardError
from pinboard.images import press
from pinboard.images.models import Picture
from pinboard.images.storing import PictureTooLarge, store_picture

MOST_AT_ONCE = 3
_places = threading.BoundedSemaphore(MOST_AT_ONCE)


@contextmanager
def place() -> Iterator[None]:
    """The right to store pictures in a request. Raises PinboardError "uploads_busy"."""
    if not _places.acquire(blocking=False):
        raise PinboardError(
            "Many pictures are being stored right now. Try again in a moment.",
            code="uploads_busy",
            status=503,
        )
    try:
        yield
    finally:
        _places.release()


def store_upload(file: UploadedFile[Any], *, owner_id: int) -> Picture:
    """Keep an uploaded picture; call it with a place. Raises as store_picture does."""
    if (file.size or 0) > press.MAX_BYTES:
        raise PictureTooLarge(press.TOO_MANY_BYTES.message)
    return store_picture(file.read(), owner_id=owner_id)
