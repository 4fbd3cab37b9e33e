"""Conditions and ranges of file answers (RFC 9110, sections 13 and 14), apart from any file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.http import http_date, parse_http_date_safe

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.IGNORECASE)


class Headers(Protocol):
    """Django's request.headers, or a dict with lower-case names."""

    def get(self, name: str, /) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Version:
    """Which state of a file an answer shows. etag: quoted. modified: seconds since 1970."""

    size: int
    etag: str
    modified: float | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What to answer: `length` bytes of the file from `start`, with a status and headers."""

    status: int
    start: int = 0
    length: int = 0
    headers: dict[str, str] = field(default_factory=dict)


def choose_part(headers: Headers, version: Version) -> Part:
    """200 with all, 206 with one range, 304 without a body, or 416.

    Several ranges in one request are answered with the whole file, as the standard permits.
    """
    named = {"ETag": version.etag, "Accept-Ranges": "bytes"}
    if version.modified is not None:
        named["Last-Modified"] = http_date(version.modified)
    if _is_unchanged(headers, version):
        return Part(304, headers=named)
    size = version.size
    wanted = _wanted_range(headers, version)
    if wanted is None:
        return Part(200, 0, size, {**named, "Content-Length": str(size)})
    start, end = wanted
    if start >= end:
        named |= {"Content-Range": f"bytes */{size}", "Content-Length": "0"}
        return Part(416, headers=named)
    named |= {"Content-Range": f"bytes {start}-{end - 1}/{size}"}
    return Part(206, start, end - start, {**named, "Content-Length": str(end - start)})


def _is_unchanged(headers: Headers, version: Version) -> bool:
    known = headers.get("if-none-match")
    if known is not None:
        tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
        return "*" in tags or version.etag.removeprefix("W/") in tags
    since = headers.get("if-modified-since")
    if since and version.modified is not None:
        seconds = parse_http_date_safe(since)
        return seconds is not None and int(version.modified) <= seconds
    return False


def _wanted_range(headers: Headers, version: Version) -> tuple[int, int] | None:
    """The half-open range [start, end) asked for; None for the whole; empty if there is none."""
    match = _RANGE.fullmatch((headers.get("range") or "").replace(" ", ""))
    if match is None or not _may_resume(headers, version):
        return None
    first, last = match.groups()
    if first:
        end = min(int(last) + 1, version.size) if last else version.size
        if last and int(last) < int(first):
            return None
        return int(first), end
    if not last:
        return None
    return max(0, version.size - int(last)), version.size


def _may_resume(headers: Headers, version: Version) -> bool:
    """If-Range: a range makes sense only while the file is the one the reader has begun."""
    condition = headers.get("if-range")
    if condition is None:
        return True
    if condition.startswith('"'):
        return condition == version.etag
    return version.modified is not None and condition == http_date(version.modified)
