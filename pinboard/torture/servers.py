"""The processes that are tortured: web processes at fixed ports, and what stands under them."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Final

from pinboard.bench.serving import NOT_INHERITED, ROOT
from pinboard.bench.wire import HOST, Line, request_bytes
from pinboard.services import Service, free_port, start_postgres, start_redis
from pinboard.torture.world import World

READY_SECONDS: Final = 60.0
STOP_SECONDS: Final = 30.0
ASK_SECONDS: Final = 0.1
HEALTH: Final = "/healthz"


class TortureFailed(Exception):
    """The run could not be made; the message says why."""


class Web:
    """One web process, begun again at the same port after it was killed."""

    def __init__(self, environment: dict[str, str], port: int, log: IO[str]) -> None:
        self.port = port
        self._environment = environment
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self, *, clock_seconds: float = 0) -> None:
        command = [sys.executable, "manage.py", "start", "--no-setup", "--host", HOST]
        self._process = subprocess.Popen(
            [*command, "--port", str(self.port)],
            cwd=ROOT,
            env=self._environment | {"TORTURE_CLOCK_SECONDS": str(clock_seconds)},
            stdout=self._log,
            stderr=self._log,
        )

    def send(self, how: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(how)

    async def end(self, how: signal.Signals) -> None:
        """Send a signal that ends it and wait until it has; killed if it does not."""
        assert self._process is not None
        self.send(how)
        try:
            await asyncio.to_thread(self._process.wait, STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            await asyncio.to_thread(self._process.wait)

    async def ready(self) -> None:
        """Return when it answers. Raises TortureFailed when it ended, or stays silent for long."""
        try:
            async with asyncio.timeout(READY_SECONDS):
                while not await self.answers():
                    if self._process is None or self._process.poll() is not None:
                        raise TortureFailed("a web process did not begin again")
                    await asyncio.sleep(ASK_SECONDS)
        except TimeoutError:
            raise TortureFailed("a web process did not answer for a minute") from None

    async def answers(self) -> bool:
        try:
            async with Line(self.port) as line:
                return (await line.ask(request_bytes(HEALTH, port=self.port))).status == 200
        except (OSError, EOFError, TimeoutError):
            return False

    def kill(self) -> None:
        """At the very end, whatever state it is in."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()


class Servers:
    """Everything that runs: `with Servers(folder, engine="sqlite") as servers`.

    engine: "sqlite" is one web process with events in memory; "postgres" is two, with
    PostgreSQL and Redis under them.
    """

    def __init__(self, folder: Path, *, engine: str) -> None:
        self.folder = folder
        self.engine = engine
        self.database: Service | None = None
        self.redis: Service | None = None
        self.webs: list[Web] = []
        self.log = folder / "servers.log"
        self._stack = ExitStack()

    def __enter__(self) -> Servers:
        with ExitStack() as stack:
            if self.engine == "postgres":
                self.database = stack.enter_context(start_postgres(survives_crash=True))
                self.redis = stack.enter_context(start_redis())
            output = stack.enter_context(self.log.open("a", encoding="utf-8"))
            for _ in range(2 if self.engine == "postgres" else 1):
                web = Web(self.environment(), free_port(), output)
                self.webs.append(web)
                stack.callback(web.kill)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        if self.redis is not None:
            self.redis.process.send_signal(signal.SIGCONT)  # one that is paused ends by no signal
        self._stack.close()

    def environment(self) -> dict[str, str]:
        """That of a child: plain settings, over the data of this run."""
        kept = {
            name: word for name, word in os.environ.items() if not name.startswith(NOT_INHERITED)
        }
        kept |= {
            "DJANGO_SETTINGS_MODULE": "pinboard.torture.settings",
            "PINBOARD_DATA": str(self.folder),
            "PINBOARD_DEMO": "off",
            "PINBOARD_RATE_LIMITS": "off",
            "PINBOARD_NO_VENV": "1",
            "PYTHONUNBUFFERED": "1",
        }
        if self.database is not None and self.redis is not None:
            kept |= {"DATABASE_URL": self.database.url, "REDIS_URL": self.redis.url}
        return kept

    def fill(self, *, people: int, seed: int) -> World:
        """Have a child fill the database."""
        command = [sys.executable, "-m", "pinboard.torture.preparing"]
        asked = json.dumps({"people": people, "seed": seed})
        done = subprocess.run(
            [*command, asked],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise TortureFailed(f"The database could not be filled:\n{done.stderr[-2000:]}")
        return World.load(self.folder)

    def mistakes(self) -> dict[str, int]:
        """What the servers complained of in tracebacks: last lines, and how often each."""
        written = self.log.read_text(encoding="utf-8", errors="replace")
        found: dict[str, int] = {}
        for trace in re.split(r"^Traceback ", written, flags=re.MULTILINE)[1:]:
            last = next(
                (line for line in trace.splitlines()[1:] if re.match(r"[\w.]+(:|$)", line)), "?"
            )
            found[last[:120]] = found.get(last[:120], 0) + 1
        return found
