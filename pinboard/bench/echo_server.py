"""The bare Channels echo: `python -m pinboard.bench.echo_server`, over Redis with REDIS_URL."""

from __future__ import annotations

import os
from typing import Any

import daphne.server  # noqa: F401  # installs asyncio's reactor before Twisted chooses one
from channels.generic.websocket import AsyncWebsocketConsumer
from daphne.server import Server
from django.conf import settings

HOST = "127.0.0.1"


class Echo(AsyncWebsocketConsumer):  # type: ignore[misc]  # Channels ships no types
    """Says to the whole group, whose name is the address, what one of it says."""

    async def connect(self) -> None:
        self.group = self.scope["path"].strip("/")
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        event = {"type": "echo.said", "text": text_data}
        await self.channel_layer.group_send(self.group, event)

    async def echo_said(self, event: dict[str, Any]) -> None:
        await self.send(text_data=event["text"])

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.group, self.channel_name)


def _layer(redis_url: str) -> dict[str, Any]:
    if not redis_url:
        return {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 10_000}}
    backend = "channels_redis.pubsub.RedisPubSubChannelLayer"
    # redis-py's default of 5 s kills an idle subscription every 5 s.
    host = {"address": redis_url, "socket_timeout": None}
    return {"BACKEND": backend, "CONFIG": {"hosts": [host]}}


def main() -> None:
    settings.configure(CHANNEL_LAYERS={"default": _layer(os.environ.get("REDIS_URL", ""))})
    server: Any = Server(
        application=Echo.as_asgi(),
        endpoints=[f"tcp:port=0:interface={HOST}"],
        signal_handlers=True,
        ready_callable=lambda: say(server),
    )
    server.run()


def say(server: Any) -> None:
    """Tell whoever started us where we listen."""
    for _, port in server.listening_addresses:
        print(f"echo at {port}", flush=True)


if __name__ == "__main__":
    main()
