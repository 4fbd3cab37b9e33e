"""Pictures people send: refused by their size before they are read, and few stored at once.

Decoding takes seconds, and there are only so many threads that make pages: pictures may occupy
a few of them, never all. Two more wait for a moment: whoever is sent away has sent megabytes in
vain, and reading them again costs the pages of everybody else.
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
MOST_WAITING = 2
PATIENCE_SECONDS = 10.0
_places = threading.BoundedSemaphore(MOST_AT_ONCE)
_chairs = threading.BoundedSemaphore(MOST_WAITING)


@contextmanager
def place() -> Iterator[None]:
    """The right to store pictures in a request. Raises PinboardError "uploads_busy".

    At once when others wait already, else after PATIENCE_SECONDS.
    """
    if not (_places.acquire(blocking=False) or _after_waiting()):
        raise PinboardError(
            "Many pictures are being stored right now. Try again in a moment.",
            code="uploads_busy",
            status=503,
        )
    try:
        yield
    finally:
        _places.release()


def _after_waiting() -> bool:
    if not _chairs.acquire(blocking=False):
        return False
    try:
        return _places.acquire(timeout=PATIENCE_SECONDS)
    finally:
        _chairs.release()


def store_upload(file: UploadedFile[Any], *, owner_id: int) -> Picture:
    """Keep an uploaded picture; call it with a place. Raises as store_picture does."""
    if (file.size or 0) > press.MAX_BYTES:
        raise PictureTooLarge(press.TOO_MANY_BYTES.message)
    return store_picture(file.read(), owner_id=owner_id)
