"""A website that is not ours: another origin, with a page of pictures and a policy of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.browser.conftest import draw

PAGE = b"""<!doctype html><html lang="en"><title>Lamps we like | Fable</title>
<meta property="og:site_name" content="Fable"><meta property="og:title" content="Lamps we like">
<body><h1>Lamps</h1>
<img src="/logo.png" width="40" height="40" alt="Fable">
<img src="/small.jpg" width="300" alt="A small lamp">
<img src="/large.jpg" width="600" alt="A large lamp">
<p>Light that is worth staying up for.</p></body></html>"""

SHARES = """<!doctype html><title>Evil</title><form method="post" action="{address}"
enctype="multipart/form-data"><input name="title" value="Evil"><input name="url"
value="http://localhost:1/evil"><button>Win</button></form>"""


class Elsewhere(BaseHTTPRequestHandler):
    """Also a page whose form posts to the share target of ?to=."""

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?to=")
        kind, body = self.found(path, query)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", "default-src 'none'; img-src 'self'")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def found(self, path: str, query: str) -> tuple[str, bytes]:
        if path == "/lamps":
            return "text/html", PAGE
        if path == "/evil":
            return "text/html", SHARES.format(address=query).encode()
        sizes = {
            "/large.jpg": (3, (900, 700)),
            "/small.jpg": (4, (500, 640)),
            "/logo.png": (1, (80, 80)),
        }
        return ("image/jpeg", draw(*sizes[path])) if path in sizes else ("text/plain", b"")

    def log_message(self, *args: Any) -> None:
        return


@contextmanager
def another_site() -> Iterator[str]:
    """Its address, such as "http://localhost:40123": not the host our own pages are on."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
