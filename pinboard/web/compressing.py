"""Compressed neighbours of static files, made once after collectstatic, served by files.py."""

from __future__ import annotations

import gzip
import importlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

COMPRESSIBLE = {".css", ".html", ".ico", ".js", ".json", ".map", ".mjs", ".svg", ".txt"} | {
    ".webmanifest"
}
SMALLEST_COMPRESSED_BYTES = 512


def write_compressed(root: Path) -> int:
    """Write a .gz (and, where the brotli package is present, a .br) next to each static file.

    Run after collectstatic. Skips what is up to date and what would not become smaller.
    Returns how many files were written.
    """
    ways: dict[str, Callable[[bytes], bytes]] = {".gz": lambda raw: gzip.compress(raw, 9, mtime=0)}
    with suppress(ModuleNotFoundError):
        ways[".br"] = importlib.import_module("brotli").compress
    written = 0
    for path in sorted(root.rglob("*")):
        if path.suffix.lower() not in COMPRESSIBLE or not path.is_file():
            continue
        for suffix, compress in ways.items():
            written += _compress(path, suffix, compress)
    return written


def _compress(path: Path, suffix: str, compress: Callable[[bytes], bytes]) -> int:
    neighbour = path.with_name(path.name + suffix)
    modified = path.stat().st_mtime_ns
    if neighbour.exists() and neighbour.stat().st_mtime_ns == modified:
        return 0
    raw = path.read_bytes()
    packed = compress(raw) if len(raw) >= SMALLEST_COMPRESSED_BYTES else raw
    if len(packed) >= len(raw):
        neighbour.unlink(missing_ok=True)  # an older one would be served in its place
        return 0
    beside = neighbour.with_name(neighbour.name + ".part")
    beside.write_bytes(packed)
    os.utime(beside, ns=(modified, modified))
    beside.replace(neighbour)
    return 1
