"""Wrong histories made by hand, about what nobody was to see, or not any more."""

from __future__ import annotations

from pinboard.torture.checker import check
from pinboard.torture.history import (
    Blunder,
    Closed,
    History,
    Mark,
)
from pinboard.torture.violations import around
from tests.torture.test_checker import (
    BOB,
    CHARLIE,
    GOOD,
    TALK,
    broken,
    deed,
    heard,
    item,
    post,
    removed_and_added,
    truth,
    word,
)


def test_a_leak_to_somebody_who_was_removed_is_found() -> None:
    final = truth([item(1), item(2), item(3)], counter=3)
    history = removed_and_added()
    assert broken([*history, heard(3, 5.2)], final) == []
    assert broken([*history, heard(2, 3.2)], final) == ["I7"]
    found = [v for v in check(History([*history, heard(2, 3.2)]), final) if v.promise == "I7"]
    told = around(found[0], History([*history, heard(2, 3.2)]), began=0.0)
    assert any("remove person 2" in line for line in told)
    assert any("hears place 2" in line for line in told)


def test_the_gap_stays_hidden_from_who_was_added_again() -> None:
    final = truth([item(1), item(2), item(3)], counter=3)
    late = heard(2, 6.0, source="changes")
    assert broken([*removed_and_added(), late], final) == ["I8"]


def test_a_later_change_of_what_was_said_before_one_joined_is_found() -> None:
    edit = deed("edit", 5.5, about=word(2), word=word(9), value=word(9))
    items = [item(1), item(2, number=4, words=(word(9),)), item(3)]
    change = heard(2, 5.7, number=4, words=(word(9),))
    quoted = heard(3, 5.8, words=(word(3), word(2)))
    for leak in (change, quoted):
        assert broken([*removed_and_added(), edit, leak], truth(items, counter=4)) == ["I8"]


def test_a_leak_to_somebody_who_was_never_there_is_found() -> None:
    stranger = heard(1, 1.2, person=CHARLIE)
    assert broken([post(1, 1.0), stranger], truth([item(1)], counter=1)) == ["I7"]


def test_a_leak_after_logout_and_a_socket_left_open_are_found() -> None:
    logout = deed("logout", 1.0, tab=BOB, person=BOB, session="session-2")
    closed = Closed(at=1.2, tab=BOB, session="session-2")
    final = truth([item(1)], counter=1)
    assert broken([logout, closed, post(1, 2.0)], final) == []
    assert broken([logout, closed, post(1, 2.0), heard(1, 2.2)], final) == ["I7"]
    assert broken([logout, post(1, 2.0)], final) == ["I7"]


def test_a_read_mark_that_falls_or_reaches_beyond_the_end_is_found() -> None:
    def mark(read: int, at: float) -> Mark:
        return Mark(began=at, ended=at + 0.1, person=BOB, conversation=TALK, read=read)

    final = truth([item(1), item(2)], counter=2)
    assert broken([*GOOD, mark(1, 3.0), mark(2, 4.0)], final) == []
    assert broken([*GOOD, mark(2, 3.0), mark(1, 4.0)], final) == ["I9"]
    # At the same moment either may have been the first.
    assert broken([*GOOD, mark(2, 3.0), mark(1, 3.05)], final) == []
    assert broken([*GOOD, mark(9, 3.0)], final) == ["I9"]


def test_words_of_a_message_that_was_taken_back_are_found() -> None:
    gone = deed("unsend", 3.0, about=word(2))
    final = truth([item(1), item(2, number=3, words=())], counter=3)
    assert broken([*GOOD, gone], final) == []
    late = heard(2, 4.0, source="changes", asked=3.5)
    assert broken([*GOOD, gone, late], final) == ["I10"]
    assert broken([*GOOD, gone], truth([item(1), item(2, number=3)], counter=3)) == ["I1"]


def test_an_edit_or_a_verdict_that_is_undone_is_found() -> None:
    first = deed("edit", 3.0, about=word(2), word=word(8), value=word(8))
    second = deed("edit", 4.0, about=word(2), word=word(9), value=word(9))
    old = truth([item(1), item(2, number=4, words=(word(8),))], counter=4)
    new = truth([item(1), item(2, number=4, words=(word(9),))], counter=4)
    assert broken([*GOOD, first, second], old) == ["I1"]
    assert broken([*GOOD, first, second], new) == []
    yes = deed("verdict", 3.0, about=word(2), key="5", value="yes")
    shown = item(2, number=3, marks=frozenset({"1:5=yes"}))
    assert broken([*GOOD, yes], truth([item(1), shown], counter=3)) == []
    assert broken([*GOOD, yes], truth([item(1), item(2, number=3)], counter=3)) == ["I1"]


def test_a_mistake_of_the_server_is_found() -> None:
    mistake = Blunder(at=2.0, path="/messages/7/post/", status=500)
    assert broken([*GOOD, mistake], truth([item(1), item(2)], counter=2)) == ["I11"]
