"""The terms of an entry, written and read again."""

from __future__ import annotations

from search.terms import Term, guide_lines, guide_terms, read_terms, write_terms

TERMS = [
    Term("s", "old mill", "old mill", "old mill", 7),
    Term("t", "chair", "chair", "chair", 7),
    Term("t", "running", "running", "running", 7),
    Term("t", "run", "runs", "runs", 7),
    Term("t", "run shoe", "run shoes", "run-shoes", 7),
    Term("b", "chair", "chair", "chair", 9),
    Term("b", "cafe", "cafe", "café", 9),
    Term("d", "oat", "oat", "oat", 7),
    Term("x", "seldom", "seldom", "seldom", 7),
]


def test_terms_are_read_as_they_were_written() -> None:
    assert list(read_terms(write_terms(TERMS))) == TERMS


def test_what_is_for_spelling_alone_is_no_guide() -> None:
    guiding = [(kind, root, shown, str(writer)) for kind, root, _, shown, writer in TERMS[:-1]]
    assert list(guide_terms(write_terms(TERMS))) == guiding
    only_others = write_terms(TERMS[-1:])
    assert not list(guide_lines(only_others))
    assert list(read_terms(only_others)) == TERMS[-1:]


def test_a_line_knows_how_a_root_is_shown() -> None:
    lines = {line.kind: line for line in guide_lines(write_terms(TERMS))}
    assert lines["t"].shown("run shoe") == "run-shoes"
    assert lines["t"].shown("chair") == "chair"
    assert lines["b"].shown("cafe") == "café"
    assert not lines["d"].forms


def test_nothing_is_nothing() -> None:
    assert write_terms([]) == ""
    assert not list(read_terms(""))
