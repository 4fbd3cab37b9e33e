"""docs/promises.md names a test for each promise; a test that was renamed must not vanish there."""

from __future__ import annotations

import re

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAGE)))


def test_every_test_that_the_list_of_promises_names_exists() -> None:
    missing = [
        f"{path}::{name}"
        for path, name in NAMED
        if not (ROOT / path).exists()
        or f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert len(NAMED) > 40
    assert missing == []


def test_every_check_we_answer_for_is_on_the_list() -> None:
    numbers = {int(number) for number in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)}
    assert numbers == {
        *(*range(1, 37), 42, 43, *range(53, 70), *range(75, 83), *range(87, 92)),
    }
    rows = [line for line in PAGE.splitlines() if re.match(r"\| \d+ \|", line)]
    unkept = [row for row in rows if "`tests/" not in row and "torture" not in row]
    assert all("not held: " in row for row in unkept), unkept
