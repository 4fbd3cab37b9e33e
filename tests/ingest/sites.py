"""Small web servers on this machine that behave as badly as a test wants."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pinboard.ingest.errors import FetchFailed
from pinboard.ingest.fetch import Limits

#: Short enough for tests of what never ends.
QUICK = Limits(connect_seconds=0.5, total_seconds=0.6)


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]


Answer = Callable[[Request, socket.socket], None]


class Site:
    """A server on a free port of 127.0.0.1. Remembers the requests and counts connections."""

    def __init__(self, answer: Answer, wrap: Callable[[socket.socket], socket.socket]) -> None:
        self.answer = answer
        self.requests: list[Request] = []
        self.connections = 0
        self._wrap = wrap
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.host = f"127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}{path}"

    def strangers(self) -> int:
        """How many others have connected. Connections are accepted in turn, so ours comes last."""
        with socket.create_connection(("127.0.0.1", self.port)) as ours:
            ours.sendall(b"GET / HTTP/1.1\r\n\r\n")
            ours.recv(1)
        return self.connections - 1

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), self._wrap(connection) as channel:
            request = read_request(channel)
            self.requests.append(request)
            self.answer(request, channel)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)  # wakes accept(); close() alone would not
        self._listener.close()
        self._thread.join()


@contextlib.contextmanager
def site(
    answer: Answer, wrap: Callable[[socket.socket], socket.socket] = lambda plain: plain
) -> Iterator[Site]:
    server = Site(answer, wrap)
    try:
        yield server
    finally:
        server.close()


def read_request(channel: socket.socket) -> Request:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = channel.recv(4096)
        if not piece:
            raise ConnectionError
        data += piece
    first, *lines = data.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    return Request(first.split(" ")[1], headers)


def reply(
    channel: socket.socket,
    body: bytes = b"",
    *headers: str,
    status: str = "200 OK",
    content_type: str = "text/html; charset=utf-8",
) -> None:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", *headers]
    lines.append(f"Content-Length: {len(body)}")
    channel.sendall("\r\n".join([*lines, "", ""]).encode() + body)


def page(body: bytes, *headers: str, **options: str) -> Answer:
    """A site where every address gives this page."""
    return lambda _request, channel: reply(channel, body, *headers, **options)


def redirect(channel: socket.socket, to: str, status: str = "302 Found") -> None:
    reply(channel, b"", f"Location: {to}", status=status)


def names(**addresses: str | Sequence[str]) -> Callable[[str, int], Sequence[str]]:
    """A resolver that knows these names; "_" in a keyword stands for "."."""
    known = {name.replace("_", "."): found for name, found in addresses.items()}

    def resolve(host: str, _port: int) -> Sequence[str]:
        if host not in known:
            raise OSError("no such name")
        found = known[host]
        return [found] if isinstance(found, str) else found

    return resolve


def nobody(host: str, _port: int) -> Sequence[str]:
    raise FetchFailed(f"the resolver must not be asked for {host}")
