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
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from pinboard.bench.wire import HOST
from pinboard.bench.world import World

ROOT: Final = Path(__file__).resolve().parents[2]
STOP_SECONDS: Final = 30
LAST_LINES: Final = 20
OPEN: Final = re.compile(rf"open at http://{re.escape(HOST)}:(\d+)")
# Whatever points to somebody's own data or makes the server another than the plain one.
NOT_INHERITED: Final = ("DATABASE_URL", "REDIS_URL", "S3_", "PINBOARD_", "EMAIL_", "HOST", "PORT")


class BenchFailed(Exception):
    """The measurement could not be made; the message says why."""


@dataclass(frozen=True, slots=True)
class Served:
    """A running server, watched through /proc."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """Processor time it has used so far, in all threads."""
        text = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii")
        fields = text.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        """Resident memory."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        found = re.search(r"^VmRSS:\s+(\d+) kB$", status, re.MULTILINE)
        return int(found.group(1)) / 1024 if found else 0.0


def environment(folder: Path) -> dict[str, str]:
    """That of a child whose data lie in a folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_INHERITED)}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "pinboard.bench.settings",
        "PINBOARD_DATA": str(folder),
        "PINBOARD_DEMO": "off",
        "PINBOARD_RATE_LIMITS": "off",
        "PINBOARD_NO_VENV": "1",
        "PYTHONUNBUFFERED": "1",
    }


def fill(folder: Path, asked: Mapping[str, int]) -> World:
    """Have a child fill the folder, unless it was filled just so before."""
    try:
        world = World.load(folder)
    except FileNotFoundError:
        pass
    else:
        if world.asked == asked:
            return world
        raise BenchFailed(f"{folder} holds another data set: {world.asked}. Empty it first.")
    command = [sys.executable, "-m", "pinboard.bench.preparing", json.dumps(asked)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BenchFailed(f"The data set could not be made:\n{_end_of(done.stderr)}")
    return World.load(folder)


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """`manage.py start --no-setup` over a filled folder, on a free port; stopped at the end."""
    command = [sys.executable, "manage.py", "start", "--no-setup", "--host", HOST, "--port", "0"]
    with tempfile.TemporaryFile("w+") as log, _cores_shared() as core:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(folder),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        if core is not None:
            os.sched_setaffinity(server.pid, {core})  # before it has made any thread
        try:
            yield Served(_port_of(server, log), server.pid)
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
def _cores_shared() -> Iterator[int | None]:
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


def _port_of(server: subprocess.Popen[str], log: IO[str]) -> int:
    """Read what it says until it is open. Raises BenchFailed when it ends before."""
    assert server.stdout is not None
    for line in server.stdout:
        if found := OPEN.search(line):
            return int(found.group(1))
    log.seek(0)
    raise BenchFailed(f"The server did not open:\n{_end_of(log.read())}")


def _end_of(text: str) -> str:
    """The last lines: where a traceback says what happened."""
    return "\n".join(text.splitlines()[-LAST_LINES:])
