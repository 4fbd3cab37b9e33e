"""What people write, as HTML."""

from __future__ import annotations

from messaging.showing import text_html


def test_many_empty_lines_become_one_also_with_spaces_in_them() -> None:
    assert text_html("a\n\n\n\nb") == "a\n\nb"
    assert text_html("a\n  \n\t\n \nb") == "a\n\nb"
    assert text_html("a\n\nb\n  c") == "a\n\nb\n  c"
