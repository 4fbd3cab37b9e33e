"""The only door to the network: a guarded GET (and delivery.py beside it, a guarded POST).

A link comes from anybody, and our server stands inside somebody's network. So: http and https on
their own ports; the name resolved once, *every* address it has must be public, and the connection
goes to one of those addresses; the same again for each redirect; no cookies, no credentials; one
clock and one byte limit, counted after decompression. What may be reached although it is private
is a list, empty by default.

``fetch`` waits for the resolver as long as that takes, and TLS and zlib work on hostile bytes in
here: ``page.py`` calls it in the sandbox, and so should everybody.
"""

from __future__ import annotations

import http.client
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from itertools import zip_longest
from urllib.parse import urljoin

from pinboard import __version__
from pinboard.ingest.addresses import Address, AllowList, is_public, is_this_machine
from pinboard.ingest.body import Kind, read_body
from pinboard.ingest.connection import Clock, Exchange
from pinboard.ingest.errors import FetchError, FetchFailed, FetchRefused
from pinboard.ingest.links import Link, parse_link

Resolve = Callable[[str, int], Sequence[str]]

_PUBLIC_PORTS = (80, 443)
_REDIRECTS = (301, 302, 303, 307, 308)
#: Addresses of one name we try before giving up.
_MAX_ATTEMPTS = 3

_ACCEPT = {
    "page": "text/html,application/xhtml+xml;q=0.9,image/*;q=0.5,*/*;q=0.1",
    "picture": "image/webp,image/png,image/jpeg,image/gif;q=0.9,*/*;q=0.1",
}
_PRIVATE = "This link does not lead to a public web page, so we did not open it."


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may take. Sizes are of the decoded body; seconds include redirects.

    wants: "page" reads pages whole and of a picture only its first bytes; "picture" refuses pages.
    """

    wants: Kind = "page"
    page_bytes: int = 2 << 20
    picture_bytes: int = 20 << 20
    connect_seconds: float = 3.0
    total_seconds: float = 15.0
    redirects: int = 5


PAGE = Limits()
PICTURE = Limits(wants="picture")


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer with status 2xx.

    url: where it came from after redirects; requested_url: where we asked first.
    kind: "page" or "picture", by the body's own first bytes, whatever content_type claims.
    charset: from the Content-Type header, lower case, or "".
    body: decoded; of a picture fetched as a "page" only the beginning.
    """

    url: str
    requested_url: str
    status: int
    content_type: str
    charset: str
    kind: Kind
    body: bytes


def resolve(host: str, port: int) -> Sequence[str]:
    """All addresses of a name. Raises OSError if it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def fetch(
    url: str,
    *,
    limits: Limits = PAGE,
    allow: Sequence[str] = (),
    resolve: Resolve = resolve,
    on_behalf_of: str = "",
) -> Fetched:
    """GET a public page or picture.

    allow: hosts and networks that may be reached although private: see `AllowList`.
    on_behalf_of: this installation's public address, told to the site in the User-Agent.

    Raises FetchRefused, FetchFailed, FetchTooLarge or FetchUnsupported; nothing else.
    """
    clock = Clock(limits.total_seconds)
    allowed = AllowList(allow)
    headers = {
        "User-Agent": user_agent(on_behalf_of),
        "Accept": _ACCEPT[limits.wants],
        "Accept-Encoding": "gzip",
    }
    link = first = parse_link(url)
    for _ in range(limits.redirects + 1):
        try:
            addresses = checked_addresses(link, allowed, resolve)
            with reach(link, addresses, clock, limits) as exchange:
                response = exchange.request(headers)
                if response.status not in _REDIRECTS:
                    return _receive(link, first, exchange, response, limits)
                link = _next_hop(link, response)
        except FetchError:
            raise
        except TimeoutError as error:
            raise FetchFailed(
                f"{link.host} took too long to answer. Try again later.", code="fetch_timeout"
            ) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise FetchFailed(
                f"{link.host} could not be reached, or broke off. Try again later."
            ) from error
    raise FetchFailed(
        "This link goes round in circles. Open it in a browser and copy the last one."
    )


def checked_addresses(link: Link, allowed: AllowList, resolve: Resolve) -> list[Address]:
    """Where the link's name leads, if every one of the places is open to strangers' links.

    Raises FetchRefused and FetchFailed.
    """
    by_name = allowed.has_name(link.host, link.port)
    if link.address is not None:
        addresses = [link.address]
    else:
        try:
            addresses = [ip_address(text) for text in resolve(link.host, link.port)]
        except OSError as error:
            raise FetchFailed(
                f"There is no site called {link.host}. Look for a typing mistake.",
                code="fetch_unknown_host",
            ) from error
    for address in addresses:
        if by_name or allowed.has_address(address, link.port):
            continue
        if link.port not in _PUBLIC_PORTS or not is_public(address) or is_this_machine(address):
            raise FetchRefused(_PRIVATE)
    if not addresses:
        raise FetchFailed(f"There is no site called {link.host}. Look for a typing mistake.")
    return addresses


def reach(link: Link, addresses: list[Address], clock: Clock, limits: Limits) -> Exchange:
    """A connection to the first checked address that answers."""
    *others, last = _in_turn(addresses)[:_MAX_ATTEMPTS]
    for address in others:
        try:
            return Exchange(link, address, clock, limits.connect_seconds)
        except OSError:
            clock.left()
    return Exchange(link, last, clock, limits.connect_seconds)


def _in_turn(addresses: list[Address]) -> list[Address]:
    """IPv6 and IPv4 alternately, the resolver's favourite first: one of them may lead nowhere."""
    first = [one for one in addresses if one.version == addresses[0].version]
    other = [one for one in addresses if one.version != addresses[0].version]
    pairs = zip_longest(first, other)
    return [address for pair in pairs for address in pair if address is not None]


def _next_hop(link: Link, response: http.client.HTTPResponse) -> Link:
    location = response.getheader("Location", "")
    if not location:
        raise FetchFailed(f"{link.host} sends visitors on, but does not say where.")
    # Header bytes arrive as Latin-1; sites write UTF-8 there.
    location = location.encode("latin-1", "replace").decode("utf-8", "replace").strip()
    return parse_link(urljoin(link.url, location.replace(" ", "%20")))


def _receive(
    link: Link,
    first: Link,
    exchange: Exchange,
    response: http.client.HTTPResponse,
    limits: Limits,
) -> Fetched:
    _check_status(link, response.status)
    exchange.allow_body(max(limits.page_bytes, limits.picture_bytes))
    kind, body = read_body(
        response,
        wants=limits.wants,
        sizes={"page": limits.page_bytes, "picture": limits.picture_bytes},
    )
    return Fetched(
        url=link.url,
        requested_url=first.url,
        status=response.status,
        content_type=response.headers.get_content_type(),
        charset=(response.headers.get_content_charset() or ""),
        kind=kind,
        body=body,
    )


def _check_status(link: Link, status: int) -> None:
    if 200 <= status < 300 and status not in (204, 205):
        return
    if status in (404, 410):
        raise FetchFailed("This page does not exist any more.", code="fetch_gone")
    if status in (401, 402, 403, 407, 429, 451):
        raise FetchFailed(
            f"{link.host} does not let us read this page. Save a picture of it instead.",
            code="fetch_forbidden",
        )
    raise FetchFailed(f"{link.host} answered with an error ({status}). Try again later.")


def user_agent(on_behalf_of: str) -> str:
    """ "Pinboard/0.1.0 (+https://pins.example.org)": who asks, and where to complain."""
    where = parse_link(on_behalf_of).url if on_behalf_of else ""
    return f"Pinboard/{__version__}" + (f" (+{where})" if where else "")
