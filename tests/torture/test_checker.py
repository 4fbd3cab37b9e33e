"""Wrong histories made by hand: the checker has to find what is wrong with each, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pinboard.torture.checker import check
from pinboard.torture.history import (
    NEVER,
    Deed,
    Entry,
    Fault,
    Found,
    Heard,
    History,
    Item,
    Reached,
    Shown,
    Truth,
)

TALK, ALICE, BOB, CHARLIE = 7, 1, 2, 3


def word(number: int) -> str:
    return f"t{number:016x}"


def post(number: int, at: float, *, person: int = ALICE, **more: Any) -> Deed:
    """Message `number`, said at a moment and acknowledged 0.1 s later as that number."""
    fields: dict[str, Any] = {
        "outcome": "ok",
        "ended": at + 0.1,
        "tries": [(at, at + 0.1, 201)],
        "answers": [(100 + number, number)],
    }
    return Deed(
        kind="post",
        tab=person,
        person=person,
        conversation=TALK,
        word=word(number),
        began=at,
        **{**fields, **more},
    )


def deed(kind: str, at: float, **more: Any) -> Deed:
    fields: dict[str, Any] = {"tab": ALICE, "person": ALICE, "conversation": TALK, "outcome": "ok"}
    fields |= {"ended": at + 0.1, "tries": [(at, at + 0.1, 200)]}
    return Deed(kind=kind, began=at, **{**fields, **more})


def heard(number: int, at: float, /, *, person: int = BOB, **more: Any) -> Heard:
    fields: dict[str, Any] = {
        "session": f"session-{person}",
        "visit": person,
        "source": "socket",
        "place": number,
        "number": number,
        "words": (word(number),),
        "asked": at,
    }
    return Heard(at=at, tab=person, person=person, conversation=TALK, **{**fields, **more})


def reached(number: int, at: float, *, person: int = BOB) -> Reached:
    return Reached(at=at, tab=person, conversation=TALK, visit=person, number=number)


def item(number: int, /, **more: Any) -> Item:
    fields: dict[str, Any] = {"id": 100 + number, "place": number, "number": number}
    return Item(**{**fields, "words": (word(number),), **more})


def truth(
    items: Iterable[Item],
    *,
    counter: int,
    shown: Iterable[Item] | None = None,
    members: Iterable[int] = (ALICE, BOB),
    plain: bool = False,
    known: int | None = None,
) -> Truth:
    """Alice keeps the conversation; both she and Bob find these items in the end.

    shown: what Bob's tab shows, if something else.
    """
    whole = {one.place: one for one in items}
    seen = whole if shown is None else {one.place: one for one in shown}
    return Truth(
        found=tuple(
            Found(conversation=TALK, person=person, counter=counter, items=whole)
            for person in (ALICE, BOB)
        ),
        shown=(
            Shown(
                tab=BOB,
                person=BOB,
                conversation=TALK,
                visit=BOB,
                known=counter if known is None else known,
                items=seen,
            ),
        ),
        keepers={TALK: ALICE},
        first_members={TALK: frozenset(members)},
        plain=frozenset({TALK} if plain else ()),
    )


def broken(entries: Iterable[Entry], final: Truth) -> list[str]:
    """The promises that this history breaks."""
    return sorted({violation.promise for violation in check(History(list(entries)), final)})


GOOD: list[Entry] = [
    post(1, 1.0),
    heard(1, 1.2),
    reached(1, 1.2),
    post(2, 2.0),
    heard(2, 2.2),
    reached(2, 2.2),
]


def test_a_good_history_breaks_nothing() -> None:
    assert broken(GOOD, truth([item(1), item(2)], counter=2, plain=True)) == []


def test_a_lost_message_is_found() -> None:
    final = truth([item(1)], counter=1)
    assert broken([GOOD[0], post(2, 2.0)], final) == ["I1"]


def test_a_message_under_another_number_than_its_sender_was_told_is_found() -> None:
    final = truth([item(1), item(2, id=999)], counter=2)
    assert broken(GOOD[:4], final) == ["I1"]


def test_a_message_that_nobody_said_is_found() -> None:
    final = truth([item(1), item(2), item(3)], counter=3)
    assert broken(GOOD, final) == ["I1"]


def test_a_duplicate_is_found() -> None:
    final = truth([item(1), item(2), item(3, words=(word(2),))], counter=3)
    assert "I2" in broken(GOOD, final)


def test_two_answers_that_name_different_messages_are_found() -> None:
    twice = post(2, 2.0, answers=[(102, 2), (103, 3)])
    final = truth([item(1), item(2), item(3, words=())], counter=3)
    assert broken([post(1, 1.0), twice], final) == ["I2"]


def test_a_message_that_is_there_though_it_was_refused_is_found() -> None:
    refused = post(2, 2.0, outcome="fail", tries=[(2.0, 2.1, 403)], answers=[])
    assert broken([post(1, 1.0), refused], truth([item(1), item(2)], counter=2)) == ["I2"]


def test_a_message_whose_answer_was_lost_may_be_there_or_not() -> None:
    unknown = post(2, 2.0, outcome="unknown", ended=NEVER, tries=[(2.0, 3.0, 0)], answers=[])
    assert broken([post(1, 1.0), unknown], truth([item(1), item(2)], counter=2)) == []
    assert broken([post(1, 1.0), unknown], truth([item(1)], counter=1)) == []


def test_a_hole_is_found_where_only_posts_happen() -> None:
    history: list[Entry] = [post(1, 1.0), post(3, 3.0)]
    assert broken(history, truth([item(1), item(3)], counter=3, plain=True)) == ["I3"]


def test_a_hole_is_found_beside_changes() -> None:
    history: list[Entry] = [
        post(1, 1.0),
        post(4, 3.0),
        deed("edit", 2.0, about=word(1), word=word(9), value=word(9)),
    ]
    items = [item(1, number=2, words=(word(9),)), item(4)]
    assert broken(history, truth(items, counter=4)) == ["I3"]
    assert broken(history[:1] + history[2:], truth(items[:1], counter=2)) == []


def test_two_orders_are_found() -> None:
    elsewhere = heard(1, 1.3, person=CHARLIE, place=2, number=2)
    final = truth([item(1)], counter=1, members=(ALICE, BOB, CHARLIE))
    assert broken([post(1, 1.0), heard(1, 1.2), elsewhere], final) == ["I3"]


def test_a_tab_whose_messages_changed_places_is_found() -> None:
    history: list[Entry] = [post(2, 1.0), post(1, 2.0)]
    assert broken(history, truth([item(1), item(2)], counter=2)) == ["I3"]


def test_a_late_arrival_is_found() -> None:
    history: list[Entry] = [post(2, 1.0), heard(2, 1.2), reached(2, 1.2), post(1, 1.1, person=BOB)]
    final = truth([item(1), item(2)], counter=2)
    assert broken([*history, heard(1, 1.5, source="changes")], final) == ["I4"]
    # A held up word of the socket is passed over; what the tab lacks without it is found.
    assert broken([*history, heard(1, 1.5)], final) == []
    lacking = truth([item(1), item(2)], counter=2, shown=[item(2)])
    assert broken([*history, heard(1, 1.5)], lacking) == ["I5"]
    # What was changed since is no late arrival: it has a new number.
    changed = heard(1, 1.5, number=3)
    final = truth([item(1, number=3), item(2)], counter=3)
    edit = deed("react", 1.4, about=word(1), key="1 x", value="")
    assert broken([*history, edit, changed], final) == []


def test_a_tab_that_shows_less_than_there_is_is_found() -> None:
    final = truth([item(1), item(2)], counter=2, shown=[item(1)])
    assert broken(GOOD, final) == ["I5"]


def test_a_tab_that_shows_old_words_is_found() -> None:
    edit = deed("edit", 3.0, about=word(2), word=word(9), value=word(9))
    final = truth(
        [item(1), item(2, number=3, words=(word(9),))], counter=3, shown=[item(1), item(2)]
    )
    assert broken([*GOOD, edit], final) == ["I5"]


def test_a_tab_that_never_catches_up_is_found() -> None:
    final = truth([item(1), item(2)], counter=2, shown=[item(1)], known=1)
    assert broken(GOOD, final) == ["I6"]


def test_a_message_that_takes_too_long_is_found_unless_something_was_broken() -> None:
    final = truth([item(1)], counter=1)
    history: list[Entry] = [reached(0, 0.5), post(1, 1.0), heard(1, 60.0)]
    assert broken(history, final) == ["I6"]
    fault = Fault(kind="redis-pause", began=2.0, ended=50.0)
    assert broken([*history, fault], final) == []


def removed_and_added() -> list[Entry]:
    return [
        post(1, 1.0),
        deed("remove", 2.0, whom=BOB),
        post(2, 3.0),
        deed("add", 4.0, whom=BOB),
        post(3, 5.0),
    ]
