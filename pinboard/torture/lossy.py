"""Channel layers that lose hints while they are told to: as when a process dies between its
commit and its events, only more often. Words that end sessions are never among them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from random import random
from typing import Any, Final

from channels_redis.pubsub import RedisPubSubChannelLayer
from django.conf import settings

from pinboard.live.layer import LocalLayer, Message
from pinboard.live.publish import FRAME

# While this file lies in the data folder, so many hints are lost.
NAME: Final = "lose-hints"
SHARE: Final = 0.3


def is_lost(message: Message) -> bool:
    is_hint = message.get("type") == FRAME
    return is_hint and Path(settings.DATA_DIR, NAME).exists() and random() < SHARE


class LossyLocalLayer(LocalLayer):
    def publish(self, groups: Iterable[str], message: Message) -> None:
        if not is_lost(message):
            super().publish(groups, message)


class LossyRedisLayer(RedisPubSubChannelLayer):  # type: ignore[misc]  # ships no types
    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        if not is_lost(message):
            # The layer makes its methods when they are asked for, one set for each event loop.
            await super().__getattr__("group_send")(group, message)
