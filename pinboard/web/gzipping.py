"""Pages compressed on the way out, quickly."""

from __future__ import annotations

import gzip
import secrets
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers

# Of zlib's 1 to 9. For a feed of 48 KB: a quarter of the time of Django's 6, a tenth more bytes.
LEVEL: Final = 3
SMALLEST_BYTES: Final = 200
_HEAD_BYTES: Final = 10
_FLAGS: Final = 3
_HAS_NAME: Final = 8


class QuickGzip(GZipMiddleware):
    """Django's own, but whole pages at a level of ours."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.streaming or response.has_header("Content-Encoding"):
            return super().process_response(request, response)
        content: bytes = response.content  # type: ignore[attr-defined]  # a streamed one has none, and went
        if len(content) < SMALLEST_BYTES:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if not re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            return response
        packed = pack(content, most_padding=self.max_random_bytes)
        if len(packed) < len(content):
            response.content = packed  # type: ignore[attr-defined]  # as above
            response.headers["Content-Length"] = str(len(packed))
            response.headers["Content-Encoding"] = "gzip"
            if response.headers.get("ETag", "").startswith('"'):
                response.headers["ETag"] = "W/" + response.headers["ETag"]
        return response


def pack(content: bytes, *, most_padding: int) -> bytes:
    """gzip with a file name of random length, as Django does it: the size of a page must not
    tell what is in it (the BREACH attack; "Heal the Breach", Palacios et al. 2022)."""
    packed = gzip.compress(content, LEVEL, mtime=0)
    name = b"a" * secrets.randbelow(most_padding) + b"\0"
    head = packed[:_FLAGS] + bytes([_HAS_NAME]) + packed[_FLAGS + 1 : _HEAD_BYTES]
    return head + name + packed[_HEAD_BYTES:]
