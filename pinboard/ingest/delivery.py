"""A guarded POST to an address that a stranger gave us: a push service's.

The same door as `fetch`: public addresses only, resolved once, one clock, no redirects, no
cookies; of the answer only the status is read. Runs in the sandbox, for the same reasons.
"""

from __future__ import annotations

import http.client
from collections.abc import Mapping, Sequence

from pinboard import sandbox
from pinboard.ingest.addresses import AllowList
from pinboard.ingest.connection import Clock
from pinboard.ingest.errors import FetchFailed
from pinboard.ingest.fetch import Limits, checked_addresses, reach, resolve, user_agent
from pinboard.ingest.links import parse_link

_LIMITS = Limits(connect_seconds=2.0, total_seconds=4.0)
_SANDBOX_SECONDS = 8.0
_MEMORY_BYTES = 256 << 20


def deliver(
    url: str,
    *,
    body: bytes,
    headers: Mapping[str, str],
    allow: Sequence[str] = (),
    on_behalf_of: str = "",
) -> int:
    """POST body there and answer the status. allow, on_behalf_of: as for `fetch`.

    Raises FetchRefused, FetchFailed or SandboxFailed.
    """
    return sandbox.run(
        _post,
        url,
        body,
        {"User-Agent": user_agent(on_behalf_of), **headers},
        tuple(allow),
        seconds=_SANDBOX_SECONDS,
        memory_bytes=_MEMORY_BYTES,
        lane="network",
    )


def _post(url: str, body: bytes, headers: dict[str, str], allow: tuple[str, ...]) -> int:
    link = parse_link(url)
    addresses = checked_addresses(link, AllowList(allow), resolve)
    try:
        with reach(link, addresses, Clock(_LIMITS.total_seconds), _LIMITS) as exchange:
            return exchange.request({**headers, "Content-Length": str(len(body))}, post=body).status
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FetchFailed(f"{link.host} could not be reached, or broke off.") from error
