"""`manage.py check`: Django's own; with --all every rule of the house, in one table."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import check as django_check

from pinboard.management import house

ROOT = Path(__file__).resolve().parents[3]
PYTHON = [sys.executable]
PROGRAMS = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Outcome:
    name: str
    passed: bool
    seconds: float
    output: str


@dataclass(frozen=True, slots=True)
class Step:
    """One rule. run answers (passed, what to read when it did not)."""

    name: str
    run: Callable[[], tuple[bool, str]]

    def outcome(self) -> Outcome:
        began = time.monotonic()
        passed, output = self.run()
        return Outcome(self.name, passed, time.monotonic() - began, output)


def program(name: str) -> str:
    """A tool of this environment, or the one on PATH (PINBOARD_NO_VENV)."""
    beside = PROGRAMS / name
    return str(beside) if beside.exists() else shutil.which(name) or name


def running(command: list[str], *, env: dict[str, str] | None = None) -> tuple[bool, str]:
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return False, f"{command[0]} is not installed."
    return done.returncode == 0, (done.stdout + done.stderr).strip()


def tool(name: str, *arguments: str) -> Callable[[], tuple[bool, str]]:
    return lambda: running([program(name), *arguments])


def django(data: Path, *arguments: str) -> Callable[[], tuple[bool, str]]:
    """A Django command over an empty data folder, so that nobody's own is touched."""
    env = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    env |= {"PINBOARD_DATA": str(data), "DJANGO_SETTINGS_MODULE": "pinboard.settings"}
    return lambda: running([*PYTHON, "manage.py", *arguments], env=env)


NOT_INHERITED = {"DATABASE_URL", "REDIS_URL", "S3_BUCKET", "PINBOARD_SECRET_KEY", "PINBOARD_DEBUG"}


def reading(findings: Callable[[], Iterable[str]]) -> Callable[[], tuple[bool, str]]:
    def run() -> tuple[bool, str]:
        found = list(findings())
        return not found, "\n".join(found)

    return run


def python_sources() -> list[str]:
    names = [*house.PRODUCT, "tests"]
    return [*(name for name in names if any((ROOT / name).rglob("*.py"))), "manage.py"]


def template_files() -> list[str]:
    """Pages and parts; mail is laid out for a mail reader, not by us."""
    found = (path.relative_to(ROOT) for path in sorted((ROOT / "templates").rglob("*.html")))
    return [str(path) for path in found if "email" not in path.parts]


def djade() -> tuple[bool, str]:
    """djade only knows how to rewrite; it gets a copy and we look whether it did."""
    with tempfile.TemporaryDirectory(prefix="pinboard-djade-") as folder:
        shutil.copytree(ROOT / "templates", Path(folder) / "templates")
        command = [program("djade"), "--target-version", "5.2", *template_files()]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode == 0, (done.stdout + done.stderr).strip()


def put_right() -> None:
    """Let the formatters write; what they cannot decide stays for the table to name."""
    running([program("ruff"), "check", "--fix", "--quiet", *python_sources()])
    running([program("ruff"), "format", "--quiet", *python_sources()])
    if pages := template_files():
        running([program("djade"), "--target-version", "5.2", *pages])
        running([program("djhtml"), "--tabwidth", "2", *pages])


def stairs() -> Iterable[str]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(each["layers"] for each in contracts["contracts"] if each["id"] == "stairs")
    return house.stairs_findings(layers, house.children_of(ROOT / "pinboard"))


def collected(data: Path) -> tuple[bool, str]:
    passed, output = django(data, "collectstatic", "--noinput", "--verbosity", "0")()
    if not passed:
        return False, output
    return reading(lambda: house.collected_findings(data / "static"))()


PARSE_MODULES = """
const {readFileSync} = require("node:fs");
const {SourceTextModule} = require("node:vm");
for (const path of process.argv.slice(1)) {
  try { new SourceTextModule(readFileSync(path, "utf8"), {identifier: path}); }
  catch (error) { console.log(`${path}: ${error.stack}`); process.exitCode = 1; }
}
"""


def scripts_parse() -> tuple[bool, str]:
    """Syntax of every module, as node reads it; only where node is on the machine."""
    paths = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "static").rglob("*.js"))]
    return running(
        ["node", "--no-warnings", "--experimental-vm-modules", "-e", PARSE_MODULES, *paths]
    )


def steps(data: Path) -> list[Step]:
    """Every rule, the longest first, because they run two at a time."""
    sources = python_sources()
    pages = template_files()
    found = [
        Step("types (mypy)", tool("mypy", *sources)),
        Step("format (ruff)", tool("ruff", "format", "--check", *sources)),
        Step("lint (ruff)", tool("ruff", "check", *sources)),
        Step("stairs (import-linter)", tool("lint-imports", "--no-logo")),
        Step("every room on a stair", reading(stairs)),
        Step("size of files and functions", reading(lambda: house.modules(ROOT))),
        Step("reasons for silence", reading(lambda: house.silences(ROOT))),
        Step("missing migrations", django(data, "makemigrations", "--check", "--dry-run")),
        Step("site (Django)", django(data, "check", "--deploy", "--fail-level", "WARNING")),
        Step("static files and modules", lambda: collected(data)),
        Step("module imports", reading(lambda: house.scripts(ROOT))),
        Step("template rules", reading(lambda: house.templates(ROOT))),
    ]
    if shutil.which("node"):
        found.append(Step("script syntax (node)", scripts_parse))
    if pages:
        found += [
            Step("template syntax (djade)", djade),
            Step("template indent (djhtml)", tool("djhtml", "--check", "--tabwidth", "2", *pages)),
            Step("template lint (djlint)", tool("djlint", "--lint", "--quiet", *pages)),
        ]
    return found


class Command(django_check.Command):
    help = "Django's checks; with --all format, lint, types, stairs, migrations, templates too."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--all", action="store_true", help="check every rule of the house")
        parser.add_argument(
            "--fix", action="store_true", help="with --all: first put right what a program can"
        )

    def handle(self, *app_labels: Any, **options: Any) -> None:
        fix, everything = options.pop("fix"), options.pop("all")
        if not everything:
            super().handle(*app_labels, **options)
            return
        if fix:
            put_right()
        outcomes = self.check_all()
        if not all(outcome.passed for outcome in outcomes):
            raise SystemExit(1)

    def check_all(self) -> list[Outcome]:
        began = time.monotonic()
        with (
            tempfile.TemporaryDirectory(prefix="pinboard-check-") as folder,
            ThreadPoolExecutor(max_workers=2) as lanes,
        ):
            outcomes = list(lanes.map(Step.outcome, steps(Path(folder))))
        for outcome in outcomes:
            if not outcome.passed:
                self.stdout.write(f"\n── {outcome.name}\n{outcome.output}\n")
        self.stdout.write("")
        for outcome in outcomes:
            word = "passed" if outcome.passed else "FAILED"
            self.stdout.write(f"{outcome.name:<30} {word}  {outcome.seconds:6.1f} s")
        failed = sum(not outcome.passed for outcome in outcomes)
        total = f"{len(outcomes) - failed} rules hold, {failed} do not"
        self.stdout.write(f"\n{total} ({time.monotonic() - began:.0f} s)")
        return outcomes
