"""What may stand in a log: which address was asked for, never the words or secrets in it (90)."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest


def logging_settings(level: str) -> dict[str, Any]:
    """Django's LOGGING, to the console. level: of our own loggers; others tell from warnings on."""
    console = {
        "class": "logging.StreamHandler",
        "formatter": "line",
        "filters": ["without words"],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"without words": {"()": WithoutWords}},
        "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
        "handlers": {"console": console},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {"pinboard": {"level": level.upper()}},
    }


class WithoutWords(logging.Filter):
    """For handlers. Writes "/join/<str:secret>/" for an address; numbers in it stay.

    Links that open doors, names of boards and of people stand in addresses. What leads nowhere
    here may be anything, so only its beginning is written.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request: HttpRequest | None = getattr(record, "request", None)
        if request is not None and isinstance(record.args, tuple):
            address = address_of(request)
            record.args = tuple(address if arg == request.path else arg for arg in record.args)
        return True


def address_of(request: HttpRequest) -> str:
    found = request.resolver_match
    if found is None:
        first = request.path.lstrip("/").partition("/")[0]
        return f"/{first[:20]}…" if request.path.strip("/") != first else f"/{first[:20]}"
    route = str(found.route)
    numbers: dict[str, Any] = {k: v for k, v in found.kwargs.items() if isinstance(v, int)}
    for name, number in numbers.items():
        route = route.replace(f"<int:{name}>", str(number))
    return f"/{route}"
