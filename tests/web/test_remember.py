"""{% remember %}: drawn once for the same values, anew for others, never mixed up."""

from __future__ import annotations

from typing import Any

from django.template import engines
from django.utils.safestring import mark_safe

from pinboard.web.templatetags import pinboard as tags


def draw(source: str) -> Any:
    return engines["django"].from_string(source)


def test_what_is_inside_is_drawn_once_for_the_same_values():
    times = []
    page = draw("{% remember name %}{{ count }}, {{ name }}{% endremember %}")

    def count() -> int:
        times.append(1)
        return len(times)

    assert page.render({"name": "Ana", "count": count}) == "1, Ana"
    assert page.render({"name": "Ana", "count": count}) == "1, Ana"
    assert page.render({"name": "Ben", "count": count}) == "2, Ben"
    assert len(times) == 2


def test_values_are_escaped_inside_as_anywhere():
    page = draw("{% remember name %}{{ name }}{% endremember %}")
    assert page.render({"name": "<b>"}) == "&lt;b&gt;"
    assert page.render({"name": mark_safe("<b>")}) == "<b>"


def test_two_blocks_keep_apart_and_none_grows_without_bound(monkeypatch):
    monkeypatch.setattr(tags, "REMEMBERED", 3)
    page = draw("{% remember n %}a{{ n }}{% endremember %}{% remember %}b{% endremember %}")
    assert [page.render({"n": n}) for n in range(9)] == [f"a{n}b" for n in range(9)]
    first = page.template.nodelist[0]
    assert len(first._drawn) <= 3


def test_long_blocks_are_remembered_in_smaller_number(monkeypatch):
    monkeypatch.setattr(tags, "REMEMBERED_CHARACTERS", 100)
    page = draw("{% remember text %}{{ text }}{% endremember %}")
    for text in ("a" * 60, "b" * 30, "c" * 30, "d" * 200, "e"):
        assert page.render({"text": text}) == text
        assert page.render({"text": text}) == text
    assert list(page.template.nodelist[0]._drawn.values()) == ["e"]


def test_a_missing_value_is_a_value():
    page = draw("{% remember there %}{% if there %}yes{% else %}no{% endif %}{% endremember %}")
    assert [page.render(context) for context in ({}, {"there": True}, {})] == ["no", "yes", "no"]
