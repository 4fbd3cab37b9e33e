"""The rules of the house: each on a small table, then over the whole tree."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from pinboard.management import house
from pinboard.management.commands.check import program, stairs

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('<p style="color: red">', "inline style;"),
        ("<style>p {}</style>", "inline style sheet"),
        ("<script>go()</script>", "inline script"),
        ('<button onclick="go()">', "inline event handler"),
        ('<a href="javascript:go()">', "javascript: address"),
        ('<img src="https://elsewhere.example/a.png">', "third party"),
        ('<link rel="stylesheet" href="//elsewhere.example/a.css">', "third party"),
    ],
)
def test_what_the_content_policy_would_refuse_is_found_in_a_template(text, sentence):
    found = list(house.template_findings("pins/pin.html", f"<main>\n{text}"))
    assert len(found) == 1
    assert found[0].startswith("templates/pins/pin.html:2: ")
    assert sentence in found[0]


@pytest.mark.parametrize(
    "text",
    [
        '<script type="module" src="/static/js/app.js"></script>',
        '<script type="application/json" id="facts">{}</script>',
        '<a href="https://example.org/">a source</a>',
        '<p class="style" data-style="x">only="this"</p>',
    ],
)
def test_what_the_policy_allows_is_left_alone(text):
    assert not list(house.template_findings("pins/pin.html", text))


def test_a_part_says_what_it_needs():
    assert list(house.template_findings("pins/_card.html", "<p>"))
    assert not list(house.template_findings("pins/_card.html", "{# Needs: card. #}\n<p>"))
    assert not list(house.template_findings("account/email/_foot.html", "<p style='x'>"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('import {a} from "lib/a.js";', "imports are relative"),
        ('import {a} from "./a.js"\nlet b;', "lacks its semicolon"),
        ('import "./a.js"', "lacks its semicolon"),
        ('export {a} from "./a.js"', "lacks its semicolon"),
        ('// import {a} from "./a.js";', "commented-out import"),
    ],
)
def test_an_import_that_hashing_would_miss_is_found(text, sentence):
    found = list(house.script_findings("js/app.js", text))
    assert found
    assert any(sentence in each for each in found)


def test_imports_as_they_should_be_are_left_alone():
    text = (
        '/** Not an import: from "here". */\n'
        'import {a} from "./a.js";\nimport {\n  b,\n  c,\n} from "../lib/b.js";\nimport "./d.js";\n'
        'const address = "https://example.org/";\n'
    )
    assert not list(house.script_findings("js/app.js", text))


def test_an_import_left_without_its_hash_is_found_after_collecting(tmp_path):
    hashed = tmp_path / "app.0123456789ab.js"
    hashed.write_text('import "./a.ba9876543210.js";import "./b.js";import "./gone.js";')
    (tmp_path / "a.ba9876543210.js").write_text("")
    (tmp_path / "b.js").write_text("")
    found = list(house.collected_findings(tmp_path))
    assert [each.split(": ", 1)[1] for each in found] == [
        "the import of ./b.js was not given its hash",
        "imports ./gone.js, which does not exist",
    ]


def test_a_long_file_and_a_long_function_are_found():
    text = '"""Long."""\n' + "def go():\n" + "    x = 1\n" * 41 + "\n" * 300
    found = list(house.module_findings("pinboard/long.py", text))
    assert len(found) == 2


def test_a_docstring_does_not_make_a_function_long():
    text = 'def go():\n    """One.\n' + "\n" * 60 + '    """\n    return 1\n'
    assert not list(house.module_findings("pinboard/short.py", text))


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("import a  # " + "noqa: F401", 1),
        ("a = b  # " + "type: ignore[arg-type, x]", 1),
        ("# ruff: " + "noqa", 1),
        ("import a  # " + "noqa: F401  # it registers itself", 0),
        ("a = b  # " + "type: ignore[x]  # the stubs are wrong", 0),
        ("# a type is ignored", 0),
    ],
)
def test_a_silenced_rule_without_a_reason_is_found(line, count):
    assert len(list(house.silence_findings("a.py", line))) == count


def test_a_module_outside_the_stairs_is_found():
    found = list(house.stairs_findings(["(pinboard.pins)", "a | b"], ["pinboard.attic", "a"]))
    assert found == ["pinboard/attic:1: stands on no stair in pyproject.toml"]


@pytest.mark.parametrize(
    "findings",
    [house.templates, house.scripts, house.silences, lambda _: stairs()],
    ids=["templates", "scripts", "silences", "stairs"],
)
def test_the_house_keeps_its_own_rules(findings):
    assert not list(findings(ROOT))


def test_imports_go_down_the_stairs_only():
    command = [program("lint-imports"), "--no-logo"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
