"""What is broken during a run, chosen by a seeded dice: one thing at a time, then a breath."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing, suppress
from random import Random
from time import monotonic
from typing import Final

from pinboard.torture import lossy
from pinboard.torture.door import Weather
from pinboard.torture.history import Fault, History
from pinboard.torture.servers import Servers, Web
from pinboard.torture.tab import Tab

LOCKED_SECONDS: Final = 10.0
HOUR: Final = 3600.0
CLOCKS: Final = (0.0, 0.0, -HOUR, HOUR, -24 * HOUR)
IN_FLIGHT_SECONDS: Final = 2.0

Breaks = Callable[[], Awaitable[str]]


class Faults:
    """Breaks and mends. Every method of KINDS returns what it did, after it was mended."""

    # Names, and which engine has them ("" both).
    KINDS: Final = {
        "kill": "",  # kill -9 of a web process while requests are under way
        "roll": "",  # every web process ended politely, one after the other
        "sockets": "",  # a share of all sockets dropped at once
        "stall": "",  # some tabs stop reading their sockets, then go on
        "half-open": "",  # some sockets are left without a word
        "cut": "",  # answers are lost on the way
        "hints": "",  # events are lost between the commit and the sockets
        "twins": "",  # every deed arrives several times at once
        "lock": "sqlite",  # another connection holds the database's write lock
        "database": "postgres",  # PostgreSQL stopped at once and begun again
        "redis-kill": "postgres",  # kill -9, and begun again empty
        "redis-pause": "postgres",  # it takes lines and answers none
        "redis-flush": "postgres",  # everything in it is forgotten, every line to it closed
    }

    def __init__(
        self,
        servers: Servers,
        tabs: Sequence[Tab],
        weather: Weather,
        history: History,
        dice: Random,
    ) -> None:
        self._servers = servers
        self._tabs = tabs
        self._weather = weather
        self._history = history
        self._dice = dice
        self._stopped = asyncio.Event()

    @classmethod
    def of(cls, engine: str) -> list[str]:
        return [name for name, where in cls.KINDS.items() if where in ("", engine)]

    def stop(self) -> None:
        """Break nothing more; run() ends when what is broken is mended."""
        self._stopped.set()

    async def run(self, kinds: Sequence[str]) -> None:
        """Break one thing after the other until stopped; every kind as often as every other."""
        while True:
            for kind in self._dice.sample(list(kinds), len(kinds)):
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stopped.wait(), self._dice.uniform(0.5, 2.5))
                if self._stopped.is_set():
                    return
                await self.inject(kind)

    async def inject(self, kind: str) -> None:
        """Break it, mend it, and write down when."""
        began = monotonic()
        breaks: Breaks = getattr(self, f"_{kind.replace('-', '_')}")
        details = await breaks()
        self._history.add(Fault(kind=kind, began=began, ended=monotonic(), details=details))

    # ---------------------------------------------------------------- processes

    async def _kill(self) -> str:
        web = self._dice.choice(self._servers.webs)
        self._weather.in_flight.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._weather.in_flight.wait(), IN_FLIGHT_SECONDS)
        # Before the commit, between commit and answer, between answer and event.
        await asyncio.sleep(self._dice.uniform(0, 0.03))
        await web.end(signal.SIGKILL)
        return await self._begin_again(web, self._dice.uniform(0, 2))

    async def _roll(self) -> str:
        done = []
        for web in self._servers.webs:
            await web.end(signal.SIGTERM)
            done.append(await self._begin_again(web, 0))
        return "; ".join(done)

    async def _begin_again(self, web: Web, pause: float) -> str:
        clock = self._dice.choice(CLOCKS)
        await asyncio.sleep(pause)
        web.begin(clock_seconds=clock)
        await web.ready()
        wrong = f", its clock {clock / HOUR:+g} h" if clock else ""
        return f"port {web.port}, away for {pause:.1f} s{wrong}"

    # ---------------------------------------------------------------- lines

    def _some(self, share: float) -> list[Tab]:
        return [tab for tab in self._tabs if self._dice.random() < share]

    async def _sockets(self) -> str:
        chosen = self._some(self._dice.choice((0.3, 0.6, 1.0)))
        for tab in chosen:
            tab.drop()
        return f"{len(chosen)} dropped"

    async def _stall(self) -> str:
        chosen = self._some(0.3)
        for tab in chosen:
            tab.stop_reading()
        try:
            await asyncio.sleep(self._dice.uniform(1, 8))
        finally:
            for tab in chosen:
                tab.read_on()
        return f"{len(chosen)} did not read"

    async def _half_open(self) -> str:
        chosen = self._some(0.2)
        for tab in chosen:
            tab.leave_half_open()
        return f"{len(chosen)} left"

    async def _cut(self) -> str:
        self._weather.cut = 0.4
        try:
            await asyncio.sleep(self._dice.uniform(1, 5))
        finally:
            self._weather.cut = 0.0
        return "4 of 10 answers lost"

    async def _hints(self) -> str:
        flag = self._servers.folder / lossy.NAME
        flag.touch()
        try:
            await asyncio.sleep(self._dice.uniform(1, 5))
        finally:
            flag.unlink()
        return f"{lossy.SHARE:.0%} of events lost"

    async def _twins(self) -> str:
        self._weather.twins = self._dice.choice((2, 5, 20))
        try:
            await asyncio.sleep(self._dice.uniform(1, 2))
        finally:
            copies, self._weather.twins = self._weather.twins, 1
        return f"{copies} of each"

    # ---------------------------------------------------------------- what stands underneath

    async def _lock(self) -> str:
        seconds = self._dice.choice((0.5, 3.0, LOCKED_SECONDS))
        path = self._servers.folder / "pinboard.sqlite3"
        with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await asyncio.sleep(seconds)
            other.execute("ROLLBACK")
        return f"locked for {seconds:g} s"

    async def _database(self) -> str:
        database, pause = self._servers.database, self._dice.uniform(0, 3)
        assert database is not None
        await asyncio.to_thread(database.end, signal.SIGQUIT)  # "immediate": as a crash
        await asyncio.sleep(pause)
        await asyncio.to_thread(database.begin_again)
        return f"crashed, away for {pause:.1f} s"

    async def _redis_kill(self) -> str:
        redis, pause = self._servers.redis, self._dice.uniform(0, 5)
        assert redis is not None
        await asyncio.to_thread(redis.end, signal.SIGKILL)
        await asyncio.sleep(pause)
        await asyncio.to_thread(redis.begin_again)
        return f"killed, away for {pause:.1f} s"

    async def _redis_pause(self) -> str:
        redis, pause = self._servers.redis, self._dice.choice((1.0, 4.0, 12.0))
        assert redis is not None
        os.kill(redis.process.pid, signal.SIGSTOP)
        try:
            await asyncio.sleep(pause)
        finally:
            os.kill(redis.process.pid, signal.SIGCONT)
        return f"stood still for {pause:g} s"

    async def _redis_flush(self) -> str:
        from redis import Redis

        redis = self._servers.redis
        assert redis is not None
        with closing(Redis.from_url(redis.url, socket_timeout=5)) as line:
            await asyncio.to_thread(line.flushall)
            await asyncio.to_thread(line.client_kill_filter, skipme=True)
        return "flushed, lines closed"
