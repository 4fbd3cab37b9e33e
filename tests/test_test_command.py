"""`manage.py test`: what it runs and how it counts."""

from __future__ import annotations

import pytest

from pinboard.management.commands import test as test_command


@pytest.mark.parametrize(
    ("arguments", "fast", "engine", "names"),
    [
        ([], True, "", ["quick, SQLite"]),
        ([], True, "postgres", ["quick, PostgreSQL and Redis"]),
        (["tests/pins", "-k", "save"], False, "", ["chosen tests"]),
    ],
)
def test_the_test_command_plans_its_runs(arguments, fast, engine, names):
    runs = test_command.plan(arguments, fast=fast, engine=engine)
    assert [run.name for run in runs] == names


def test_every_test_is_in_one_of_the_runs_on_each_engine():
    runs = test_command.plan([], fast=False, engine="")
    chosen = {(run.engine, run.arguments[-1]) for run in runs}
    for engine in ("sqlite", "postgres"):
        assert (engine, "not browser and not slow") in chosen
        assert (engine, "slow and not browser") in chosen
    assert ("sqlite", "browser") in chosen


@pytest.mark.parametrize(
    ("xml", "code", "passed", "failed", "skipped"),
    [
        ('<testsuite tests="7" failures="1" errors="1" skipped="2"/>', 1, 3, 2, 2),
        ('<testsuite tests="5" failures="0" errors="0" skipped="0"/>', 0, 5, 0, 0),
        ('<testsuite tests="5" failures="0" errors="0" skipped="0"/>', 2, 5, 1, 0),
        ('<testsuite tests="5" failures="0" errors="0" skipped="0"/>', 1, 5, 1, 0),
        ("", 3, 0, 1, 0),
    ],
)
def test_the_tally_believes_neither_a_silent_nor_a_broken_run(
    tmp_path, xml, code, passed, failed, skipped
):
    report = tmp_path / "report.xml"
    if xml:
        report.write_text(f"<testsuites>{xml}</testsuites>")
    tally = test_command.count(report, "a run", code, 1.0)
    assert (tally.passed, tally.failed, tally.skipped) == (passed, failed, skipped)
