"""An answer's body: decompressed under a limit, and recognised by its first bytes."""

from __future__ import annotations

import http.client
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Literal

from pinboard.ingest.errors import FetchFailed, FetchTooLarge, FetchUnsupported

Kind = Literal["page", "picture", "text"]

#: Enough for every picture signature, and for the "<" of a page after a long comment.
_HEAD_BYTES = 4_096
_PIECE_BYTES = 64 << 10

_PICTURES = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|RIFF....WEBP"
    rb"|....ftyp(?:avif|avis|heic|heix|hevc|mif1|msf1)",
    re.DOTALL,
)
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_LOOKS_LIKE_A_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title)\b", re.IGNORECASE)


def read_body(
    response: http.client.HTTPResponse, *, wants: Kind, sizes: Mapping[Kind, int]
) -> tuple[Kind, bytes]:
    """Read and decode the body of an answer, as far as it is wanted and may go.

    wants: "page" takes of a picture only its first bytes; "picture" refuses a page at once; "text"
    takes whatever comes, and of too much the beginning.
    sizes: most bytes, decoded, of each kind.
    Raises FetchTooLarge, FetchUnsupported, FetchFailed, and what the connection raises.
    """
    pieces = _decoded(response)
    body = bytearray()
    enough = sizes["text"] if wants == "text" else _HEAD_BYTES
    for piece in pieces:
        body += piece
        if len(body) >= enough:
            break
    if wants == "text":
        return "text", bytes(body[:enough])
    kind = kind_of(bytes(body[:_HEAD_BYTES]), response.headers.get_content_type())
    if wants == "page" and kind == "picture":
        return kind, bytes(body[:_HEAD_BYTES])
    if wants == "picture" and kind == "page":
        raise FetchUnsupported("There is no picture at this address.")
    most = sizes[kind]
    declared = response.getheader("Content-Length") or ""
    _check_size(kind, int(declared) if declared.isdecimal() and len(declared) < 20 else 0, most)
    _check_size(kind, len(body), most)
    for piece in pieces:
        body += piece
        _check_size(kind, len(body), most)
    if kind == "picture" and response.length:  # http.client counts down what is still to come
        raise FetchFailed("The picture broke off in the middle. Try again later.")
    return kind, bytes(body)


def kind_of(head: bytes, content_type: str) -> Kind:
    """What a body is, by its first bytes and then by its declared type.

    A page behind an image's name is a page; a picture sent as octet-stream is a picture.
    """
    if _PICTURES.match(head):
        return "picture"
    if content_type in _PAGE_TYPES or _LOOKS_LIKE_A_PAGE.search(head):
        return "page"
    raise FetchUnsupported(
        "This link leads to neither a web page nor a picture (JPEG, PNG, WebP, GIF, AVIF, HEIC)."
        " Add a picture of it instead."
    )


def _check_size(kind: Kind, size: int, most: int) -> None:
    if size > most:
        noun = "page" if kind == "page" else "picture"
        raise FetchTooLarge(f"This {noun} is larger than {most >> 20 or 1} MB. Try a smaller one.")


def _decoded(response: http.client.HTTPResponse) -> Iterator[bytes]:
    """The body in pieces of bounded size: a bomb is noticed while it unfolds."""
    encoding = ", ".join(response.headers.get_all("Content-Encoding", [])).strip().lower()
    if encoding in ("", "identity"):
        while piece := response.read(_PIECE_BYTES):
            yield piece
    elif encoding in ("gzip", "x-gzip"):
        yield from _inflated(response, 16 + zlib.MAX_WBITS)
    elif encoding == "deflate":
        yield from _inflated(response, None)
    else:
        raise FetchUnsupported("This page is packed in a way we do not read.")


def _inflated(response: http.client.HTTPResponse, window_bits: int | None) -> Iterator[bytes]:
    """zlib's output in pieces. window_bits None: "deflate", with or without zlib's header."""
    packed = response.read(_PIECE_BYTES)
    if window_bits is None:
        has_header = packed[:1] and packed[0] & 0x0F == 8 and packed[0] >> 4 <= 7
        window_bits = zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS
    unpacker = zlib.decompressobj(window_bits)
    while packed and not unpacker.eof:
        try:
            piece = unpacker.decompress(packed, _PIECE_BYTES)
        except zlib.error as error:
            raise FetchFailed("This page arrived damaged. Try again later.") from error
        if piece:
            yield piece
        packed = unpacker.unconsumed_tail or (b"" if unpacker.eof else response.read(_PIECE_BYTES))
