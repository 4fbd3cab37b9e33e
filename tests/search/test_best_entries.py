"""Entries that stand best are looked at first; nothing is lost for standing low, or twice there.

PostgreSQL keeps those in a table of their own (search/index/postgres.py); on SQLite the stored
order does the same, and nothing of it shows either.
"""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

from pinboard.pins.models import Pin
from search import index
from search.index import postgres
from search.keeping import catch_up, note_stale
from search.models import PublicEntry
from tests.makers import make_pin


@pytest.fixture
def few_are_best(monkeypatch):
    """Four are too many, and two are left then."""
    monkeypatch.setattr(postgres, "MOST_BEST", 4)
    monkeypatch.setattr(postgres, "KEPT_BEST", 2)


def settle():
    catch_up()
    index.engine().settle()


def standing():
    """(entries among the best, floor): all from the floor on. None without such a table."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT array_agg(pin_id ORDER BY place) FROM search_best),"
            " (SELECT array_agg(pin_id ORDER BY place) FROM search_publicentry WHERE place >= f),"
            " f FROM (SELECT place AS f FROM search_best_floor) AS floor"
        )
        best, should, floor = cursor.fetchone()
    assert best == should
    return len(best or ()), floor


@pytest.mark.usefixtures("few_are_best")
def test_what_stands_low_is_found_once(look, alice):
    pins = [make_pin(alice, f"Blue chair {number}") for number in range(6)]
    settle()
    assert standing() in (None, (2, PublicEntry.objects.order_by("-place")[1].place))
    assert sorted(look(q="blue chair").pins) == sorted(pin.pk for pin in pins)
    assert look(q="chair 0").pins[0] == pins[0].pk


@pytest.mark.usefixtures("few_are_best")
def test_changes_and_deletions_reach_the_best(look, alice):
    pins = [make_pin(alice, f"Blue chair {number}") for number in range(6)]
    settle()
    for pin in (pins[0], pins[5]):
        Pin.objects.filter(pk=pin.pk).update(title="Green sofa")
        index_again(pin)
    assert sorted(look(q="sofa").pins) == [pins[0].pk, pins[5].pk]
    assert sorted(look(q="chair").pins) == [pin.pk for pin in pins[1:5]]
    standing()
    pins[5].delete()
    assert look(q="sofa").pins == [pins[0].pk]
    standing()


@pytest.mark.usefixtures("few_are_best")
def test_others_take_the_place_of_the_best_that_are_gone(look, alice):
    pins = [make_pin(alice, f"Blue chair {number}") for number in range(8)]
    settle()
    for pin in pins[5:]:
        pin.delete()
    settle()
    assert (standing() or (2,))[0] == 2
    assert sorted(look(q="chair").pins) == [pin.pk for pin in pins[:5]]


def test_rows_that_were_copied_past_the_triggers_are_found(look, alice):
    """As some ways to restore a database do."""
    pin = make_pin(alice, "Blue chair")
    catch_up()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_best")
    index.engine().settle()
    assert look(q="chair").pins == [pin.pk]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("few_are_best")
def test_an_emptied_index_has_no_best(alice):
    for number in range(6):
        make_pin(alice, f"Blue chair {number}")
    settle()
    call_command("flush", verbosity=0, interactive=False)
    assert standing() in (None, (0, 0))


def index_again(pin):
    note_stale([pin.pk])
    catch_up()
