"""The process's one channel in the layer, in the one group there is: kept open, watched for gaps.

Redis may go away at any time. Then nothing here fails or waits long: the line notices (its own
probes do not come back), tries again, and when it works once more tells the hub that events
may have been lost in between.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

from pinboard.live.layer import EVERYWHERE, LocalLayer, Message

logger = logging.getLogger(__name__)

JOIN_SECONDS = 2.0
# A restarted Redis is missed for at least the second channels-redis waits before it reads again;
# a probe sent in that second does not come back.
PROBE_SECONDS = 0.9
LONGEST_PAUSE_SECONDS = 30.0
PROBE = "live.probe"


class Line:
    """layer: anything with Channels' layer interface. hear: takes each message.
    after_gap: called when messages may have been lost and the line works again."""

    def __init__(
        self, layer: Any, *, hear: Callable[[Message], None], after_gap: Callable[[], None]
    ) -> None:
        self._layer = layer
        self._hear = hear
        self._after_gap = after_gap
        self._channel = ""
        self._open = asyncio.Event()
        self._is_local = isinstance(layer, LocalLayer)
        self._probes_sent = 0
        self._probes_back = 0
        self._probe_that_ends_gap = 0
        self.had_gap = False
        self._probe_due = time.monotonic() + PROBE_SECONDS
        self._listener = asyncio.create_task(self._listen())

    def stop(self) -> None:
        self._listener.cancel()

    async def ready(self) -> None:
        """Events are heard when this returns, or, when Redis is away, as soon as it is back."""
        try:
            async with asyncio.timeout(JOIN_SECONDS):
                await self._open.wait()
        except TimeoutError as error:
            self.notice_gap(error)

    async def keep(self) -> None:
        """Probe the line, now and then."""
        if not self._open.is_set():
            return
        try:
            async with asyncio.timeout(JOIN_SECONDS):
                await self._probe()
        except Exception as error:  # noqa: BLE001  # tried again in a second
            self.notice_gap(error)

    async def _probe(self) -> None:
        """Send ourselves a word; one that did not come back by the next time means a gap."""
        now = time.monotonic()
        if self._is_local or now < self._probe_due:
            return
        self._probe_due = now + PROBE_SECONDS
        if self._probes_back < self._probes_sent:
            self.notice_gap(TimeoutError("a probe did not come back"))
        self._probes_sent += 1
        await self._layer.send(self._channel, {"type": PROBE, "number": self._probes_sent})

    def notice_gap(self, error: Exception) -> None:
        """Events may have been lost. Only a probe sent after this moment ends the gap."""
        if not self.had_gap:
            logger.warning("the channel layer does not answer; tabs will catch up: %r", error)
        self.had_gap = True
        self._probe_that_ends_gap = self._probes_sent + 1

    def _take_probe(self, number: int) -> None:
        self._probes_back = number
        if self.had_gap and number >= self._probe_that_ends_gap:
            self.had_gap = False
            logger.warning("the channel layer answers again")
            self._after_gap()

    async def _listen(self) -> None:
        await self._open_channel()
        while True:
            try:
                message = await self._layer.receive(self._channel)
                if message["type"] == PROBE:
                    self._take_probe(message["number"])
                else:
                    self._hear(message)
            except Exception:
                logger.exception("a message from the channel layer could not be used")

    async def _open_channel(self) -> None:
        pause = 0.5
        while not self._channel:
            try:
                async with asyncio.timeout(JOIN_SECONDS):
                    channel = await self._layer.new_channel()
                    await self._layer.group_add(EVERYWHERE, channel)
                self._channel = channel
            except Exception as error:  # noqa: BLE001  # Redis is away: again in a moment
                self.notice_gap(error)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
        self._open.set()
