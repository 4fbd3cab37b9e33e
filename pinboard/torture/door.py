"""One tab's requests: each on a line of its own, to whichever server takes it.

Like a proxy in front of several processes: where one does not take the line, the next is tried;
once a request was written, nobody tries again for the tab.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from random import Random
from typing import Any, Final
from urllib.parse import urlencode

from pinboard.bench.pages import CSRF_COOKIE, CSRF_SECRET, SESSION_COOKIE
from pinboard.bench.wire import HOST, Line, request_bytes

NO_ANSWER: Final = 0


class Weather:
    """What the network does to everybody at the moment; faults.py changes it.

    cut: the share of deeds whose answer is lost on the way. twins: how many times each deed
    arrives, at the same time. in_flight: set whenever a deed has just been written.
    """

    def __init__(self) -> None:
        self.cut = 0.0
        self.twins = 1
        self.in_flight = asyncio.Event()


class Door:
    """The way of one tab to the servers."""

    def __init__(self, ports: list[int], home: int, weather: Weather, dice: Random) -> None:
        # Its own process first, as with a proxy that keeps people where they are.
        self._ports = [*ports[home % len(ports) :], *ports[: home % len(ports)]]
        self._weather = weather
        self._dice = dice
        self.port = self._ports[0]

    async def get(self, path: str, session: str) -> tuple[int, bytes]:
        """(status, body); status 0 when no answer came."""
        return await self._once(path, session, None, cut_after=None)

    async def post(
        self, path: str, session: str, fields: Mapping[str, Any], *, is_exposed: bool = True
    ) -> list[tuple[int, bytes]]:
        """(status, body) of every copy of the request that was sent; mostly one.

        is_exposed: whether the weather may lose its answer or double it.
        """
        form = urlencode(fields, doseq=True).encode()
        self._weather.in_flight.set()
        if not is_exposed:
            return [await self._once(path, session, form, cut_after=None)]
        copies = [
            self._once(path, session, form, cut_after=self._cut())
            for _ in range(self._weather.twins)
        ]
        return await asyncio.gather(*copies)

    def _cut(self) -> float | None:
        is_cut = self._dice.random() < self._weather.cut
        return self._dice.uniform(0, 0.03) if is_cut else None

    async def _once(
        self, path: str, session: str, form: bytes | None, *, cut_after: float | None
    ) -> tuple[int, bytes]:
        for port in self._ports:
            try:
                async with Line(port) as line:
                    self.port = port
                    async with asyncio.timeout(cut_after):
                        answer = await line.ask(self._request(path, port, session, form))
                    return answer.status, answer.body
            except ConnectionRefusedError:
                continue
            except (OSError, EOFError, TimeoutError, ValueError, IndexError):
                return NO_ANSWER, b""
        return NO_ANSWER, b""

    @staticmethod
    def _request(path: str, port: int, session: str, form: bytes | None) -> bytes:
        headers = {
            "Accept": "application/json",
            "Cookie": f"{SESSION_COOKIE}={session}; {CSRF_COOKIE}={CSRF_SECRET}",
            "Connection": "close",
        }
        if form is not None:
            headers |= {"X-CSRFToken": CSRF_SECRET, "Origin": f"http://{HOST}:{port}"}
        return request_bytes(path, port=port, headers=headers, form=form)


def read_json(body: bytes) -> Any:
    """None where it is none."""
    try:
        return json.loads(body)
    except ValueError:
        return None
