"""The index follows the pins: new, changed, deleted, moved, read again; and after an accident."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from pinboard.pins import saving
from pinboard.pins.boards import change_board, delete_board
from pinboard.pins.models import Source
from search import jobs
from search.keeping import catch_up, note_stale
from search.models import PublicEntry, Spelling, Stale, Term
from tests.makers import make_board, make_pin, make_source


def vocabulary():
    return {term.text: (term.uses, term.is_shared) for term in Term.objects.all()}


@pytest.mark.django_db(transaction=True)
def test_a_new_pin_is_found_as_soon_as_it_is_committed(client, alice):
    pin = make_pin(alice, "Saffron buns")
    assert f'data-pin="{pin.pk}"' in client.get("/search/?q=saffron").content.decode()
    assert not Stale.objects.exists()


def test_changed_words_replace_the_old_ones(look, alice):
    pin = make_pin(alice, "Saffron buns")
    assert look(q="saffron").pins == [pin.pk]
    saving.change_pin(pin=pin, title="Cinnamon rolls", description="", alt="")
    assert look(q="cinnamon").pins == [pin.pk]
    assert look(q="saffron").pins == []
    assert "saffron" not in vocabulary()


def test_a_deleted_pin_leaves_no_word(look, alice):
    pin = make_pin(alice, "Saffron buns")
    catch_up()
    saving.delete_pin(pin=pin)
    assert look(q="saffron").pins == []
    assert not any(model.objects.exists() for model in (PublicEntry, Term, Spelling))


def test_a_person_who_leaves_takes_their_words_along(look, alice, bob):
    make_pin(alice, "Saffron buns")
    kept = make_pin(bob, "Saffron rice")
    catch_up()
    assert vocabulary()["saffron"] == (2, True)
    alice.delete()
    assert look(q="saffron").pins == [kept.pk]
    assert vocabulary()["saffron"] == (1, False)


def test_a_board_with_a_new_name_is_found_by_it(look, alice):
    board = make_board(alice, "Feast")
    pin = make_pin(alice, "Buns", board=board)
    assert look(q="feast").pins == [pin.pk]
    change_board(board=board, name="Picnic", about="", is_secret=False)
    assert look(q="picnic").pins == [pin.pk]
    assert look(q="feast").pins == []


def test_a_deleted_board_takes_its_name_and_its_only_pins(look, alice, bob):
    board = make_board(alice, "Feast")
    make_pin(alice, "Buns", board=board)
    kept = make_pin(bob, "More buns")
    saving.save_to_board(actor=alice, pin=kept, board=board)
    assert len(look(q="feast").pins) == 2
    delete_board(board=board)
    assert look(q="feast").pins == []
    assert look(q="buns").pins == [kept.pk]


def test_a_page_read_again_brings_its_new_words(look, alice):
    source = make_source(kind="product", reading={"product": {"brand": "Fable"}})
    pin = make_pin(alice, "Vase", source=source)
    assert look(q="fable").pins == [pin.pk]
    Source.objects.update_or_create(
        pk=source.pk, defaults={"reading": {"product": {"brand": "Ono"}}}
    )
    assert look(q="ono").pins == [pin.pk]
    assert look(q="fable").pins == []


def test_counts_are_those_of_the_entries_that_exist(alice, bob):
    board = make_board(bob, "Lemon things")
    pins = [make_pin(alice, f"Lemon cake {number}") for number in range(3)]
    for pin in pins:
        saving.save_to_board(actor=bob, pin=pin, board=board)
    catch_up()
    assert vocabulary()["lemon"] == (6, True)
    assert vocabulary()["lemon cake"] == (3, False)
    saving.unsave(actor=bob, pin=pins[0], board=board)
    catch_up()
    assert vocabulary()["lemon"] == (5, True)
    for pin in pins[1:]:
        saving.unsave(actor=bob, pin=pin, board=board)
    note_stale([pin.pk for pin in pins])
    catch_up()
    assert vocabulary()["lemon"] == (3, False)


def test_the_sweep_reads_the_notes_a_killed_worker_left(alice, client):
    pin = make_pin(alice, "Saffron buns")
    assert Stale.objects.filter(pin_id=pin.pk).exists()
    jobs.index_forgotten()
    assert not Stale.objects.exists()
    assert PublicEntry.objects.filter(pin_id=pin.pk).exists()


def test_a_thousand_changes_in_one_transaction_ask_for_one_job(alice):
    with transaction.atomic():
        before = len(connection.run_on_commit)
        for _ in range(5):
            note_stale([1, 2])
        assert len(connection.run_on_commit) - before <= 1


@pytest.mark.parametrize("options", [[], ["--from-nothing"]])
def test_reindex_mends_whatever_is_wrong(look, alice, bob, options):
    pin = make_pin(alice, "Saffron buns")
    gone = make_pin(bob, "Poppy rolls")
    catch_up()
    PublicEntry.objects.filter(pin_id=pin.pk).update(title="", pin_id=pin.pk)
    gone.delete()
    Stale.objects.all().delete()
    out = StringIO()
    call_command("reindex", *options, stdout=out)
    assert "Indexed 1 pins" in out.getvalue()
    assert look(q="saffron").pins == [pin.pk]
    assert look(q="poppy").pins == []
    assert set(vocabulary()) == {"saffron", "buns", "saffron buns", "dinner"}
