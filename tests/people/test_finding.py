"""Finding people by the beginning of their name."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pinboard.people.finding import keep_names, people_called
from pinboard.people.models import NamePart, Person
from pinboard.people.names import endings, fold


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Zoë", "zoe"),
        ("  ÅSA   Öberg ", "asa oberg"),
        ("O’Neil", "oneil"),
        ("Jean-Luc", "jean luc"),
        ("@ana.b", "ana b"),
        ("Weiß", "weiss"),
        ("Łukasz Ðorić", "lukasz doric"),
        ("山田 太郎", "山田 太郎"),
        ("***", ""),
        ("a" * 500, "a" * 60),
    ],
)
def test_names_are_folded_as_people_type_them(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_a_name_is_found_from_each_of_its_words_on() -> None:
    assert endings("Ana Maria Luz", "aml") == {"ana maria luz", "maria luz", "luz", "aml"}


def person(username: str, name: str, **fields: Any) -> Person:
    return Person.objects.create_user(username, display_name=name, **fields)


@pytest.mark.parametrize(
    "typed", ["Zoe", "zoë", "ZO", "win", "Zoe Win", "winter zoe", "bergfrau", "berg.f", "@bergfrau"]
)
def test_somebody_is_found_by_any_beginning(db: None, typed: str) -> None:
    zoe = person("berg.frau" if "." in typed else "bergfrau", "Zoë Winter")
    person("other", "Ozoe Awin")
    assert people_called(typed, limit=5) == [zoe.pk]


@pytest.mark.parametrize("typed", ["oe", "inter", "zoe x", "%", "z%e", "_oe", "", "   "])
def test_nobody_is_found_by_anything_else(db: None, typed: str) -> None:
    person("bergfrau", "Zoë Winter")
    assert people_called(typed, limit=5) == []


def test_a_new_name_is_found_and_the_old_one_no_longer(db: None) -> None:
    zoe = person("bergfrau", "Zoë Winter")
    zoe.display_name = "Zoë Sommer"
    zoe.save(update_fields=["display_name"])
    assert people_called("som", limit=5) == [zoe.pk]
    assert people_called("win", limit=5) == []


def test_nobody_finds_a_guest_or_somebody_who_is_gone(db: None) -> None:
    person("guest-1", "Zoë", kind=Person.Kind.GUEST)
    gone = person("gone", "Zoë")
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    assert people_called("zoe", limit=5) == []


def test_signing_in_writes_no_names(db: None) -> None:
    zoe = person("bergfrau", "Zoë Winter")
    with CaptureQueriesContext(connection) as asked:
        zoe.save(update_fields=["last_login"])
    assert len(asked) == 1


def test_whoever_was_here_before_names_were_kept_is_found_too(db: None) -> None:
    zoe = person("bergfrau", "Zoë Winter")
    NamePart.objects.all().delete()
    filling = import_module("pinboard.people.migrations.0004_fill_name_parts")
    filling.fill(apps, None)
    assert people_called("win", limit=5) == [zoe.pk]


def test_a_beginning_is_a_range_of_the_index(db: None) -> None:
    """Ten names or a thousand: as many rows are read as are shown, and no table is walked."""
    people = Person.objects.bulk_create(
        Person(username=f"p{number}", display_name=f"Zoë {number}") for number in range(600)
    )
    keep_names(people)
    with CaptureQueriesContext(connection) as asked, connection.cursor() as cursor:
        assert len(people_called("zoe", limit=10)) == 10
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE people_namepart")
            cursor.execute("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
        cursor.execute(explain + asked[0]["sql"].replace("%", "%%"))
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "name_part_words" in plan
    assert "TEMP B-TREE" not in plan
