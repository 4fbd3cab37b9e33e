"""The ASGI entry: static files, pages, and the one socket.

uvicorn pinboard.asgi:application      works as well as daphne and our own server.py
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pinboard.settings")
django.setup(set_prefix=False)

# What follows needs django.setup() to have run.
from django.conf import settings

from pinboard.live.consumer import LiveApp
from pinboard.web.files import StaticFiles
from pinboard.web.handler import PooledHandler

LIVE_PATH: Final = "/live/"
PAGES_SECONDS: Final = 5.0


class Site:
    """Everything a process serves; `stop` and `close` end it in order."""

    def __init__(self) -> None:
        self.pages = PooledHandler()
        self.live = LiveApp()
        self.static = StaticFiles(settings.STATIC_ROOT, settings.STATIC_URL)

    async def __call__(
        self,
        scope: Mapping[str, Any],
        receive: Callable[[], Awaitable[dict[str, Any]]],
        send: Callable[[dict[str, Any]], Awaitable[None]],
    ) -> None:
        kind = scope["type"]
        if kind == "http":
            if scope["path"].startswith(settings.STATIC_URL):
                await self.static(scope, receive, send)
            else:
                await self.pages(scope, receive, send)
        elif kind == "websocket":
            if scope["path"] == LIVE_PATH:
                await self.live(scope, receive, send)
            else:
                await receive()
                await send({"type": "websocket.close", "code": 4003})
        # A lifespan scope is left unanswered: servers take that as "not supported".

    async def stop(self) -> None:
        """Close the sockets; in the event loop, while it still serves what is in flight."""
        await self.live.stop()

    def close(self) -> None:
        """End the threads, after the event loop."""
        self.pages.close(PAGES_SECONDS)


application = Site()
