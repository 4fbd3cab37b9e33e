"""HTTP over lines that stay open, as lean as a measurement wants it. Loopback only."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter
from types import TracebackType
from typing import Final

HOST: Final = "127.0.0.1"
ANSWER_SECONDS: Final = 30.0
MAX_HEAD_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """seconds: from the first byte sent to the last received. location: where it leads."""

    status: int
    encoding: str
    body: bytes
    seconds: float
    location: str = ""


def request_bytes(
    path: str, *, port: int, headers: Mapping[str, str] | None = None, form: bytes | None = None
) -> bytes:
    """A GET, or a POST of a form (application/x-www-form-urlencoded unless headers say else)."""
    said = {"Host": f"{HOST}:{port}", "User-Agent": "pinboard-bench", **(headers or {})}
    if form is not None:
        said.setdefault("Content-Type", "application/x-www-form-urlencoded")
        said["Content-Length"] = str(len(form))
    head = [f"{'GET' if form is None else 'POST'} {path} HTTP/1.1"]
    head += [f"{name}: {value}" for name, value in said.items()]
    return "\r\n".join([*head, "", ""]).encode("ascii") + (form or b"")


class Line:
    """One connection; asks one thing at a time. `async with Line(port) as line`."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def __aenter__(self) -> Line:
        self._reader, self._writer = await asyncio.open_connection(
            HOST, self.port, limit=MAX_HEAD_BYTES
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()

    async def ask(self, request: bytes) -> Answer:
        """Send a request and read its answer whole.

        Raises TimeoutError after 30 s, and ConnectionError or EOFError when the line breaks.
        """
        async with asyncio.timeout(ANSWER_SECONDS):
            began = perf_counter()
            self._writer.write(request)
            head = await self._reader.readuntil(b"\r\n\r\n")
            status, headers = read_head(head)
            body = await self._reader.readexactly(int(headers.get(b"content-length", b"0")))
            encoding = headers.get(b"content-encoding", b"").decode("ascii")
            location = headers.get(b"location", b"").decode("ascii")
            return Answer(status, encoding, body, perf_counter() - began, location)


def read_head(head: bytes) -> tuple[int, dict[bytes, bytes]]:
    """Status and headers (names in small letters) of an answer's head."""
    first, *lines = head.rstrip().split(b"\r\n")
    headers = {}
    for line in lines:
        name, _, value = line.partition(b":")
        headers[name.strip().lower()] = value.strip()
    return int(first.split(b" ", 2)[1]), headers
