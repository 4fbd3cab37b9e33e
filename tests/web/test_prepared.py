"""A prepared query answers what the query itself would, with whatever values."""

from __future__ import annotations

import uuid
from contextlib import suppress
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from messaging.models import Message
from pinboard.people.models import Follow, Person
from pinboard.web.prepared import Prepared
from tests.makers import make_conversation, say


def below(pk: int, name: str) -> QuerySet[Person, Any]:
    followed = Exists(Follow.objects.filter(followed=OuterRef("pk")))
    people = Person.objects.filter(pk__lt=pk).exclude(username=name).order_by("pk")
    return people.values_list("pk", "username", "is_active", "date_joined", followed)


def named(name: str) -> QuerySet[Person, Any]:
    return Person.objects.filter(username=name).values_list("pk")


def forgetful(pk: int, other: int) -> QuerySet[Person, Any]:
    return Person.objects.filter(pk=pk).values_list("pk")


def unsaid(client_id: uuid.UUID, sender: int) -> QuerySet[Message, Any]:
    return Message.objects.filter(client_id=client_id, sender=sender).values_list("pk")


BELOW, NAMED = Prepared(below), Prepared(named)


@pytest.mark.parametrize("name", ["alice", "nobody", "stand-in", "'; --", "%s"])
def test_it_answers_what_the_query_itself_answers(alice, bob, charlie, name):
    Follow.objects.create(follower=alice, followed=bob)
    for pk in (0, bob.pk, charlie.pk + 1):
        assert BELOW.rows(pk=pk, name=name) == list(below(pk, name))


def test_text_is_a_parameter_and_one_row_may_be_none(alice):
    assert NAMED.row(name="alice") == (alice.pk,)
    assert NAMED.row(name="x' OR 'a'='a") is None


def test_a_uuid_is_found_on_every_engine(alice, bob):
    said = say(make_conversation(alice, bob), alice, "Hello")
    asking = Prepared(unsaid)
    assert asking.row(client_id=said.client_id, sender=alice.pk) == (said.pk,)
    assert asking.row(client_id=uuid.uuid4(), sender=alice.pk) is None


def test_every_time_is_one_query(alice):
    with CaptureQueriesContext(connection) as asked:
        NAMED.rows(name="alice")
        NAMED.rows(name="bob")
    assert len(asked) == 2


def plans():
    """How often each plan that the connection keeps was asked; PostgreSQL alone has such."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans + custom_plans FROM pg_prepared_statements"
            " WHERE statement LIKE %s",
            ["%people_person%people_follow%"],
        )
        return [times for (times,) in cursor.fetchall()]


def test_a_statement_is_one_whatever_its_values(alice):
    for number, name in enumerate(("alice", "bob", "x" * 200, "", "é")):
        BELOW.rows(name=name, pk=1000**number)
    assert plans() in (None, [5])


def test_a_statement_outlives_what_is_taken_back(alice):
    BELOW.rows(name="alice", pk=alice.pk)
    with suppress(RuntimeError), transaction.atomic():
        raise RuntimeError("an inner transaction is taken back")
    assert BELOW.rows(name="alice", pk=alice.pk) == []
    assert plans() in (None, [2])


def test_what_django_binds_is_not_remembered(alice):
    if connection.vendor != "postgresql":
        return
    BELOW.rows(name="alice", pk=alice.pk)
    list(Person.objects.filter(password="secret"))
    remembered = connection.connection._prepared
    kept = b"".join(query for query, _ in (*remembered._counts, *remembered._names))
    assert b"people_person" in kept
    assert b"secret" not in kept


@pytest.mark.django_db
def test_a_value_that_never_reaches_the_query_is_an_error():
    with pytest.raises(ValueError, match="other"):
        Prepared(forgetful).rows(pk=1, other=2)
