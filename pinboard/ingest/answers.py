"""What a site's answer says beside its body: no, come back later, still the same as last time."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from pinboard.ingest.errors import FetchFailed
from pinboard.ingest.links import Link

NOT_MODIFIED = 304
#: What we remember of a site's answer to ask with later; longer ones are not worth it.
_MAX_ETAG = 300
_MAX_DATE = 60
#: The longest a site can ask us to stay away with one answer.
_MAX_RETRY_SECONDS = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Validators:
    """What a site gave us to ask whether a page has changed since (RFC 9110, section 8.8).

    url: the address they belong to, after redirects; they are told to no other.
    """

    url: str = ""
    etag: str = ""
    last_modified: str = ""


NOTHING_KNOWN = Validators()


def conditions_for(link: Link, known: Validators) -> dict[str, str]:
    """The headers that ask for a body only if it is another one."""
    if link.url != known.url:
        return {}
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in asked.items() if value}


def validators_of(link: Link, response: http.client.HTTPResponse) -> Validators:
    """What may be sent back as a header: printable, and not too long."""

    def short(name: str, most: int) -> str:
        value = response.getheader(name, "").strip()
        return value if len(value) <= most and value.isascii() and value.isprintable() else ""

    return Validators(link.url, short("ETag", _MAX_ETAG), short("Last-Modified", _MAX_DATE))


def check_status(link: Link, response: http.client.HTTPResponse) -> None:
    """Raises FetchFailed, with the answer's status and when the site wants to be asked again."""
    status = response.status
    if 200 <= status < 300 and status not in (204, 205):
        return
    if status in (404, 410):
        error = FetchFailed(
            "There is no page at this address any more. Check the link.", code="fetch_gone"
        )
    elif status in (401, 402, 403, 407, 429, 451):
        error = FetchFailed(
            f"{link.host} does not let us read this page. Save a picture of it instead.",
            code="fetch_forbidden",
        )
    else:
        error = FetchFailed(f"{link.host} answered with an error ({status}). Try again later.")
    error.answer_status = status
    error.come_back_seconds = _retry_after(response.getheader("Retry-After", ""))
    raise error


def _retry_after(header: str) -> int:
    """Seconds from "120" or an HTTP date; 0 where nothing is said, and at most a week."""
    header = header.strip()[:_MAX_DATE]
    if header.isascii() and header.isdecimal():
        return min(int(header), _MAX_RETRY_SECONDS)
    try:
        when = parsedate_to_datetime(header)
        left = (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0
    return max(0, min(int(left) + 1, _MAX_RETRY_SECONDS))
