"""What browsers get of our static files, and that templates only ask for what exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pinboard.web.static import lean_script, lean_style

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def test_a_style_sheet_carries_the_sheets_it_imports(tmp_path):
    (tmp_path / "small.css").write_text("@layer base {\n  p { margin: 0; }\n}\n")
    css = '@layer base;\n\n/* why */\n@import url("small.css");\n'
    assert lean_style(css, tmp_path) == "@layer base;\n@layer base {\np { margin: 0; }\n}\n"


def test_a_script_loses_comments_on_lines_of_their_own_and_indentation():
    script = "// Why this is here.\nif (near) {\n  go(); // at once\n\n\n  stop();\n}\n"
    assert lean_script(script) == "if (near) {\ngo(); // at once\nstop();\n}\n"


def test_a_script_whose_template_string_spans_lines_stays_as_it_is():
    script = "const words = `one\n  // two`;\n"
    assert lean_script(script) == script


def test_every_icon_a_template_asks_for_is_in_the_sprite():
    sprite = (ROOT / "static/img/icons.svg").read_text()
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    asked = {
        name
        for template in TEMPLATES
        for name in re.findall(r'{% icon "([\w-]+)" %}|symbol="([\w-]+)"', template.read_text())
    }
    assert {first or second for first, second in asked} <= drawn


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_carries_an_inline_style_script_or_handler(template):
    html = re.sub(r"{#.*?#}", "", template.read_text())
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
