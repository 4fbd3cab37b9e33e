"""A real server in a process of its own, on a core of its own, and what it costs.

With two cores or more the server gets the first and this process the others, so that asking
does not take from answering.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from pinboard.bench.wire import HOST
from pinboard.bench.world import World
from pinboard.services import ServiceMissing, start_postgres, start_redis

ROOT: Final = Path(__file__).resolve().parents[2]
STOP_SECONDS: Final = 30
LAST_LINES: Final = 20
OPEN: Final = re.compile(rf"open at http://{re.escape(HOST)}:(\d+)")
# Whatever points to somebody's own data or makes the server another than the plain one.
NOT_INHERITED: Final = ("DATABASE_URL", "REDIS_URL", "S3_", "PINBOARD_", "EMAIL_", "HOST", "PORT")


class BenchFailed(Exception):
    """The measurement could not be made; the message says why."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What the server stands on. postgres and redis: addresses, or "" for SQLite in one process.

    redis_process: its process id, for whoever wants to trouble it.
    """

    postgres: str = ""
    redis: str = ""
    redis_process: int = 0

    @property
    def processes(self) -> int:
        return 2 if self.redis else 1

    @property
    def name(self) -> str:
        return "PostgreSQL + Redis, two web processes" if self.redis else "SQLite, one process"


PLAIN: Final = Engine()


@contextmanager
def engine(name: str) -> Iterator[Engine]:
    """name: "sqlite" or "postgres", whose servers live until the end. Raises BenchFailed."""
    if name == "sqlite":
        yield Engine()
        return
    try:
        ours = {"shared_buffers": f"{_quarter_of_memory_mb()}MB"}
        with (
            start_postgres(survives_crash=True, settings=ours) as postgres,
            start_redis() as redis,
        ):
            yield Engine(postgres.url, redis.url, redis.process.pid)
    except ServiceMissing as missing:
        raise BenchFailed(str(missing)) from missing


def _quarter_of_memory_mb() -> int:
    """For PostgreSQL's own cache, as its manual advises for a server that does little else; not
    above 4 GB, which nothing measured here fills."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min(memory // 4 >> 20, 4096)


@dataclass(frozen=True, slots=True)
class Served:
    """Running server processes, watched through /proc. ports and pids belong together."""

    ports: tuple[int, ...]
    pids: tuple[int, ...]

    @property
    def port(self) -> int:
        return self.ports[0]

    def port_for(self, number: int) -> int:
        """One of them, each as often as the others."""
        return self.ports[number % len(self.ports)]

    def cpu_seconds(self) -> float:
        """Processor time they have used so far, in all threads."""
        return sum(_cpu_seconds(pid) for pid in self.pids)

    def memory_mb(self) -> float:
        """Resident memory."""
        return sum(_memory_mb(pid) for pid in self.pids)


def _cpu_seconds(pid: int) -> float:
    text = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    fields = text.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"^VmRSS:\s+(\d+) kB$", status, re.MULTILINE)
    return int(found.group(1)) / 1024 if found else 0.0


def environment(folder: Path, stands_on: Engine) -> dict[str, str]:
    """That of a child whose data lie in a folder, and on these servers."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_INHERITED)}
    where = {"DATABASE_URL": stands_on.postgres, "REDIS_URL": stands_on.redis}
    return (
        kept
        | {name: url for name, url in where.items() if url}
        | {
            "DJANGO_SETTINGS_MODULE": "pinboard.bench.settings",
            "PINBOARD_DATA": str(folder),
            "PINBOARD_DEMO": "off",
            "PINBOARD_RATE_LIMITS": "off",
            "PINBOARD_NO_VENV": "1",
            "PYTHONUNBUFFERED": "1",
        }
    )


def fill(folder: Path, asked: Mapping[str, int], stands_on: Engine = PLAIN) -> World:
    """Have a child fill the folder, unless it was filled just so before."""
    try:
        world = World.load(folder)
    except FileNotFoundError:
        pass
    else:
        if world.asked == asked:
            return world
        raise BenchFailed(f"{folder} holds another data set: {world.asked}. Empty it first.")
    run_child("pinboard.bench.preparing", asked, environment(folder, stands_on))
    return World.load(folder)


def run_child(module: str, asked: Mapping[str, Any], its: Mapping[str, str]) -> str:
    """The last line that a module of ours prints, which for most is JSON.

    asked: its only argument, as JSON. its: the environment. Raises BenchFailed when it fails.
    """
    command = [sys.executable, "-m", module, json.dumps(asked)]
    done = subprocess.run(
        command, cwd=ROOT, env=dict(its), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BenchFailed(f"{module} failed:\n{_end_of(done.stderr)}")
    return (done.stdout.splitlines() or [""])[-1]


@contextmanager
def serving(
    folder: Path, stands_on: Engine = PLAIN, *, limits: bool = False, alone: bool = True
) -> Iterator[Served]:
    """`manage.py start --no-setup` over a filled folder, on free ports; stopped at the end.

    One process has the first core to itself, unless it is not to be alone; two share all cores
    with everybody else. limits: whether people are limited in how often they may do things, as
    they are in earnest.
    """
    command = ["manage.py", "start", "--no-setup", "--host", HOST, "--port", "0"]
    its = environment(folder, stands_on) | {"PINBOARD_RATE_LIMITS": "on" if limits else "off"}
    with ExitStack() as running:
        has_core = alone and stands_on.processes == 1
        core = running.enter_context(cores_shared()) if has_core else None
        found = [
            running.enter_context(started(command, its, OPEN, core))
            for _ in range(stands_on.processes)
        ]
        ports, pids = zip(*found, strict=True)
        yield Served(ports, pids)


@contextmanager
def started(
    command: Sequence[str], its: Mapping[str, str], is_open: re.Pattern[str], core: int | None
) -> Iterator[tuple[int, int]]:
    """A Python program that serves; its port, which it says itself, and process id.

    its: the environment. is_open: the line with the port. Raises BenchFailed when it ends before.
    """
    with tempfile.TemporaryFile("w+") as log:
        server = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=dict(its),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        if core is not None:
            os.sched_setaffinity(server.pid, {core})  # before it has made any thread
        try:
            yield _port_of(server, log, is_open), server.pid
        finally:
            server.terminate()
            try:
                server.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def cores() -> list[int]:
    """Those this process may use; none where the system does not say."""
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


@contextmanager
def cores_shared() -> Iterator[int | None]:
    """Leave the first core to the server; None when there is only one."""
    ours = cores()
    if len(ours) < 2:
        yield None
        return
    os.sched_setaffinity(0, set(ours[1:]))
    try:
        yield ours[0]
    finally:
        os.sched_setaffinity(0, set(ours))


def _port_of(server: subprocess.Popen[str], log: IO[str], is_open: re.Pattern[str]) -> int:
    """Read what it says until it is open. Raises BenchFailed when it ends before."""
    assert server.stdout is not None
    for line in server.stdout:
        if found := is_open.search(line):
            return int(found.group(1))
    log.seek(0)
    raise BenchFailed(f"The server did not open:\n{_end_of(log.read())}")


def _end_of(text: str) -> str:
    """The last lines: where a traceback says what happened."""
    return "\n".join(text.splitlines()[-LAST_LINES:])
