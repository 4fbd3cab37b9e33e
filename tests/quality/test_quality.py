"""`manage.py quality` from beginning to end over a small corpus, and the bare engines."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from pinboard.quality.corpus import Drawn, Subject
from pinboard.quality.rivals import rivals
from pinboard.services import start_postgres
from tests.conftest import ROOT

pytestmark = pytest.mark.slow


def drawn(title: str, description: str = "", **reading: object) -> Drawn:
    return Drawn(Subject("food", "pie", {}), title, description, "recipe", "", reading, ("Yum",))


def test_the_bare_engines_find_words_in_titles_texts_facts_and_boards():
    pins = [
        drawn("Lemon tarts", "with almonds", recipe={"ingredients": ["50 g butter"]}),
        drawn("Almond cake", "no lemon at all"),
        drawn("Soup"),
    ]
    with start_postgres() as server, rivals(pins, server.url) as asking:
        assert len(asking) == 5
        for name, ask in asking.items():
            assert ask("butter tart") == [0], name
            assert set(ask("yum")) == {0, 1, 2}, name
            assert ask("zeppelin") == [], name
            assert ask('"lemon" (almond) -') in ([0, 1], [1, 0]), name
        assert asking["tantivy"]("lemon soup")
        assert asking["FTS5 BM25 (porter), every word"]("lemon soup") == []


def test_the_command_measures_both_and_ends(tmp_path):
    environment = {**os.environ, "PINBOARD_DATA": str(tmp_path / "own"), "PINBOARD_NO_VENV": "1"}
    environment["DJANGO_SETTINGS_MODULE"] = "pinboard.settings"
    done = subprocess.run(
        [
            sys.executable,
            "manage.py",
            "quality",
            "--part",
            "search",
            "--pins",
            "600",
            "--engine",
            "sqlite",
            "--each",
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for line in ("ours, sqlite", "FTS5 BM25 (porter), any word", "tantivy", "most frequent words"):
        assert f"\n| {line} " in done.stdout
    assert "\n| green velvet sofa " in done.stdout
    assert "\n| black metal floor lamp" not in done.stdout  # held out
    assert not (tmp_path / "own" / "pinboard.sqlite3").exists()
