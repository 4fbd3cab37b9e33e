"""The corpus and its judgements: always the same, whole, and blind to words."""

from __future__ import annotations

import pytest

from pinboard.quality.corpus import Subject, draw, plural
from pinboard.quality.interests import interests
from pinboard.quality.judging import grade, judgements, queries, read

SOFA = "plain ; green velvet sofa ; furniture ; sofa ; colour=green material=velvet"
TOWN = "broad ; new york ; travel ; ; town=New York"


@pytest.mark.parametrize(
    ("line", "kind_of_thing", "traits", "expected"),
    [
        (SOFA, "sofa", {"colour": "green", "material": "velvet", "style": "boho"}, 3),
        (SOFA, "sofa", {"colour": "green", "material": "oak"}, 2),
        (SOFA, "sofa", {}, 1),
        (SOFA, "armchair", {"colour": "green", "material": "velvet"}, 1),  # near
        (SOFA, "armchair", {"colour": "green"}, 0),
        (SOFA, "mirror", {"colour": "green", "material": "velvet"}, 0),
        (SOFA, "", {"colour": "green", "material": "velvet"}, 0),  # a cover for a sofa
        (TOWN, "hotel", {"town": "New York"}, 3),
        (TOWN, "hotel", {"town": "Rome"}, 0),
    ],
)
def test_a_grade_follows_from_what_the_picture_shows(line, kind_of_thing, traits, expected):
    (query,) = read(line)
    assert grade(query, Subject(query.interest, kind_of_thing, traits)) == expected


def test_another_interest_is_never_meant():
    (query,) = read(SOFA)
    assert grade(query, Subject("kids", "sofa", query.traits)) == 0


def test_every_query_is_about_something_there_is():
    for query in queries():
        known = interests()[query.interest]
        names = {kind.name for kind in known.types}
        assert set(query.types) <= names, query
        for facet, value in query.traits.items():
            assert value in {one.name for one in known.traits[facet]}, query
        assert all(near in names for others in known.near.values() for near in others)


def test_there_are_enough_queries_and_a_third_of_each_kind_is_held_out():
    texts = [query.text for query in queries()]
    assert len(texts) == len(set(texts)) >= 60
    for kind in {query.kind for query in queries()}:
        of_kind = [query.held_out for query in queries() if query.kind == kind]
        assert sum(of_kind) == len(of_kind) // 3


def test_the_corpus_is_the_same_at_every_run_and_answers_every_query():
    pins = draw(8000)
    assert pins == draw(8000)
    for query in queries():
        assert len(judgements(query, pins)) >= 3, query.text


def test_what_is_judged_is_not_what_is_written():
    """Some of what a query means is said in other words, and some not at all."""
    (query,) = read("synonym ; green couch ; furniture ; sofa ; colour=green")
    pins = draw(8000)
    meant = [pins[place] for place, given in judgements(query, pins).items() if given == 3]
    said = [f"{pin.title} {pin.description}".lower() for pin in meant]
    assert any("couch" in text for text in said)
    assert any("couch" not in text and "sofa" in text for text in said)
    assert any("green" not in text for text in said)


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("sofa", "sofas"),
        ("bench", "benches"),
        ("story", "stories"),
        ("tray", "trays"),
        ("knitting", "knitting"),
    ],
)
def test_several_of_a_thing(one, many):
    assert plural(one) == many
