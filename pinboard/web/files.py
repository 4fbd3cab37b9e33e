"""Sending files: static files in front of Django, and the answer a media view returns.

`StaticFiles` is an ASGI application for /static/. `FileAnswer` is a response like any other;
our handler streams it from the event loop, so that a slow reader of a large file occupies no
thread. compressing.py makes the .gz and .br neighbours StaticFiles prefers.
"""

from __future__ import annotations

import asyncio
import mimetypes
import os
import re
import stat
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.http import HttpRequest, StreamingHttpResponse

from pinboard.web.policy import bare_headers
from pinboard.web.ranges import Part, Version, choose_part

Send = Callable[[dict[str, Any]], Awaitable[None]]

CHUNK_BYTES = 64 * 1024
NEVER_CHANGES = "public, max-age=31536000, immutable"
# Names given by Django's manifest storage: twelve hexadecimal digits of the content's hash.
HASHED_NAME = re.compile(r"\.[0-9a-f]{12}\.")
ENCODINGS = {"br": ".br", "gzip": ".gz"}
TYPES = {
    ".avif": "image/avif",
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}


def content_type_of(path: str) -> str:
    """By the name's ending, the same on every machine for what we ship ourselves."""
    suffix = os.path.splitext(path)[1].lower()
    kind = TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


async def stream_file(file: IO[bytes], length: int, send: Send) -> None:
    """Send `length` bytes from the file's position as the rest of an ASGI answer.

    Reads in threads and sends one chunk at a time, so that at most one waits in memory: `send`
    waits while the transport is full. Raises EOFError when the file is shorter than promised.
    """
    loop = asyncio.get_running_loop()
    while length > 0:
        chunk = await loop.run_in_executor(None, file.read, min(CHUNK_BYTES, length))
        if not chunk:
            raise EOFError("a file became shorter while it was being sent")
        length -= len(chunk)
        await send({"type": "http.response.body", "body": chunk, "more_body": length > 0})


class StaticFiles:
    """ASGI application for the files below one folder, the result of collectstatic.

    root: the folder. prefix: the address before the file's path, "/static/".
    """

    def __init__(self, root: Path, prefix: str) -> None:
        self._root = os.path.realpath(root)
        self._prefix = prefix

    async def __call__(self, scope: Mapping[str, Any], _: Any, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            await _say(send, 405, "Only GET and HEAD.", allow="GET, HEAD")
            return
        path = self._find(scope["path"].removeprefix(self._prefix))
        if path is None:
            await _say(send, 404, "There is no such file.")
            return
        headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
        encoding, served = _smallest(path, headers.get("accept-encoding", ""))
        try:
            file = open(served, "rb")  # noqa: SIM115, ASYNC230  # local, small, closed below
        except OSError:
            await _say(send, 404, "There is no such file.")
            return
        with file:
            await self._answer(path, file, encoding, headers, scope["method"], send)

    def _find(self, name: str) -> str | None:
        """The path of a regular file below the root, also after following links."""
        if not name or name.endswith("/") or "\0" in name:
            return None
        path = os.path.realpath(os.path.join(self._root, name))
        if not path.startswith(self._root + os.sep):
            return None
        try:
            return path if stat.S_ISREG(os.stat(path).st_mode) else None
        except (OSError, ValueError):
            return None

    async def _answer(
        self,
        path: str,
        file: IO[bytes],
        encoding: str,
        headers: Mapping[str, str],
        method: str,
        send: Send,
    ) -> None:
        version = _version_of(file)
        part = choose_part(headers, version)
        hashed = HASHED_NAME.search(os.path.basename(path))
        said = {
            "Content-Type": content_type_of(path),
            "Cache-Control": NEVER_CHANGES if hashed else "no-cache",
            "Content-Security-Policy": "frame-ancestors 'none'",
            "X-Content-Type-Options": "nosniff",
            "Vary": "Accept-Encoding",
            **part.headers,
        }
        if encoding:
            said["Content-Encoding"] = encoding
        await send(_start(part.status, said))
        if method == "HEAD" or part.length == 0:
            await send({"type": "http.response.body", "body": b""})
            return
        file.seek(part.start)
        if part.length <= CHUNK_BYTES:  # almost always; not worth a thread
            await send({"type": "http.response.body", "body": file.read(part.length)})
            return
        await stream_file(file, part.length, send)


class FileAnswer(StreamingHttpResponse):
    """A file as a response: whole, one range of it, or 304, as the request asks.

    source: a path, or an open binary file (a storage's), which this response closes.
    etag: a name for exactly these bytes, without quotes; by default made of the file's time
    and size. modified: default the file's own time. filename: what the browser should call it.
    headers: whatever else to say, for example Cache-Control; the caller decides who may cache.

    Raises FileNotFoundError for a path without a file.
    """

    def __init__(
        self,
        request: HttpRequest,
        source: str | os.PathLike[str] | IO[bytes],
        *,
        content_type: str = "",
        etag: str = "",
        modified: datetime | None = None,
        filename: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        if isinstance(source, str | os.PathLike):
            file: IO[bytes] = open(source, "rb")  # noqa: SIM115  # the answer closes it
            name = os.fspath(source)
        else:
            file, name = source, str(getattr(source, "name", ""))
        version = _version_of(file, etag, modified)
        part = choose_part(request.headers, version)
        self._file, self._part = file, part
        super().__init__(
            self._chunks(), status=part.status, content_type=content_type or content_type_of(name)
        )
        self._closing = [file]
        for key, value in {**self._guards(filename), **(headers or {}), **part.headers}.items():
            self.headers[key] = value
        if request.method == "HEAD":
            self._part = Part(part.status)

    @staticmethod
    def _guards(filename: str) -> dict[str, str]:
        """People's bytes are never a page of ours, whatever is in them (TRUST.md, section 3)."""
        said = {
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
            # Keeps Django's GZipMiddleware away from pictures; our handler leaves it out.
            "Content-Encoding": "identity",
        }
        if filename:
            safe = re.sub(r"[^A-Za-z0-9._-]", "_", filename)[-100:]
            said["Content-Disposition"] = f'inline; filename="{safe}"'
        return said

    def _chunks(self) -> Iterator[bytes]:
        """For Django's test client and for handlers that do not know us."""
        file, left = self.take_file()
        while left > 0 and (chunk := file.read(min(CHUNK_BYTES, left))):
            left -= len(chunk)
            yield chunk

    def take_file(self) -> tuple[IO[bytes], int]:
        """The open file at the right position, and how many bytes to send from it."""
        if self._part.start:
            self._file.seek(self._part.start)
        return self._file, self._part.length

    def keep_open(self) -> None:
        """Leave closing the file to whoever took it."""
        self._closing.clear()

    def close(self) -> None:
        for file in self._closing:
            file.close()
        super().close()


def _smallest(path: str, accepted: str) -> tuple[str, str]:
    """(encoding, path) of the best precompressed neighbour the browser takes, else ("", path).

    A neighbour counts only while it is of the file's own time: see compressing.py.
    """
    if not accepted:
        return "", path
    takes = {_name(item) for item in accepted.lower().split(",") if not _is_refused(item)}
    modified = os.stat(path).st_mtime_ns
    for encoding, suffix in ENCODINGS.items():
        if encoding in takes:
            try:
                if os.stat(path + suffix).st_mtime_ns == modified:
                    return encoding, path + suffix
            except OSError:
                continue
    return "", path


def _name(item: str) -> str:
    return item.split(";")[0].strip()


def _is_refused(item: str) -> bool:
    return re.search(r";\s*q=0(\.0*)?\s*$", item) is not None


def _version_of(file: IO[bytes], etag: str = "", modified: datetime | None = None) -> Version:
    """Size, name and time of an open file; storages' files without a descriptor say less."""
    try:
        status = os.fstat(file.fileno())
        size, time = status.st_size, status.st_mtime
        made = f"{status.st_mtime_ns:x}-{size:x}"
    except (OSError, AttributeError):
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        time, made = 0.0, ""
    when = modified.timestamp() if modified else (time or None)
    name = etag or made or f"{int(when or 0):x}-{size:x}"
    return Version(size, f'"{name}"', when)


def _start(status: int, headers: Mapping[str, str]) -> dict[str, Any]:
    raw = [(key.encode("latin-1"), value.encode("latin-1")) for key, value in headers.items()]
    return {"type": "http.response.start", "status": status, "headers": raw}


async def _say(send: Send, status: int, sentence: str, **more: str) -> None:
    body = f"{sentence}\n".encode()
    said = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(body)),
        **bare_headers(),
        **more,
    }
    await send(_start(status, said))
    await send({"type": "http.response.body", "body": body})
