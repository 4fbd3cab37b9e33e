"""How much a request may bring, decided by its headers before its body is read."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

# Words of any length people write; only files are longer.
PLAIN_MAX_BYTES = 1024 * 1024


def limit_for(headers: Iterable[tuple[bytes, bytes]], *, largest: int) -> int:
    """Bytes: `largest` for files from somebody who holds a session, else PLAIN_MAX_BYTES.

    Whether the session is a real one is not known yet; but whoever has none at all must not
    have us write hundreds of megabytes to disk. headers: names in any case.
    """
    session = f"{settings.SESSION_COOKIE_NAME}=".encode()
    has_files = has_session = False
    for name, value in headers:
        if name.lower() == b"content-type":
            has_files = value.lower().startswith(b"multipart/form-data")
        elif name.lower() == b"cookie":
            has_session = has_session or session in value
    return largest if has_files and has_session else min(largest, PLAIN_MAX_BYTES)
