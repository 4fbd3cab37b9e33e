"""What the environment makes of the settings, each time in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT


def read(folder: Path, *names: str, **environment: str) -> list[Any]:
    """The values of these settings in a process with nothing but this environment."""
    wanted = ", ".join(f"settings.{name}" for name in names)
    code = f"import json; from pinboard import settings; print(json.dumps([{wanted}]))"
    env = {"PATH": os.environ["PATH"], "PINBOARD_DATA": str(folder), **environment}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    values: list[Any] = json.loads(done.stdout)
    return values


@pytest.mark.parametrize(
    ("environment", "is_demo"),
    [
        ({}, True),
        ({"DATABASE_URL": "postgres://u:p@127.0.0.1/pins"}, False),
        ({"PINBOARD_ORIGIN": "https://pins.example.org"}, False),
        ({"PINBOARD_ORIGIN": "https://pins.example.org", "PINBOARD_DEMO": "on"}, True),
        ({"PINBOARD_DEMO": "off"}, False),
    ],
)
def test_a_place_in_earnest_gets_no_accounts_with_known_passwords(
    tmp_path: Path, environment: dict[str, str], is_demo: bool
):
    assert read(tmp_path, "DEMO", **environment) == [is_demo]


@pytest.mark.parametrize(("behind", "count"), [("on", 1), ("off", 0)])
def test_allauth_believes_the_proxy_only_where_there_is_one(
    tmp_path: Path, behind: str, count: int
):
    names = ("BEHIND_PROXY", "ALLAUTH_TRUSTED_PROXY_COUNT")
    assert read(tmp_path, *names, PINBOARD_BEHIND_PROXY=behind) == [behind == "on", count]
