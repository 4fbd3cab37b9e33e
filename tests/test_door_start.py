"""`manage.py start` as a person runs it: a process, an empty folder, a signal."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import services
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

Starter = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Starter]:
    """Run `manage.py start …` over a data folder of this test; ended when the test ends."""
    running: list[subprocess.Popen[str]] = []

    def run(*arguments: str, command: str = "start", **more: str) -> subprocess.Popen[str]:
        environment = {
            "PATH": os.environ["PATH"],
            "PINBOARD_DATA": str(tmp_path),
            "PINBOARD_NO_VENV": "1",
            "PYTHONUNBUFFERED": "1",
            **more,
        }
        process = subprocess.Popen(
            [sys.executable, "manage.py", command, *arguments],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        running.append(process)
        return process

    yield run
    for process in running:
        process.kill()
        process.communicate()


def lines_until(process: subprocess.Popen[str], pattern: str) -> re.Match[str]:
    """Read what it prints until a line matches; fails with everything when none did."""
    assert process.stdout is not None
    heard = []
    for line in process.stdout:
        heard.append(line)
        if match := re.search(pattern, line):
            return match
    pytest.fail(f"It never said {pattern!r}:\n{''.join(heard)}")


def get(port: int, path: str) -> tuple[int, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        line.request("GET", path)
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()


def test_a_new_folder_is_prepared_served_and_left_in_peace(start: Starter, tmp_path: Path):
    first = start("--empty", "--port", "0")
    port = int(lines_until(first, r"open at http://127\.0\.0\.1:(\d+)").group(1))
    lines_until(first, "Stop with Ctrl-C")
    assert get(port, "/healthz")[0] == 200
    assert get(port, "/readyz")[0] == 200
    assert (tmp_path / "secret.txt").stat().st_mode & 0o077 == 0
    assert any((tmp_path / "static").rglob("*.js"))

    second = start("--empty", "--port", "0")
    said, _ = second.communicate(timeout=60)
    assert second.returncode == 1
    assert "REDIS_URL" in said
    assert "Traceback" not in said

    third = start("--empty", "--port", str(port))
    said, _ = third.communicate(timeout=60)
    assert f"Port {port} at 127.0.0.1 is taken" in said

    first.send_signal(signal.SIGTERM)
    said, _ = first.communicate(timeout=30)
    assert first.returncode == 0
    assert "Traceback" not in said


def test_with_redis_several_processes_and_a_worker_share_the_folder(start: Starter):
    with services.start_redis() as redis:
        grown = {"REDIS_URL": redis.url, "PINBOARD_JOBS": "worker"}
        first = start("--empty", "--port", "0", **grown)
        one = int(lines_until(first, r"open at http://127\.0\.0\.1:(\d+)").group(1))
        second = start("--no-setup", "--empty", "--port", "0", **grown)
        two = int(lines_until(second, r"open at http://127\.0\.0\.1:(\d+)").group(1))
        worker = start(command="worker", **grown)
        lines_until(worker, "Working jobs")
        assert [get(port, "/readyz")[0] for port in (one, two)] == [200, 200]
        for process in (first, second):
            process.send_signal(signal.SIGTERM)
            said, _ = process.communicate(timeout=30)
            assert (process.returncode, "Traceback" in said) == (0, False)


def test_a_worker_without_redis_says_why_it_cannot_help(start: Starter):
    worker = start(command="worker", PINBOARD_JOBS="worker")
    said, _ = worker.communicate(timeout=30)
    assert worker.returncode == 1
    assert "set REDIS_URL" in said
    assert "Traceback" not in said
