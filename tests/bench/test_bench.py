"""`manage.py bench` from beginning to end, as small as it can be."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow

SMALL = ("--pins", "120", "--people", "12", "--seconds", "0.2", "--lines", "2")
LONG = ("--messages", "12", "--times", "3", "--saves", "1", "--rounds", "1", "--photos", "1")
TALK = ("--sockets", "8", "--group", "4", "--rate", "10", "--send-seconds", "1", "--no-ramp")


def bench(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PINBOARD_DATA": str(folder / "own"), "PINBOARD_NO_VENV": "1"}
    environment["DJANGO_SETTINGS_MODULE"] = "pinboard.settings"
    return subprocess.run(
        [sys.executable, "manage.py", "bench", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_the_bench_measures_pages_and_delivery_and_ends(tmp_path):
    done = bench(tmp_path, *SMALL, *LONG, *TALK, "--keep", str(tmp_path / "kept"))
    assert done.returncode == 0, done.stdout + done.stderr
    for name in ("hello", "feed", "feed, gzip", "pin", "board", "search", "conversation"):
        assert f"\n| {name}" in done.stdout
    assert "Aim: feed pages a second" in done.stdout
    assert "\n| jump, 12 messages" in done.stdout
    assert re.search(r"\| press Pin it → the page with the card +\| +1 \|", done.stdout)
    assert "press Pin it → the finished picture, p95, ms: at most 2000" in done.stdout
    assert "Aim: jump: queries: at most 10; measured 8: kept." in done.stdout
    assert "10 messages sent, 0 refused, 40 deliveries" in done.stdout
    assert "| bare echo (yardstick) |" in done.stdout
    assert "As fast as it goes" not in done.stdout
    assert "lost 0, duplicated 0" in done.stdout

    other = bench(tmp_path, "pages", "--pins", "60", "--keep", str(tmp_path / "kept"))
    assert other.returncode == 1
    assert "another data set" in other.stderr
    assert not (tmp_path / "own" / "pinboard.sqlite3").exists()


def test_the_bench_makes_trouble_and_tells_what_others_noticed(tmp_path):
    small = ("--pins", "60", "--people", "12", "--sockets", "8", "--group", "4", "--rate", "10")
    trouble = ("trouble", "--engine", "postgres", "--events", "20", "--pause", "5")
    done = bench(tmp_path, *trouble, *small)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"\| calm +\| +20 \|", done.stdout)
    assert re.search(r"\| with the stalled reader +\| +20 \|", done.stdout)
    assert "misses after asking again: at most 0; measured 0: kept." in done.stdout
    assert "250 messages sent to 8 sockets" in done.stdout
    assert "refused, and missing in the conversations: at most 0; measured 0: kept." in done.stdout
    asking = "sockets not sent asking although something was lost"
    assert f"{asking}: at most 0; measured 0: kept." in done.stdout


def test_the_bench_makes_pictures_and_takes_a_burst_of_them(tmp_path):
    small = ("--pins", "60", "--people", "12", "--seconds", "0.2", "--lines", "2")
    done = bench(tmp_path, "pictures", *small, "--rounds", "1", "--photos", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    for way in ("the whole chain", "bare Pillow, the same files", "libvips, the same files (8."):
        assert f"\n| {way}" in done.stdout
    assert re.search(r"press, 12 megapixels \d+ MB", done.stdout)
    assert "costs of bare Pillow, the same files: at most 1.3; measured" in done.stdout
    assert "2 photos taken" in done.stdout
    assert "pages a second with the burst, of calm: at least 0.8; measured" in done.stdout


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_the_bench_searches_beside_the_bare_engine(tmp_path, engine):
    done = bench(tmp_path, "search", "--engine", engine, "--sizes", "200")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Search on {engine}:" in done.stdout
    # Times of results, of the bare engine, of suggestions, until found; the value that was kept.
    assert re.search(r"^\| 200 +(\| +\d+\.\d+ ){8}\| +\d+ ", done.stdout, re.MULTILINE)
    for aim in ("results with guides, p95 in ms: at most 80", "suggestions, p95 in ms: at most 25"):
        assert f"Aim: 200 pins: {aim}; measured" in done.stdout
    assert "a changed pin is found, longest in s: at most 2; measured" in done.stdout
