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
from pinboard.ingest.answers import (
    NOT_MODIFIED,
    NOTHING_KNOWN,
    Validators,
    check_status,
    conditions_for,
    validators_of,
)
from pinboard.ingest.body import Kind, read_body
from pinboard.ingest.connection import Clock, Exchange
from pinboard.ingest.errors import FetchError, FetchFailed, FetchRefused
from pinboard.ingest.links import Link, parse_link

Resolve = Callable[[str, int], Sequence[str]]
MayGo = Callable[[Link], None]

_PUBLIC_PORTS = (80, 443)
_REDIRECTS = (301, 302, 303, 307, 308)
#: Addresses of one name we try before giving up.
_MAX_ATTEMPTS = 3

_ACCEPT = {
    "page": "text/html,application/xhtml+xml;q=0.9,image/*;q=0.5,*/*;q=0.1",
    "picture": "image/webp,image/png,image/jpeg,image/gif;q=0.9,*/*;q=0.1",
    "text": "text/plain,*/*;q=0.1",
}
_PRIVATE = "This link does not lead to a public web page, so we did not open it."


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may take. Sizes are of the decoded body; seconds include redirects.

    wants: "page" reads pages whole and of a picture only its first bytes; "picture" refuses pages;
    "text" takes anything, and of a long one its first text_bytes.
    """

    wants: Kind = "page"
    page_bytes: int = 5 << 20
    picture_bytes: int = 20 << 20
    text_bytes: int = 500 << 10
    connect_seconds: float = 3.0
    total_seconds: float = 15.0
    redirects: int = 5


PAGE = Limits()
PICTURE = Limits(wants="picture")


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer with status 2xx, or 304: what was read last time still holds, and body is empty.

    url: where it came from after redirects; requested_url: where we asked first.
    kind: "page" or "picture", by the body's own first bytes, whatever content_type claims.
    charset: from the Content-Type header, lower case, or "".
    body: decoded; of a picture fetched as a "page" only the beginning.
    validators: to be given as known the next time.
    """

    url: str
    requested_url: str
    status: int
    content_type: str
    charset: str
    kind: Kind
    body: bytes
    validators: Validators = NOTHING_KNOWN

    @property
    def is_unchanged(self) -> bool:
        return self.status == NOT_MODIFIED


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
    known: Validators = NOTHING_KNOWN,
    may_go: MayGo | None = None,
) -> Fetched:
    """GET a public page or picture.

    allow: hosts and networks that may be reached although private: see `AllowList`.
    on_behalf_of: who this installation is, told to the site in the User-Agent: see `user_agent`.
    known: of an earlier answer; a page that is still the same then comes back without a body.
    may_go: asked before each address, the first and every redirect; raises a FetchError.
    Raises only FetchRefused, FetchFailed, FetchTooLarge, FetchUnsupported, or what may_go raises.
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
            (may_go or _anywhere)(link)
            where = checked_addresses(link, allowed, resolve)
            with reach(link, where, clock, limits) as exchange:
                answer = _ask(exchange, link, first, headers, known, limits)
            if isinstance(answer, Fetched):
                return answer
            link = answer
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


def _anywhere(link: Link) -> None:
    """Whoever asks for a page at a person's wish may go wherever the guard lets them."""


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


def _ask(
    exchange: Exchange,
    link: Link,
    first: Link,
    headers: dict[str, str],
    known: Validators,
    limits: Limits,
) -> Fetched | Link:
    """The answer, or where it sends us on to."""
    conditions = conditions_for(link, known)
    response = exchange.request({**headers, **conditions})
    if response.status == NOT_MODIFIED and conditions:
        return Fetched(link.url, first.url, NOT_MODIFIED, "", "", "page", b"", known)
    if response.status in _REDIRECTS:
        return _next_hop(link, response)
    return _receive(link, first, exchange, response, limits)


def _receive(
    link: Link,
    first: Link,
    exchange: Exchange,
    response: http.client.HTTPResponse,
    limits: Limits,
) -> Fetched:
    check_status(link, response)
    sizes: dict[Kind, int] = {
        "page": limits.page_bytes,
        "picture": limits.picture_bytes,
        "text": limits.text_bytes,
    }
    exchange.allow_body(max(sizes.values()))
    kind, body = read_body(response, wants=limits.wants, sizes=sizes)
    return Fetched(
        url=link.url,
        requested_url=first.url,
        status=response.status,
        content_type=response.headers.get_content_type(),
        charset=(response.headers.get_content_charset() or ""),
        kind=kind,
        body=body,
        validators=validators_of(link, response),
    )


def user_agent(on_behalf_of: str) -> str:
    """ "Pinboard/0.1.0 (+https://pins.example.org)": who asks, and where to complain.

    on_behalf_of: this installation's address, a mail address to write to, or "address; mail".
    """
    given = "".join(c for c in on_behalf_of if c.isascii() and c.isprintable() and c not in "()")
    words = [word.strip() for word in given.split(";") if word.strip()]
    where = "; ".join(_contact(word) for word in words)
    return f"Pinboard/{__version__}" + (f" (+{where})" if where else "")


def _contact(word: str) -> str:
    is_mail = "@" in word and "://" not in word
    return word.replace(" ", "") if is_mail else parse_link(word).url
