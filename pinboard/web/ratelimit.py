"""Limits on how often one person or address may do something, kept in the shared cache.

While Redis is out of reach the cache is each process's own (cache.py): then the limits hold in
every process by itself, so that people stay limited and nobody is turned away for our fault.

A fixed window: simple, and exact enough for what it is for. Every refusal says when to come
back (429 with Retry-After).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address, ip_network
from typing import Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from pinboard.web.answers import refused, wants_json
from pinboard.web.errors import error_page

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)


def count_up(name: str, who: str, *, limit: int, seconds: int) -> int:
    """Count one more. Returns 0 while within the limit, else the seconds until it may go on."""
    if not settings.RATE_LIMITS:
        return 0
    window = int(time.time() // seconds)
    key = f"limit:{name}:{who}:{window}"
    cache.add(key, 0, timeout=seconds + 1)
    try:
        used = cache.incr(key)
    except ValueError:  # evicted, or Redis failed, between the two lines: as good as a new window
        cache.add(key, 1, timeout=seconds + 1)
        return 0
    if used <= limit:
        return 0
    return max(1, math.ceil((window + 1) * seconds - time.time()))


def limited(
    name: str, *, limit: int, seconds: int, reads: bool = False
) -> Callable[
    [Callable[Concatenate[R, P], HttpResponse]], Callable[Concatenate[R, P], HttpResponse]
]:
    """Limit a view's unsafe requests to so many per person (or address) and window.

    reads: count GET and HEAD too, for pages that cost more to make than to ask for.
    """

    def decorate(
        view: Callable[Concatenate[R, P], HttpResponse],
    ) -> Callable[Concatenate[R, P], HttpResponse]:
        @wraps(view)
        def run(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not reads and request.method in ("GET", "HEAD"):
                return view(request, *args, **kwargs)
            wait = count_up(name, _who(request), limit=limit, seconds=seconds)
            return _too_many(request, wait) if wait else view(request, *args, **kwargs)

        return run

    return decorate


def _who(request: HttpRequest) -> str:
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return f"person-{user.pk}"
    return f"address-{_network_of(_client_address(request))}"


def _client_address(request: HttpRequest) -> str:
    """The peer; behind the one trusted proxy whom it had as peer: what it appended, the last."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.BEHIND_PROXY:
        return peer
    return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or peer


def _network_of(address: str) -> str:
    """The address without a port; of IPv6 the /64, which is what one connection is given."""
    if address.startswith("["):
        address = address[1:].partition("]")[0]
    elif address.count(":") == 1:
        address = address.partition(":")[0]
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if known.version == 4 or known.ipv4_mapped:
        return str(getattr(known, "ipv4_mapped", None) or known)
    return str(ip_network((known, 64), strict=False))


def _too_many(request: HttpRequest, wait: int) -> HttpResponse:
    message = f"That was a little fast. Please wait {wait} second{'' if wait == 1 else 's'}."
    if wants_json(request):
        response = refused(request, message, code="too_many", status=429)
    else:
        response = error_page(request, 429, message)
    response.headers["Retry-After"] = str(wait)
    return response
