"""`manage.py torture` from beginning to end on each engine: short, and everything is kept."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import services
from tests.conftest import IN_CI, ROOT

pytestmark = pytest.mark.slow

FAULTS = {
    "sqlite": "kill,sockets,twins,lock,cut",
    "postgres": "kill,sockets,twins,cut,database,redis-kill,redis-flush",
}


def torture(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PINBOARD_DATA": str(folder / "own"), "PINBOARD_NO_VENV": "1"}
    environment["DJANGO_SETTINGS_MODULE"] = "pinboard.settings"
    return subprocess.run(
        [sys.executable, "manage.py", "torture", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_a_short_torture_breaks_things_and_no_promise(tmp_path: Path, engine: str) -> None:
    if engine == "postgres":
        try:
            services.find_postgres()
            services.find_redis()
        except services.ServiceMissing as missing:
            if IN_CI:
                raise
            pytest.skip(str(missing))
    kept = tmp_path / "kept"
    what = ("--seconds", "15", "--clients", "8", "--seed", "4", "--faults", FAULTS[engine])
    done = torture(tmp_path, "--engine", engine, "--keep", str(kept), *what)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Every promise was kept." in done.stdout
    assert "| kill " in done.stdout
    assert "Every tab knew all" in done.stdout
    assert re.search(r"told of messages: .*[1-9]\d* by socket", done.stdout)
    assert (kept / "history.jsonl").stat().st_size > 0
    assert not (tmp_path / "own" / "pinboard.sqlite3").exists()


def test_a_fault_that_an_engine_does_not_know_is_refused(tmp_path: Path) -> None:
    done = torture(tmp_path, "--faults", "redis-kill")
    assert done.returncode == 1
    assert "sqlite knows no redis-kill" in done.stderr
