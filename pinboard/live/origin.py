"""Which pages may open the socket: only our own, by scheme, host and port.

Browsers send cookies along when any website opens a socket to us, and no CSRF token protects
an upgrade. Channels' own validator compares host names only and, with ALLOWED_HOSTS "*",
accepts everything (STACK.md, trap 8).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

DEFAULT_PORTS = {"http": 80, "https": 443}
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]


class Origin(NamedTuple):
    scheme: str
    host: str
    port: int


def parse_origin(text: str) -> Origin | None:
    """None for whatever is not scheme://host[:port] of the web and nothing else ("null" too)."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        return None
    if parts.path or parts.query or parts.fragment or "@" in parts.netloc:
        return None
    return Origin(parts.scheme, parts.hostname, port or DEFAULT_PORTS[parts.scheme])


def is_allowed(scope: Mapping[str, Any]) -> bool:
    """Whether the Origin header of a websocket scope names us.

    Us: settings.ORIGINS when there are any, else the address the request itself was sent to,
    whose host has to be one of ALLOWED_HOSTS.
    """
    sent = _header(scope["headers"], b"origin")
    origin = parse_origin(sent) if sent else None
    if origin is None:
        return False
    if settings.ORIGINS:
        return origin in {parse_origin(ours) for ours in settings.ORIGINS}
    return origin == _own_address(scope)


def _own_address(scope: Mapping[str, Any]) -> Origin | None:
    host = _header(scope["headers"], b"host")
    allowed = settings.ALLOWED_HOSTS or (LOOPBACK_HOSTS if settings.DEBUG else [])
    domain, _ = split_domain_port(host or "")
    if host is None or not validate_host(domain, allowed):
        return None
    return parse_origin(f"{_scheme(scope)}://{host}")


def _scheme(scope: Mapping[str, Any]) -> str:
    """http or https, as seen by the browser; a proxy says so in SECURE_PROXY_SSL_HEADER."""
    secure = scope.get("scheme") in ("wss", "https")
    if settings.SECURE_PROXY_SSL_HEADER:
        name, value = settings.SECURE_PROXY_SSL_HEADER
        header = name.removeprefix("HTTP_").replace("_", "-").lower().encode()
        said = _header(scope["headers"], header)
        if said is not None:
            secure = said.split(",")[0].strip() == value
    return "https" if secure else "http"


def _header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str | None:
    """The value of a header that was sent exactly once."""
    values = [value for key, value in headers if key.lower() == name]
    return values[0].decode("latin-1") if len(values) == 1 else None
