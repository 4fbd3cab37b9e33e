"""What the environment makes of the settings, each time in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from pinboard import environment
from tests.conftest import ROOT


def read(folder: Path, *names: str, **given: str) -> list[Any]:
    """The values of these settings in a process with nothing but this environment."""
    wanted = ", ".join(f"settings.{name}" for name in names)
    code = f"import json; from pinboard import settings; print(json.dumps([{wanted}]))"
    env = {"PATH": os.environ["PATH"], "PINBOARD_DATA": str(folder), **given}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    values: list[Any] = json.loads(done.stdout)
    return values


@pytest.mark.parametrize(
    ("given", "is_demo"),
    [
        ({}, True),
        ({"DATABASE_URL": "postgres://u:p@127.0.0.1/pins"}, False),
        ({"PINBOARD_ORIGIN": "https://pins.example.org"}, False),
        ({"PINBOARD_ORIGIN": "https://pins.example.org", "PINBOARD_DEMO": "on"}, True),
        ({"PINBOARD_DEMO": "off"}, False),
    ],
)
def test_a_place_in_earnest_gets_no_accounts_with_known_passwords(
    tmp_path: Path, given: dict[str, str], is_demo: bool
):
    assert read(tmp_path, "DEMO", **given) == [is_demo]


@pytest.mark.parametrize(("behind", "count"), [("on", 1), ("off", 0)])
def test_allauth_believes_the_proxy_only_where_there_is_one(
    tmp_path: Path, behind: str, count: int
):
    names = ("BEHIND_PROXY", "ALLAUTH_TRUSTED_PROXY_COUNT")
    assert read(tmp_path, *names, PINBOARD_BEHIND_PROXY=behind) == [behind == "on", count]


def test_the_secret_is_made_once_whoever_comes_first(tmp_path: Path):
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(environment.secret_key, [tmp_path] * 32))
    assert len(set(made)) == 1
    assert len(made[0]) >= 50
    assert (tmp_path / "secret.txt").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret.txt"]


def test_nobody_sees_a_secret_before_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Until it has its name it is complete: a process that reads meanwhile finds no file."""
    seen: list[bool] = []

    def make(size: int) -> str:
        seen.append((tmp_path / "secret.txt").exists())
        return "s" * size

    monkeypatch.setattr("secrets.token_urlsafe", make)
    assert environment.secret_key(tmp_path) == "s" * 50
    assert seen == [False]


def test_an_empty_secret_is_no_secret(tmp_path: Path):
    (tmp_path / "secret.txt").touch()
    with pytest.raises(ValueError, match=r"secret\.txt is empty"):
        environment.secret_key(tmp_path)
