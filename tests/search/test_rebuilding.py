"""The whole index anew: beside reads and writes, with progress, and again after a kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from pinboard.bench.serving import Engine, environment
from pinboard.services import start_postgres
from search.keeping import catch_up
from search.models import PublicEntry, Rebuild
from search.rebuilding import rebuild
from tests.conftest import ROOT
from tests.makers import make_pin

PINS = 240
FILL = f"""
from random import Random
from django.core.management import call_command
from pinboard.bench import library
call_command("migrate", verbosity=0, interactive=False)
library.fill(pins={PINS}, dice=Random(7))
"""
ASK = """
import json
from django.contrib.auth.models import AnonymousUser
from pinboard.pins.models import Pin
from search.models import PublicEntry, Rebuild, Term
from search.question import Question
from search.results import find
entries = PublicEntry.objects.order_by("pin_id")
print(json.dumps({
    "states": list(Rebuild.objects.values("last", "done", "total")),
    "found": len(find(Question("with"), viewer=AnonymousUser()).hits),
    "entries": list(entries.values_list("pin_id", "title", "terms")),
    "terms": list(Term.objects.order_by("text").values_list("text", "uses", "named", "is_shared")),
}))
"""
RENAME = """
from pinboard.pins.models import Pin
from pinboard.pins.saving import change_pin
from search.keeping import catch_up
change_pin(pin=Pin.objects.filter(is_public=True).last(), title="Zyxelwort", description="", alt="")
catch_up()
"""


@pytest.fixture
def world(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of children with a library of their own, on the engine of this run."""
    if connection.vendor == "postgresql":
        with start_postgres(survives_crash=True) as server:
            yield environment(tmp_path, Engine(postgres=server.url))
    else:
        yield environment(tmp_path, Engine())


def child(world: dict[str, str], script: str) -> Any:
    code = f"import django; django.setup()\n{script}"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=world,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1]) if done.stdout.strip() else None


def reindex(world: dict[str, str], *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "manage.py", "reindex", "--every", "0", *options]
    return subprocess.Popen(command, cwd=ROOT, env=world, stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_a_killed_rebuild_goes_on_where_it_was(world):
    child(world, FILL)
    first = reindex(world, "--batch", "20")
    assert first.stdout is not None
    told = [first.stdout.readline() for _ in range(3)]
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert f"of {PINS} pins" in told[-1], told
    half = child(world, ASK)
    (state,) = half["states"]
    assert 60 <= state["done"] < PINS
    assert 0 < half["found"] < PINS
    assert max(pin_id for pin_id, *_ in half["entries"]) <= state["last"]

    output, _ = reindex(world, "--batch", "20").communicate(timeout=120)
    assert f"Going on after {state['done']} of {PINS} pins" in output
    assert f"Indexed {PINS - state['done']} pins" in output
    whole = child(world, ASK)
    assert whole["states"] == []
    output, _ = reindex(world, "--from-nothing").communicate(timeout=120)
    assert f"Indexed {PINS} pins" in output
    assert child(world, ASK) == whole


@pytest.mark.slow
def test_a_rebuild_leaves_results_and_lets_others_write(world):
    child(world, FILL)
    reindex(world).communicate(timeout=120)
    before = child(world, ASK)
    running = reindex(world, "--batch", "1", "--anew")
    assert running.stdout is not None
    running.stdout.readline()
    during = child(world, ASK)
    child(world, RENAME)
    running.communicate(timeout=120)
    assert during["found"] == before["found"]
    assert during["entries"] == before["entries"]
    after = child(world, ASK)
    assert "zyxelwort" in [text for text, *_ in after["terms"]]
    assert after["states"] == []


@pytest.mark.django_db
def test_progress_is_told_and_what_is_right_stays(alice):
    for number in range(3):
        make_pin(alice, f"Lemon cake {number}")
    catch_up()
    steps = [str(step) for step in rebuild(batch=2)]
    assert [step.split(",")[0] for step in steps] == ["2 of 3 pins (67 %)", "3 of 3 pins (100 %)"]
    assert not Rebuild.objects.exists()
    before = list(PublicEntry.objects.values())
    list(rebuild(anew=True))
    assert list(PublicEntry.objects.values()) == before
