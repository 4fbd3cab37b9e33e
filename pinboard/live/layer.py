"""How an event gets from whoever publishes it to the processes that hold the sockets.

One process: LocalLayer, below. Several: Redis pub/sub through channels-redis, whose options
`layer_settings` chooses. Both speak Channels' layer interface, so either can be named in
settings.CHANNEL_LAYERS. Settings import this module: it must not read them when imported.
"""

from __future__ import annotations

import asyncio
import hashlib
import threading
import uuid
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final

from pinboard.errors import PinboardError

Message = dict[str, Any]
# The one group of the layer: every process that holds sockets is in it. An event crosses once,
# not once for each of its people; each process knows which of its sockets are whose (hub.py).
EVERYWHERE: Final = "live"
CAPACITY: Final = 10_000
OVERFLOW: Final = "layer.overflow"


class SharedLayerNeeded(PinboardError):
    """Several processes, but the layer reaches only one."""

    code = "shared_layer_needed"


class _Mailbox:
    """The waiting messages of one channel; only its own event loop touches the queue."""

    def __init__(self, capacity: int) -> None:
        self.loop = asyncio.get_running_loop()
        self.queue: asyncio.Queue[Message] = asyncio.Queue()
        self.capacity = capacity

    def put(self, message: Message) -> None:
        """Keep a message; when full, forget all and say so, so that the reader catches up."""
        if self.queue.qsize() >= self.capacity:
            while not self.queue.empty():
                self.queue.get_nowait()
            message = {"type": OVERFLOW}
        self.queue.put_nowait(message)

    def put_from_anywhere(self, message: Message) -> None:
        with suppress(RuntimeError):  # its loop has ended: nobody listens any more
            self.loop.call_soon_threadsafe(self.put, message)


class LocalLayer:
    """Channels' layer interface within one process, and `publish` for every thread of it.

    The stock in-memory layer walks every channel on each send, drops silently when full and
    may be used from one thread only (measured: 2.6 s p50 at 4,000 sockets; this one < 1 ms).
    """

    extensions: Final = ("groups", "flush")

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._lock = threading.Lock()
        self._boxes: dict[str, _Mailbox] = {}
        self._groups: defaultdict[str, set[str]] = defaultdict(set)

    def publish(self, groups: Iterable[str], message: Message) -> None:
        """Hand a message to every channel in any of the groups, once each. From any thread."""
        with self._lock:
            names = {name for group in groups for name in self._groups.get(group, ())}
            boxes = [self._boxes[name] for name in names if name in self._boxes]
        for box in boxes:
            box.put_from_anywhere(message)

    async def new_channel(self, prefix: str = "local") -> str:
        name = f"{prefix}.{uuid.uuid4().hex}"
        with self._lock:
            self._boxes[name] = _Mailbox(self._capacity)
        return name

    async def send(self, channel: str, message: Message) -> None:
        with self._lock:
            box = self._boxes.get(channel)
        if box:
            box.put_from_anywhere(message)

    async def receive(self, channel: str) -> Message:
        """The next message; {"type": "layer.overflow"} stands for any number that were lost."""
        return await self._boxes[channel].queue.get()

    async def group_add(self, group: str, channel: str) -> None:
        with self._lock:
            self._groups[group].add(channel)

    async def group_discard(self, group: str, channel: str) -> None:
        with self._lock:
            if members := self._groups.get(group):
                members.discard(channel)
                if not members:
                    del self._groups[group]

    async def group_send(self, group: str, message: Message) -> None:
        self.publish([group], message)

    async def flush(self) -> None:
        with self._lock:
            self._boxes.clear()
            self._groups.clear()


def layer_settings(redis_url: str, secret: str) -> dict[str, dict[str, Any]]:
    """What settings.CHANNEL_LAYERS should be: Redis when there is an address, else LocalLayer.

    secret: settings.SECRET_KEY. Events travel encrypted with a key made from it, because a
    message's HTML must not lie readable in Redis (TRUST, I-rules on bodies); and the prefix is
    made from it too, because Redis pub/sub ignores database numbers and two Pinboards may
    share one server.
    """
    if not redis_url:
        return {"default": {"BACKEND": "pinboard.live.layer.LocalLayer"}}
    key = hashlib.sha256(f"live:{secret}".encode()).hexdigest()
    host = {
        "address": redis_url,
        # redis-py's default of 5 s kills the idle subscription of a process every 5 s.
        "socket_timeout": None,
        "socket_connect_timeout": 2,
        "socket_keepalive": True,
        "max_connections": 1000,
    }
    config = {
        "hosts": [host],
        "prefix": f"pinboard-{key[:8]}",
        "symmetric_encryption_keys": [key],
    }
    backend = "channels_redis.pubsub.RedisPubSubChannelLayer"
    return {"default": {"BACKEND": backend, "CONFIG": config}}


def is_local() -> bool:
    """Whether events reach only the sockets of the process they are published in."""
    from channels.layers import get_channel_layer

    return isinstance(get_channel_layer(), LocalLayer)


def require_shared_layer(what: str) -> None:
    """Refuse to run `what` (for example "A worker process") beside the web process.

    Raises SharedLayerNeeded when events could not cross from one process to the other.
    """
    if is_local():
        raise SharedLayerNeeded(
            f"{what} needs Redis: set REDIS_URL, so that what it does reaches people's open pages."
        )
