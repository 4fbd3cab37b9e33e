"""`manage.py test`: every test there is, on both engines, and one closing line that sums up.

Without arguments five runs: the quick tests on SQLite with the in-process layer and on PostgreSQL
with Redis, the browser tests over a real server process, the slow tests on both engines. With
arguments one run of pytest that gets them. Knows nothing of the site itself, so that it works
while the site is broken.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from django.core.management.base import BaseCommand, CommandParser

ROOT = Path(__file__).resolve().parents[3]
NO_TESTS_FOUND = 5
SPREAD = ("-n", "2", "--dist", "loadfile")
QUICK = "not browser and not slow"
SLOW = "slow and not browser"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of pytest. engine: "sqlite" or "postgres".

    may_browse: Playwright's loop runs in the test's thread, which Django takes for async code;
    only such a run gets DJANGO_ALLOW_ASYNC_UNSAFE, so that the others still find real misuse.
    """

    name: str
    engine: str
    arguments: tuple[str, ...]
    needs_chromium: bool = False
    may_browse: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """What one run counted. note: what the numbers do not say, in words."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    note: str = ""


# What touches no database cannot differ on another one: those tests run once.
FULL: tuple[Run, ...] = (
    Run("quick, SQLite", "sqlite", (*SPREAD, "-m", QUICK)),
    Run("quick, PostgreSQL and Redis", "postgres", (*SPREAD, "--stored-only", "-m", QUICK)),
    Run("browser", "sqlite", ("-m", "browser"), needs_chromium=True, may_browse=True),
    Run("slow, SQLite", "sqlite", (*SPREAD, "-m", SLOW)),
    Run("slow, PostgreSQL and Redis", "postgres", (*SPREAD, "--stored-only", "-m", SLOW)),
)


def plan(arguments: list[str], *, fast: bool, engine: str) -> tuple[Run, ...]:
    """Which runs an invocation means.

    arguments: pytest's own; any of them makes it one run, with every kind of test in reach.
    engine: "sqlite", "postgres", or "" for both (one run with arguments takes SQLite).
    """
    if arguments:
        # Chromium is asked for by the fixture itself; here nobody knows what will be selected.
        return (Run("chosen tests", engine or "sqlite", tuple(arguments), may_browse=True),)
    runs = FULL[:2] if fast and engine else FULL[:1] if fast else FULL
    if engine:
        runs = tuple(run for run in runs if run.engine == engine or run.needs_chromium)
    return runs


def count(report: Path, name: str, code: int, seconds: float) -> Tally:
    """Read pytest's JUnit file; a run that ended without one has failed once."""
    try:
        suites = ElementTree.parse(report).getroot().iter("testsuite")
    except (OSError, ElementTree.ParseError):
        return Tally(name, failed=1, seconds=seconds, note=f"pytest ended with code {code}")
    total = failed = skipped = 0
    for suite in suites:
        total += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
    passed, note = total - failed - skipped, ""
    if code not in (0, 1, NO_TESTS_FOUND):
        failed, note = max(failed, 1), f"pytest ended with code {code}"
    elif code == 1 and not failed:
        failed, note = 1, "pytest reported a failure outside the tests"
    elif code == NO_TESTS_FOUND:
        note = "no test was found"
    return Tally(name, max(passed, 0), failed, skipped, seconds, note)


class Command(BaseCommand):
    help = "Run every test on both engines, or pass arguments to pytest for one run."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fast", action="store_true", help="only the quick tests, on SQLite")
        parser.add_argument("--engine", choices=("sqlite", "postgres"), default="")

    def run_from_argv(self, argv: list[str]) -> None:
        """Keep what this command does not know for pytest: argparse would refuse it."""
        parser = self.create_parser(argv[0], argv[1])
        options, rest = parser.parse_known_args(argv[2:])
        self.handle(pytest_arguments=rest, **vars(options))

    def handle(self, *_: str, **options: Any) -> None:
        is_ci = os.environ.get("CI", "").lower() in {"true", "1"}
        arguments: list[str] = options.get("pytest_arguments", [])
        runs = plan(arguments, fast=options["fast"], engine=options["engine"])
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="pinboard-tally-") as folder:
            tallies = [
                self.carry_out(run, Path(folder) / f"{number}.xml", is_ci)
                for number, run in enumerate(runs)
            ]
        if is_ci:  # There, nothing may be left out.
            tallies = [replace(t, failed=t.failed + t.skipped, skipped=0) for t in tallies]
        self.summarise(tallies, time.monotonic() - began)
        if any(tally.failed for tally in tallies):
            raise SystemExit(1)

    def carry_out(self, run: Run, report: Path, is_ci: bool) -> Tally:
        from tests.services import ServiceMissing, find_chromium

        self.stdout.write(f"\n── {run.name}\n")
        began = time.monotonic()
        try:
            if run.needs_chromium:
                find_chromium()
            with services_of(run.engine) as addresses:
                code = self.pytest(run, report, addresses)
        except ServiceMissing as missing:
            self.stdout.write(f"Left out: {missing}\n")
            return Tally(run.name, failed=int(is_ci), note="left out, a part is missing")
        return count(report, run.name, code, time.monotonic() - began)

    def pytest(self, run: Run, report: Path, addresses: dict[str, str]) -> int:
        self.stdout.flush()
        environment = {
            **os.environ,
            **addresses,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        if run.may_browse:
            environment["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *run.arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode

    def summarise(self, tallies: list[Tally], seconds: float) -> None:
        self.stdout.write("")
        for tally in tallies:
            skipped = f", {tally.skipped} skipped" if tally.skipped else ""
            note = f"  ({tally.note})" if tally.note else ""
            self.stdout.write(
                f"{tally.name:<30} {tally.passed} passed, {tally.failed} failed{skipped}"
                f"  {tally.seconds:.1f} s{note}"
            )
        self.stdout.write(f"all in {seconds:.0f} s")
        passed = sum(tally.passed for tally in tallies)
        failed = sum(tally.failed for tally in tallies)
        self.stdout.write(f"{passed} passed, {failed} failed")


@contextlib.contextmanager
def services_of(engine: str) -> Iterator[dict[str, str]]:
    """The servers an engine needs, running, as settings for the tests' environment."""
    if engine == "sqlite":
        yield {"PINBOARD_TEST_DATABASE_URL": "", "PINBOARD_TEST_REDIS_URL": ""}
        return
    from tests.services import start_postgres, start_redis

    # One Redis for each of the two workers: its channels know no databases, so the same person
    # number in two test databases would hear twice.
    with start_postgres() as postgres, start_redis() as first, start_redis() as second:
        yield {
            "PINBOARD_TEST_DATABASE_URL": postgres.url,
            "PINBOARD_TEST_REDIS_URL": f"{first.url} {second.url}",
        }
