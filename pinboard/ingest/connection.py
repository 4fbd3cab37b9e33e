"""One HTTP exchange with one checked address, under one clock.

``http.client`` gives each ``recv`` a fresh timeout, so a server that drips a byte a second holds
it for hours. `_Wire` stands between: every read gets only what is left of the whole exchange's
time, and counts its bytes.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from collections.abc import Mapping

from pinboard.ingest.addresses import Address
from pinboard.ingest.errors import FetchFailed, FetchTooLarge
from pinboard.ingest.links import Link

#: Status line and header fields together; the largest seen in the wild are about 20 KB.
MAX_HEADER_BYTES = 64 << 10


class Clock:
    """The time one fetch has, redirects included."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self, *, at_most: float = float("inf")) -> float:
        """Seconds left. Raises TimeoutError when there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("out of time")
        return min(left, at_most)


class _Wire(io.RawIOBase):
    """A connected socket as http.client wants it, with a clock and a byte count."""

    def __init__(self, sock: socket.socket, clock: Clock) -> None:
        super().__init__()
        self._sock = sock
        self._clock = clock
        self.allowance = MAX_HEADER_BYTES

    def makefile(self, *_args: object, **_kwargs: object) -> io.BufferedReader:
        return io.BufferedReader(self, 8 << 10)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer will do
        if self.allowance <= 0:
            raise FetchTooLarge("This page sends more than we can read.")
        self._sock.settimeout(self._clock.left())
        count = self._sock.recv_into(buffer)
        self.allowance -= count
        return count

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._clock.left())
        self._sock.sendall(data)

    def hang_up(self) -> None:
        self._sock.close()

    def close(self) -> None:
        """http.client closes connections early; the body is still to come. See `hang_up`."""


class Exchange:
    """A request sent to `address` on behalf of `link`, and its answer, body unread.

    Use as a context manager; leaving it closes the connection.
    """

    def __init__(self, link: Link, address: Address, clock: Clock, connect_seconds: float) -> None:
        self._wire = _Wire(_connect(link, address, clock, connect_seconds), clock)
        self._link = link

    def __enter__(self) -> Exchange:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._wire.hang_up()

    def request(
        self, headers: Mapping[str, str], *, post: bytes | None = None
    ) -> http.client.HTTPResponse:
        """Send GET, or POST with this body, and read the answer's head.

        Raises OSError and http.client.HTTPException.
        """
        connection = http.client.HTTPConnection(self._link.host, self._link.port)
        connection.sock = self._wire
        method = "GET" if post is None else "POST"
        connection.putrequest(method, self._link.target, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", self._link.host_header)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.putheader("Connection", "close")
        connection.endheaders(post)
        return connection.getresponse()

    def allow_body(self, byte_count: int) -> None:
        """Let so many bytes through, and as many again for chunked encoding's own."""
        self._wire.allowance = 2 * byte_count + MAX_HEADER_BYTES


def _connect(link: Link, address: Address, clock: Clock, connect_seconds: float) -> socket.socket:
    """A socket to exactly this address; for https, with a certificate for the link's name."""
    seconds = clock.left(at_most=connect_seconds)
    sock = socket.create_connection((str(address), link.port), timeout=seconds)
    if link.scheme == "http":
        return sock
    try:
        sock.settimeout(clock.left(at_most=2 * connect_seconds))
        return ssl.create_default_context().wrap_socket(sock, server_hostname=link.host)
    except ssl.SSLCertVerificationError as error:
        sock.close()
        raise FetchFailed(
            f"The certificate of {link.host} is not valid, so we did not read it. "
            "Save a picture from there instead.",
            code="fetch_certificate",
        ) from error
    except BaseException:
        sock.close()
        raise
