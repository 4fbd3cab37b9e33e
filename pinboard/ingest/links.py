"""Links as people paste them and pages write them, taken apart strictly.

Two parsers that read one link differently are how fetch guards are passed. So there is one: it
refuses what is ambiguous (control characters, backslashes, user names, odd hosts) instead of
mending it, and the request is built from its parts only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from pinboard.ingest.addresses import Address, parse_numeric_host
from pinboard.ingest.errors import FetchRefused

MAX_LENGTH = 2_048
_PORTS = {"http": 80, "https": 443}

_HAS_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")

#: Parameters that tell a site where a visitor came from, and nothing about the page.
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_[ce]id"
    r"|_hsenc|_hsmi|mkt_tok|vero_id|oly_\w+_id|epik|srsltid|spm|_ga|_gl|ref_src|s_cid|cmpid"
    r"|pk_(?:campaign|source|medium|kwd|content)|mtm_\w+|hsa_\w+|algo_\w+|_branch_match_id",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Link:
    """An http(s) address in parts that go into a request as they are: ASCII, checked.

    host: lower case, no trailing dot, IDNA; an IPv6 address without brackets.
    address: set when the host spells an IP address, in whatever notation.
    target: path and query, percent-encoded.
    """

    scheme: str
    host: str
    port: int
    target: str
    address: Address | None

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host_header}{self.target}"

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def parse_link(text: str) -> Link:
    """Take a link apart. "example.com/lamp" is read as https.

    Raises FetchRefused with a sentence about what is wrong with it.
    """
    text = text.strip()
    if text and not _HAS_SCHEME.match(text):
        text = "https://" + text.removeprefix("//")
    if not text or len(text) > MAX_LENGTH or _FORBIDDEN.search(text):
        raise FetchRefused("This is not a link we can read. Copy it from the address bar.")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise FetchRefused("This link is not complete. Copy it from the address bar.") from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise FetchRefused("We can read links that begin with https:// or http:// only.")
    if "@" in parts.netloc:
        raise FetchRefused("This link carries a user name. Take out the part before the @.")
    host, address = _read_host(parts.hostname or "")
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    if parts.query:
        target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?[]|")
    return Link(scheme, host, port or _PORTS[scheme], target, address)


def _read_host(host: str) -> tuple[str, Address | None]:
    """A host name in ASCII, and the address it spells if it spells one."""
    try:
        if not host.isascii():
            host = host.encode("idna").decode("ascii")  # also maps full-width digits to digits
        host = host.lower().removesuffix(".")
        address = None if "%" in host else parse_numeric_host(host)  # fe80::1%eth0 is nobody's site
    except (UnicodeError, ValueError) as error:
        raise FetchRefused("There is no such site name. Look for a typing mistake.") from error
    if address is not None:
        return str(address), address
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in host.split(".")):
        raise FetchRefused("There is no such site name. Look for a typing mistake.")
    return host, None


def absolute(base: str, reference: object) -> str:
    """A reference found on a page as an absolute http(s) address, or "" if it is none.

    Drops javascript:, data: and the like, whatever their spelling, and the fragment. The result
    has been through `parse_link`, so it is safe to show as a link; whether we may fetch it is
    decided when we fetch it.
    """
    if not isinstance(reference, str) or not (reference := reference.strip()):
        return ""
    if len(reference) > MAX_LENGTH or re.search(r"[\x00-\x1f\x7f]", reference):
        return ""
    try:
        joined = urljoin(base, reference.replace(" ", "%20").replace("\\", "%5C"))
        if not joined.lower().startswith(("http://", "https://")):
            return ""
        return parse_link(joined).url
    except (ValueError, FetchRefused):
        return ""


def without_tracking(url: str) -> str:
    """The same address without the parameters that only say where a visitor came from."""
    parts = urlsplit(url)
    if not parts.query:
        return url
    try:
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=1_000)
    except ValueError:
        return url
    kept = [(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)]
    if len(kept) == len(pairs):
        return url  # as the site wrote it
    return urlunsplit(parts._replace(query=urlencode(kept)))


def page_key(url: str) -> str:
    """The same for all spellings of one page's address: to compare, not to visit.

    Scheme, "www.", a closing slash, "index.html", the fragment, tracking parameters and the order
    of the others do not tell pages apart.
    """
    parts = urlsplit(without_tracking(url))
    path = re.sub(r"/(?:index\.(?:html?|php))?$", "", parts.path)
    pairs = sorted(parse_qsl(parts.query, keep_blank_values=True, max_num_fields=1_000))
    port = re.search(r":(?!80$|443$)\d+$", parts.netloc)
    return f"{_bare_host(url)}{port[0] if port else ''}{path}?{urlencode(pairs)}"


def query_of(url: str) -> dict[str, str]:
    """The parameters of an address, of doubles the last; {} when there are absurdly many."""
    try:
        return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True, max_num_fields=200))
    except ValueError:
        return {}


def is_same_site(first: str, second: str) -> bool:
    """Whether one address's host is the other's, or lies under it; www. and m. do not count."""
    one, other = _bare_host(first), _bare_host(second)
    return one == other or one.endswith("." + other) or other.endswith("." + one)


def _bare_host(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return re.sub(r"^(?:www\d?|m|mobile|amp)\.", "", host)


def site_of(url: str) -> str:
    """The host people know a page by: "example.com" for https://www.example.com/lamp."""
    return _bare_host(url)
