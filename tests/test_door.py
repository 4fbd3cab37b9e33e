"""The door before Django: which environment, which lock, and what refuses to start."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tomllib
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from pinboard.management.commands import start
from tests import services

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def door():
    """manage.py as a module."""
    specification = importlib.util.spec_from_file_location("door", ROOT / "manage.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("told_to_stay", "inside", "is_marked", "holds_lock", "step"),
    [
        (True, False, False, False, "go"),  # PINBOARD_NO_VENV=1 is obeyed, whatever is missing
        (False, True, True, True, "go"),  # the usual second start
        (False, True, False, True, "mark"),  # .venv was filled by hand, completely
        (False, True, False, False, "make"),  # the lock has changed since
        (False, False, False, True, "go"),  # another environment has everything (CI images)
        (False, False, True, True, "go"),
        (False, False, True, False, "enter"),  # the system's Python, .venv is ready
        (False, False, False, False, "make"),  # a fresh machine
    ],
)
def test_the_door_knows_what_to_do(door, told_to_stay, inside, is_marked, holds_lock, step):
    decided = door.decide(
        told_to_stay=told_to_stay, inside=inside, is_marked=is_marked, holds_lock=holds_lock
    )
    assert decided == step


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ([], "requirements.lock"),
        (["start", "--empty"], "requirements.lock"),
        (["worker"], "requirements.lock"),
        (["test", "--fast"], "requirements-test.lock"),
        (["check", "--all"], "requirements-test.lock"),
        (["bench"], "requirements-test.lock"),
        (["quality"], "requirements-test.lock"),
        (["torture"], "requirements-test.lock"),
    ],
)
def test_each_command_asks_for_the_smallest_lock_it_needs(door, arguments, name):
    assert door.lock_for(arguments).name == name


def test_a_conditional_requirement_is_left_to_the_installer(door, tmp_path):
    lock = tmp_path / "a.lock"
    lock.write_text(
        "one==1.0 \\\n    --hash=sha256:00\n"
        "two[extra]==2.5 \\\n    --hash=sha256:00\n"
        "three==3.0 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n"
    )
    assert door.pins_of(lock) == {"one": "1.0", "two": "2.5"}


def test_the_test_lock_contains_the_base_lock(door):
    """One `.venv` made for the tests also starts the site, so its marker names both."""
    base, more = door.pins_of(door.BASE_LOCK), door.pins_of(door.TEST_LOCK)
    assert base.items() <= more.items()


def test_the_locks_name_every_dependency_with_a_hash(door):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    text = door.TEST_LOCK.read_text()
    for requirement in wanted:
        name = requirement.split(";")[0].split("[")[0].split(">")[0].split("<")[0].split("=")[0]
        assert f"\n{name.strip().lower()}==" in f"\n{text}", f"{name} is not locked"
    assert "http://" not in text
    assert "https://" not in text
    entries = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert text.count("--hash=sha256:") >= len(entries)
    assert all(line.endswith("\\") for line in entries)


def test_only_a_matching_marker_counts(door, tmp_path, monkeypatch):
    lock = tmp_path / "requirements.lock"
    lock.write_text("one==1.0\n")
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    monkeypatch.setattr(door, "VENV", venv)
    monkeypatch.setattr(door, "MARKER", venv / "pinboard-lock.txt")
    monkeypatch.setattr(door, "BASE_LOCK", lock)
    assert not door.marked(lock)
    door.mark(lock)
    assert not door.marked(lock), "its Python is gone"
    door.python_of(venv).touch()
    assert door.marked(lock)
    lock.write_text("one==1.1\n")
    assert not door.marked(lock)


# ---------------------------------------------------------------- a whole set-up, small


MAIN = """
def execute_from_command_line(arguments):
    print("django ran:", *arguments[1:])
"""


def make_wheel(folder: Path, version: str) -> str:
    """A tiny package called django, and its line for a lock."""
    name = f"django-{version}"
    path = folder / f"{name}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("django/__init__.py", "")
        wheel.writestr("django/core/__init__.py", "")
        wheel.writestr("django/core/management/__init__.py", MAIN)
        metadata = f"Metadata-Version: 2.1\nName: django\nVersion: {version}\n"
        wheel.writestr(f"{name}.dist-info/METADATA", metadata)
        wheel.writestr(
            f"{name}.dist-info/WHEEL",
            "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        wheel.writestr(f"{name}.dist-info/RECORD", "")
    return f"django=={version} \\\n    --hash=sha256:{sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def fresh_copy(tmp_path):
    """A checkout with nothing but the door and a lock of one small package."""
    (tmp_path / "wheels").mkdir()
    shutil.copy(ROOT / "manage.py", tmp_path / "manage.py")
    line = make_wheel(tmp_path / "wheels", "1.0")
    (tmp_path / "requirements.lock").write_text(line)
    (tmp_path / "requirements-test.lock").write_text(line)
    return tmp_path


def knock(folder: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Run the copy's manage.py with a Python that has no packages at all."""
    bare = Path(sys.base_prefix) / "bin" / Path(sys.executable).resolve().name
    env = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(folder),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(folder / "wheels"),
        **environment,
    }
    return subprocess.Popen(
        [bare, "-S", str(folder / "manage.py"), *arguments],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_the_first_command_makes_the_environment_and_later_ones_use_it(fresh_copy):
    first, second = knock(fresh_copy, "start", "--empty"), knock(fresh_copy, "worker")
    out, told = first.communicate(timeout=120)
    other_out, other_told = second.communicate(timeout=120)
    assert "django ran: start --empty" in out, told
    assert "django ran: worker" in other_out, other_told
    assert (told + other_told).count("Making the environment") == 1, "two at once: one makes it"

    out, told = knock(fresh_copy, "start").communicate(timeout=60)
    assert (out.strip(), told) == ("django ran: start", ""), "the second start is silent"

    (fresh_copy / "requirements.lock").write_text(make_wheel(fresh_copy / "wheels", "2.0"))
    out, told = knock(fresh_copy, "start").communicate(timeout=60)
    assert "django ran: start" in out, told
    assert "Making the environment" in told, "another lock, another environment"


@pytest.mark.slow
def test_a_set_up_that_fails_says_why_and_what_to_do(fresh_copy):
    process = knock(fresh_copy, "start", PIP_FIND_LINKS="/nowhere")
    out, told = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "could not be downloaded" in told
    assert "Traceback" not in told

    lock = fresh_copy / "requirements.lock"
    lock.write_text(lock.read_text().split("sha256:")[0] + f"sha256:{'0' * 64}\n")
    process = knock(fresh_copy, "start")
    out, told = process.communicate(timeout=120)
    assert process.returncode == 1, out
    assert "DO NOT MATCH THE HASHES" in told


# ---------------------------------------------------------------- start


def test_a_taken_port_is_said_with_another_one_to_try():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {port} .* taken[^$]*--port \d+"):
            start.refuse_taken_port("127.0.0.1", port)


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(CommandError, match="is no port"):
        start.refuse_taken_port("127.0.0.1", port)


def test_without_redis_a_second_process_may_not_serve_the_same_folder(tmp_path):
    with (
        start.claimed(tmp_path, shared=False),
        pytest.raises(CommandError, match="REDIS_URL"),
        start.claimed(tmp_path, shared=False),
    ):
        pass
    with start.claimed(tmp_path, shared=True), start.claimed(tmp_path, shared=True):
        pass  # with Redis they may be several
    with (
        start.claimed(tmp_path, shared=True),
        pytest.raises(CommandError, match="already serves"),
        start.claimed(tmp_path, shared=False),
    ):
        pass


# ---------------------------------------------------------------- servers and CI


def test_postgresql_and_redis_from_pip_start_and_answer():
    """A fresh machine has only these; the runs themselves use the system's where it has them."""
    with services.start_postgres("pip") as postgres, services.start_redis("pip") as redis:
        assert services.postgres_answers(postgres.url)
        assert redis.url.startswith("redis://127.0.0.1:")
        folders = (postgres.folder, redis.folder)
    assert not any(folder.exists() for folder in folders)


def test_ci_can_be_run():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert os.access(ROOT / "manage.py", os.X_OK)
