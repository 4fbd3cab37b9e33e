"""What answers say to browsers when they are made without Django and its middleware."""

from __future__ import annotations

from django.conf import settings


def bare_headers() -> dict[str, str]:
    """For a sentence in plain text: nothing in it may be run, framed or guessed at."""
    said = {
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": str(settings.SECURE_REFERRER_POLICY),
        "Cache-Control": "no-store",
    }
    if settings.SECURE_HSTS_SECONDS:
        said["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
    return said


def bare_header_pairs() -> list[tuple[bytes, bytes]]:
    """The same as ASGI wants them."""
    return [(name.encode(), value.encode()) for name, value in bare_headers().items()]
