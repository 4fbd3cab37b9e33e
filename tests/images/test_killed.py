"""Check 22: processes that make renditions are killed for good, at twenty moments of their work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from pinboard.images import filing, jobs, rendering
from pinboard.images.models import Picture
from pinboard.images.storing import store_picture
from tests.conftest import ROOT, server_environment
from tests.images.samples import decoded, encoded, quarters

pytestmark = pytest.mark.slow

KILLS = 20
# Django begins once; each picture is then worked on by a process of its own.
FORKING = """
import os, sys, django
django.setup()
from pinboard.images.jobs import make_renditions
for line in sys.stdin:
    worker = os.fork()
    if not worker:
        make_renditions(int(line))
        os._exit(0)
    print(worker, flush=True)
    os.waitpid(worker, 0)
    print("ended", flush=True)
"""


class Workers:
    """Begins processes that make a picture's renditions, one at a time."""

    def __init__(self, forking: subprocess.Popen[str]) -> None:
        self._forking = forking

    def begin(self, picture: int) -> int:
        """Returns the process id of the worker."""
        assert self._forking.stdin is not None
        self._forking.stdin.write(f"{picture}\n")
        self._forking.stdin.flush()
        return int(self._read())

    def wait(self) -> None:
        assert self._read() == "ended"

    def _read(self) -> str:
        assert self._forking.stdout is not None
        return self._forking.stdout.readline().strip()


@contextmanager
def workers(media: Path) -> Iterator[Workers]:
    with subprocess.Popen(
        [sys.executable, "-c", FORKING],
        cwd=ROOT,
        env=server_environment(PINBOARD_DATA=str(media.parent)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as forking:
        yield Workers(forking)


@pytest.fixture
def pictures(transactional_db, monkeypatch) -> list[int]:
    """Fresh ones, whose jobs nobody has begun."""
    monkeypatch.setattr(jobs.make_renditions, "enqueue", lambda picture: None)
    return [
        store_picture(encoded(quarters(1600 + number, 1200), "JPEG")).pk
        for number in range(KILLS + 1)
    ]


def seconds_for(working: Workers, picture: int) -> float:
    began = time.monotonic()
    working.begin(picture)
    working.wait()
    return time.monotonic() - began


def assert_whole(picture: Picture) -> None:
    """What the row vouches for is there to the last pixel; what is not ready can be tried again."""
    for name in picture.files:
        decoded(filing.read(name)).load()
    if picture.state == "ready":
        assert len(picture.renditions) == 3
    else:
        assert (picture.state, picture.renditions) == ("fresh", [])
        assert picture.retry_at is not None


def test_twenty_killed_workers_leave_every_picture_ready_or_to_be_tried_again(
    pictures: list[int], media_folder: Path
):
    outcomes = []
    with workers(media_folder) as working:
        takes = seconds_for(working, pictures.pop())
        for number, picture in enumerate(pictures):
            worker = working.begin(picture)
            time.sleep(takes * number / KILLS)
            with suppress(ProcessLookupError):  # it was quicker this time
                os.kill(worker, signal.SIGKILL)
            working.wait()
            found = Picture.objects.get(pk=picture)
            assert_whole(found)
            outcomes.append((found.state, found.attempts))
        assert ("fresh", 1) in outcomes, "none was killed in the middle of its work"

        Picture.objects.filter(state="fresh").update(retry_at=timezone.now() - timedelta(seconds=1))
        again = rendering.stalled()
        assert len(again) == sum(state == "fresh" for state, _ in outcomes)
        for picture in again:
            working.begin(picture)
            working.wait()
    for found in Picture.objects.all():
        assert found.state == "ready"
        assert_whole(found)
